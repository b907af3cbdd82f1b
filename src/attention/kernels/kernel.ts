import type { CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { DivisibleWork } from '../../webgpu/submission';
import type { Problem } from '../problem';
import { type Target, isSoftware } from './tile';

/** The GPU buffers of one call. */
export interface OperandBuffers {
  readonly query: CountedBuffer;
  readonly key: CountedBuffer;
  readonly value: CountedBuffer;
  readonly output: CountedBuffer;
  /** Where the log-sum-exp of each row goes, if it is wanted. */
  readonly logSumExp?: CountedBuffer;
}

/** A prepared call: pipelines compiled, scratch memory held until `destroy`. */
export interface Execution extends DivisibleWork {
  /** Milliseconds its pipelines took to compile when they were first asked for. */
  readonly compileMs: number;
  destroy(): void;
}

/** A field whose value a kernel does not support. */
export interface UnsupportedField {
  readonly field: string;
  readonly value: unknown;
  readonly allowed: string;
}

/** How likely a kernel is the fastest. The plan takes the highest rank; equals are in the order of the list. */
export interface Ranking {
  readonly rank: number;
  readonly reasons: readonly string[];
}

/**
 * One way to compute attention on the GPU. A new one is a WGSL file, an object like this, and a line in
 * `kernels/index.ts`.
 */
export interface Kernel {
  readonly name: string;
  /** One sentence for people: what it does. */
  readonly summary: string;
  /** The WGSL it is made of, and numbers that shape it, as text: what is known of its speed goes with these. */
  readonly sources: readonly string[];
  /** Whether subgroup matrices compute its products: then theirs is the ceiling that counts. */
  readonly onMatrices?: boolean;
  /**
   * How it ranks among the kernels for a problem on a device; null where no rule takes it, which leaving it out
   * means too: then it runs on request alone, or where tuning found it the fastest.
   */
  rank?(problem: Problem, target: Target): Ranking | null;
  /** What of a problem it cannot do; null for none, which leaving it out means too. */
  unsupported?(problem: Problem): UnsupportedField | null;
  /** What it needs and this device has not, in words; null for nothing, which leaving it out means too. */
  missingFeature?(target: Target): string | null;
  /** GPU memory that it needs besides operands and result at most, on a device of any speed, in bytes. */
  scratchBytes(problem: Problem, limits: GPUSupportedLimits): number;
  /** @throws LimitError, OutOfMemoryError, ShaderError, DeviceLostError. */
  prepare(gpu: Gpu, problem: Problem, operands: OperandBuffers): Promise<Execution>;
}

/** Reasons that several kernels share. */
export const FUSED = 'flash holds any length and stores no scores.';
export const WITHOUT_BARRIERS =
  'A software adapter: barriers and workgroup memory cost more there than registers and broadcasts.';

/** The rank of a variant of flash that may be the faster one on a GPU. */
export const rankVariant =
  (reason: string) =>
  (_problem: Problem, target: Target): Ranking | null =>
    isSoftware(target) ? null : { rank: 1, reasons: [FUSED, reason] };
