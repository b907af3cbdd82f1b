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
  /** Receives each row's log-sum-exp, if present. */
  readonly logSumExp?: CountedBuffer;
}

/** A prepared call: pipelines are compiled, and scratch memory is held until `destroy`. */
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
  /** What it does, in one sentence for users. */
  readonly summary: string;
  /** Its WGSL and the numbers that shape it, as text: measurements of its speed are valid for these only. */
  readonly sources: readonly string[];
  /** Whether it computes products with subgroup matrices, so that their ceiling applies. */
  readonly onMatrices?: boolean;
  /**
   * Its rank among the kernels for a problem on a device; null where no rule chooses it, as without this method.
   * Such a kernel runs only on request, or where tuning found it the fastest.
   */
  rank?(problem: Problem, target: Target): Ranking | null;
  /** The field of a problem that it does not support; null if it supports all of it, as without this method. */
  unsupported?(problem: Problem): UnsupportedField | null;
  /** What it needs that this device lacks, in words; null if nothing, as without this method. */
  missingFeature?(target: Target): string | null;
  /** Most bytes of GPU memory besides operands and result, on a device of any speed. */
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
