import { type Shape, elementCounts } from '../../attention/layout';
import { decodeFloat16, encodeFloat16 } from '../../numeric/float16';
import { type Distribution, fillRandom } from '../../numeric/random';
import { formatBytes } from '../../webgpu/errors';
import type { ElementType } from '../../numeric/float16';

export const operandNames = ['query', 'key', 'value'] as const;
type OperandName = (typeof operandNames)[number];

/** One case's operands on the host, to compute with; in shared memory where the page is isolated. */
export type HostOperands = Readonly<Record<OperandName, Float32Array>>;

/** The same operands as the GPU stores them: the same arrays for float32, else the bits of float16. */
export type EncodedOperands = Readonly<Record<OperandName, Float32Array | Uint16Array>>;

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
  stored: EncodedOperands,
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
