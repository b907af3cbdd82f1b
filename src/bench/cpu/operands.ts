import { type Shape, elementCounts } from '../../attention/layout';
import { type ElementType, decodeFloat16, encodeFloat16 } from '../../numeric/float16';
import { type Distribution, fillRandom } from '../../numeric/random';
import { formatBytes } from '../../webgpu/errors';

export const operandNames = ['query', 'key', 'value'] as const;
type OperandName = (typeof operandNames)[number];

/** One case's operands on the host, to compute with; in shared memory where the page is isolated. */
export type HostOperands = Readonly<Record<OperandName, Float32Array>>;

/** The same operands as the GPU stores them: the same arrays for float32, else the bits of float16. */
export type EncodedOperands = Readonly<Record<OperandName, Float32Array | Uint16Array>>;

/** Random streams of the operands: three independent sequences for one seed. */
export const STREAMS = { query: 0, key: 1, value: 2 } as const;

export class HostMemoryError extends Error {
  override name = 'HostMemoryError';
}

/** Zero-filled operands of a case, in shared memory or not. @throws HostMemoryError. */
export function allocateOperands(shape: Shape, shared: boolean): HostOperands {
  const counts = elementCounts(shape);
  return forEachOperand((name) => new Float32Array(allocate(4 * counts[name], shared)));
}

/**
 * Memory for a case's operands as the GPU stores them: the same arrays for float32, separate ones for the bits of
 * float16, of even length since GPU copies go by whole words. @throws HostMemoryError.
 */
export function allocateEncoded(
  operands: HostOperands,
  dtype: ElementType,
  shared: boolean,
): EncodedOperands {
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
    const message = `The browser could not allocate ${formatBytes(bytes)} for the inputs.`;
    throw new HostMemoryError(message, { cause });
  }
}

export interface FillOptions {
  readonly seed: number;
  readonly distribution: Distribution;
  /** The part of each operand to fill: `index` of `count` equal parts. */
  readonly part: { readonly index: number; readonly count: number };
}

/**
 * Fills a part of a case's operands with seeded values. For float16, each value is rounded once and its bits are written
 * to `encoded`, so that all implementations compute with the same inputs.
 */
export function fillOperands(
  operands: HostOperands,
  encoded: EncodedOperands,
  { seed, distribution, part }: FillOptions,
): void {
  for (const name of operandNames) {
    const { length } = operands[name];
    const start = Math.floor((length * part.index) / part.count);
    const end = Math.floor((length * (part.index + 1)) / part.count);
    const values = operands[name].subarray(start, end);
    fillRandom(values, { seed, distribution, stream: STREAMS[name], start });
    const target = encoded[name];
    if (target instanceof Float32Array) continue;
    const bits = encodeFloat16(values);
    target.set(bits, start);
    values.set(decodeFloat16(bits));
  }
}
