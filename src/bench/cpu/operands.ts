import { type Shape, elementCounts } from '../../attention/layout';
import { decodeFloat16, encodeFloat16 } from '../../numeric/float16';
import { type Distribution, fillRandom } from '../../numeric/random';
import { formatBytes } from '../../webgpu/errors';
import type { BenchmarkCase } from '../case';
import type { CpuProbe, CpuSamples } from '../roofline/cpu-probe';
import type { TypeName } from '../settings-types';

export const operandNames = ['query', 'key', 'value'] as const;
type OperandName = (typeof operandNames)[number];

/** Host values of one case, to compute with. On shared memory where the page is isolated. */
export type HostOperands = Readonly<Record<OperandName, Float32Array>>;

/** The same as the GPU stores them: themselves, or the bits of float16. */
export type StoredOperands = Readonly<Record<OperandName, Float32Array | Uint16Array>>;

/** What a worker can be asked for. Each request is answered by one `Reply` with the same id. */
export type CpuRequest =
  | {
      readonly task: 'load';
      readonly benchmarkCase: BenchmarkCase;
      readonly seed: number;
      readonly distribution: Distribution;
      /** Shared memory to fill and keep; without it the worker fills memory of its own. */
      readonly shared: { readonly operands: HostOperands; readonly stored: StoredOperands } | null;
      /** Which part of the shared memory is this worker's to fill: `index` of `count` equal parts. */
      readonly part: { readonly index: number; readonly count: number };
      /** Whether to send back what to upload, out of its own memory. */
      readonly wantCopy: boolean;
    }
  | { readonly task: 'reference'; readonly rows: Int32Array }
  | { readonly task: 'plain'; readonly rows: Int32Array }
  | { readonly task: 'peak'; readonly probe: CpuProbe }
  | { readonly task: 'unload' };

export interface CpuResults {
  load: StoredOperands | null;
  reference: { readonly output: Float64Array; readonly bound: Float64Array };
  plain: { readonly output: Float32Array; readonly milliseconds: number };
  peak: CpuSamples;
  unload: null;
}

export type CpuTask = CpuRequest['task'];

export type CpuMessage = { readonly id: number } & CpuRequest;

export type CpuReply =
  | { readonly id: number; readonly result: CpuResults[CpuTask] }
  | { readonly id: number; readonly name: string; readonly error: string };

/** Random streams of the operands: one seed gives three independent sequences. */
export const STREAMS = { query: 0, key: 1, value: 2 } as const;

/** The host has no memory for a case's operands. */
export class HostMemoryError extends Error {
  override name = 'HostMemoryError';
}

/** Zeros for a case's operands, in memory that threads share or not. @throws HostMemoryError. */
export function allocateOperands(shape: Shape, shared: boolean): HostOperands {
  const counts = elementCounts(shape);
  return forEachOperand((name) => new Float32Array(allocate(4 * counts[name], shared)));
}

/**
 * Where to put a case's operands as the GPU stores them: the same place for float32, bits beside it for
 * float16, with one more where their number is odd: GPU copies go by whole words. @throws HostMemoryError.
 */
export function allocateStored(
  operands: HostOperands,
  dtype: TypeName,
  shared: boolean,
): StoredOperands {
  if (dtype === 'f32') return operands;
  return forEachOperand(
    (name) => new Uint16Array(allocate(4 * Math.ceil(operands[name].length / 2), shared)),
  );
}

function forEachOperand<T>(make: (name: OperandName) => T): Record<OperandName, T> {
  return Object.fromEntries(operandNames.map((name) => [name, make(name)])) as never;
}

function allocate(bytes: number, shared: boolean): ArrayBufferLike {
  try {
    return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  } catch (cause) {
    throw new HostMemoryError(`The page got no memory for ${formatBytes(bytes)} of inputs.`, {
      cause,
    });
  }
}

interface FillOptions {
  readonly seed: number;
  readonly distribution: Distribution;
  /** Which part of each operand to fill: `index` of `count` equal ones. */
  readonly part: { readonly index: number; readonly count: number };
}

/**
 * Fills a part of a case's operands with seeded values. Where they are stored as float16, each is rounded
 * once, and its bits are written to `stored`: everybody then computes from the very same inputs.
 */
export function fillOperands(
  operands: HostOperands,
  stored: StoredOperands,
  { seed, distribution, part }: FillOptions,
): void {
  for (const name of operandNames) {
    const { length } = operands[name];
    const start = Math.floor((length * part.index) / part.count);
    const end = Math.floor((length * (part.index + 1)) / part.count);
    const values = operands[name].subarray(start, end);
    fillRandom(values, { seed, distribution, stream: STREAMS[name], start });
    const place = stored[name];
    if (place instanceof Float32Array) continue;
    const bits = encodeFloat16(values);
    place.set(bits, start);
    values.set(decodeFloat16(bits));
  }
}
