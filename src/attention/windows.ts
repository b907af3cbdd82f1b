import { bytesPerElement } from '../numeric/element-type';
import type { Operand, OperandStrides, Strides } from './layout';
import type { Problem } from './problem';

/**
 * An operand may be larger than what one storage binding may hold. Then the work is cut into ranges of
 * sequences, and each range binds only its window of the operand's buffer.
 */

/** Whose rows are one sequence: a query head's, or those of all query heads that share a key head. */
export type Sequences = 'head' | 'group';

/** Part of a buffer, in elements. */
export interface Window {
  readonly first: number;
  readonly end: number;
}

export const sizeOf = ({ first, end }: Window): number => end - first;

/** What bindings' offsets must be multiples of, on every device. */
export const OFFSET_BYTES = 256;

export const sequencesOf = ({ shape }: Problem, rows: Sequences): number =>
  shape.batch * (rows === 'head' ? shape.heads : shape.kvHeads);

/** What sequences [first, end) touch of an operand. */
export function windowOf(
  { shape, strides }: Problem,
  operand: Operand,
  rows: Sequences,
  first: number,
  end: number,
): Window {
  const ofKeys = operand === 'key' || operand === 'value';
  const ofQuery = operand === 'query' || operand === 'key';
  const perBatch = rows === 'head' ? shape.heads : shape.kvHeads;
  return windowOfHeads(
    strides[operand],
    {
      heads: ofKeys ? shape.kvHeads : shape.heads,
      length: ofKeys ? shape.keyLength : shape.queryLength,
      size: ofQuery ? shape.headSize : shape.valueSize,
    },
    perBatch,
    first,
    end,
  );
}

/** The same for any tensor of heads, where a batch element has `perBatch` sequences. */
export function windowOfHeads(
  strides: Strides,
  { heads, length, size }: { heads: number; length: number; size: number },
  perBatch: number,
  first: number,
  end: number,
): Window {
  const firstBatch = Math.floor(first / perBatch);
  const lastBatch = Math.floor((end - 1) / perBatch);
  if (firstBatch < lastBatch) {
    return { first: firstBatch * strides.batch, end: (lastBatch + 1) * strides.batch };
  }
  const start = firstBatch * strides.batch;
  const firstHead = Math.floor(((first % perBatch) * heads) / perBatch);
  const endHead = Math.ceil(((((end - 1) % perBatch) + 1) * heads) / perBatch);
  return {
    first: start + firstHead * strides.head,
    end: start + (endHead - 1) * strides.head + (length - 1) * strides.row + size,
  };
}

/** Widened at its start to where a binding may begin. */
export function alignedWindow({ first, end }: Window, elementBytes: number): Window {
  const step = OFFSET_BYTES / elementBytes;
  return { first: Math.floor(first / step) * step, end };
}

/** Sequences that are bound together, and the windows that are bound for them. */
export interface Slice {
  readonly first: number;
  readonly end: number;
  readonly windows: Readonly<Record<Operand, Window>>;
}

/** The fewest slices whose windows are each at most `bindingBytes`; null where one sequence has more. */
export function sliceSequences(
  problem: Problem,
  rows: Sequences,
  bindingBytes: number,
): readonly Slice[] | null {
  const elementBytes = bytesPerElement[problem.type];
  const sliceOf = (first: number, end: number): Slice => {
    const window = (operand: Operand) =>
      alignedWindow(windowOf(problem, operand, rows, first, end), elementBytes);
    const operands = Object.keys(problem.strides) as (keyof OperandStrides)[];
    const windows = Object.fromEntries(operands.map((operand) => [operand, window(operand)]));
    return { first, end, windows: windows as Slice['windows'] };
  };
  const fits = ({ windows }: Slice) =>
    Object.values(windows).every((window) => sizeOf(window) * elementBytes <= bindingBytes);
  return cut(sequencesOf(problem, rows), sliceOf, fits);
}

/** Cuts [0, count) into ranges as long as they fit; null where a range of one does not. */
export function cut<T>(
  count: number,
  rangeOf: (first: number, end: number) => T,
  fits: (range: T) => boolean,
): readonly T[] | null {
  const ranges: T[] = [];
  for (let first = 0; first < count;) {
    // Longest fitting range by bisection: whatever contains a range that does not fit does not either.
    let [short, long] = [first, count];
    while (short < long) {
      const middle = Math.ceil((short + long) / 2);
      if (fits(rangeOf(first, middle))) short = middle;
      else long = middle - 1;
    }
    if (short === first) return null;
    ranges.push(rangeOf(first, short));
    first = short;
  }
  return ranges;
}
