import { bytesPerElement, type ElementType } from '../numeric/float16';
import { LimitError, formatBytes } from '../webgpu/errors';
import {
  type Operand,
  type OperandStrides,
  type Strides,
  type Shape,
  elementCounts,
} from './layout';
import type { Problem } from './problem';

/**
 * An operand may exceed a storage binding. Then the work is divided into ranges of sequences, and each range
 * binds only its window of the operand's buffer.
 */

/** Whose rows form one sequence: one query head's, or those of all query heads that share a key head. */
export type Sequences = 'head' | 'group';

/** Part of a buffer, in elements. */
export interface Window {
  readonly first: number;
  readonly end: number;
}

export const sizeOf = ({ first, end }: Window): number => end - first;

/** Alignment of binding offsets that every device accepts. */
export const OFFSET_BYTES = 256;

export const sequencesOf = ({ shape }: Problem, rows: Sequences = 'head'): number =>
  shape.batch * (rows === 'head' ? shape.heads : shape.kvHeads);

/** The part of an operand that sequences [first, end) use. */
function windowOf(
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

/** As `windowOf`, for any tensor of heads whose batch elements have `perBatch` sequences each. */
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

/** Moves the start down to the alignment of bindings. */
export function alignedWindow({ first, end }: Window, elementBytes: number): Window {
  const step = OFFSET_BYTES / elementBytes;
  return { first: Math.floor(first / step) * step, end };
}

/** Sequences [first, end) bound together, and their windows. */
export interface Slice {
  readonly first: number;
  readonly end: number;
  readonly windows: Readonly<Record<Operand, Window>>;
}

/**
 * The smallest number of slices whose windows are at most `bindingBytes` each; null if one sequence is
 * larger.
 */
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

/** Divides [0, count) into the longest ranges that fit; null if a range of one does not. */
export function cut<T>(
  count: number,
  rangeOf: (first: number, end: number) => T,
  fits: (range: T) => boolean,
): readonly T[] | null {
  const ranges: T[] = [];
  for (let first = 0; first < count;) {
    // Bisection for the longest fitting range: a range that contains one that does not fit does not fit
    // either.
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

/** The extent each operand's size grows with: what to shorten if it does not fit. */
const GROWS_WITH = {
  query: 'queryLength',
  key: 'keyLength',
  value: 'keyLength',
  output: 'queryLength',
  logSumExp: 'queryLength',
} as const satisfies Record<keyof ReturnType<typeof elementCounts>, keyof Shape>;

type Name = keyof typeof GROWS_WITH;
type StorageLimits = Pick<GPUSupportedLimits, 'maxStorageBufferBindingSize' | 'maxBufferSize'>;

/** Bytes of operands and results. */
export function operandBytes(shape: Shape, type: ElementType): number {
  const counts = Object.entries(elementCounts(shape)) as [Name, number][];
  return counts.reduce((total, [name, count]) => total + count * elementBytesOf(name, type), 0);
}

/** The smaller of the two limits on a storage buffer that is bound whole, with its name. */
export function storageLimit(limits: StorageLimits) {
  const limit =
    limits.maxBufferSize < limits.maxStorageBufferBindingSize
      ? 'maxBufferSize'
      : 'maxStorageBufferBindingSize';
  return { limit, available: limits[limit] } as const;
}

/** Checks a buffer that is bound whole and grows with the queries. @throws LimitError. */
export function assertRowsFit(
  needs: string,
  queryLength: number,
  rowBytes: number,
  limits: StorageLimits,
): void {
  const { limit, available } = storageLimit(limits);
  const needed = queryLength * rowBytes;
  if (needed <= available) return;
  throw new LimitError(
    limit,
    needed,
    available,
    `${needs} ${formatBytes(needed)}, but this device's ${limit} is ${formatBytes(available)}; ` +
      `the largest queryLength that fits is ${Math.floor(available / rowBytes)}.`,
  );
}

/**
 * Checks a problem against a device's limits before anything is allocated: each operand must fit a
 * buffer, and one sequence's part of it a binding. Returns the slices to bind together.
 * @throws LimitError naming the limit and the largest length that fits.
 */
export function assertFits(
  problem: Problem,
  limits: StorageLimits,
  rows: Sequences = 'head',
): readonly Slice[] {
  const demands = demandsOf(problem, rows);
  for (const demand of demands) {
    const limit = exceeded(demand, limits);
    if (limit) throw limitError(problem, demand, limit, demands, limits);
  }
  return sliceSequences(problem, rows, limits.maxStorageBufferBindingSize)!;
}

/** Bytes of an operand: in all, and the least it needs in one binding. */
interface Demand {
  readonly name: Name;
  readonly bytes: number;
  readonly boundBytes: number;
  /** The part of `boundBytes` that does not grow with the length. */
  readonly fixedBytes: number;
}

function demandsOf(problem: Problem, rows: Sequences): readonly Demand[] {
  const counts = Object.entries(elementCounts(problem.shape)) as [Name, number][];
  return counts.map(([name, count]) => {
    const elementBytes = elementBytesOf(name, problem.type);
    const bytes = count * elementBytes;
    // The log-sum-exp is small and bound whole.
    if (name === 'logSumExp') return { name, bytes, boundBytes: bytes, fixedBytes: 0 };
    // Alignment may move the start of a binding down.
    const window = sizeOf(windowOf(problem, name, rows, 0, 1));
    const boundBytes = window * elementBytes + OFFSET_BYTES;
    if (boundBytes >= bytes) return { name, bytes, boundBytes: bytes, fixedBytes: 0 };
    // Rows of one head with other heads' rows between them: from its first row to the end of its last.
    const { row, head } = problem.strides[name];
    const fixed = head < row ? window - row * problem.shape[GROWS_WITH[name]] : 0;
    return { name, bytes, boundBytes, fixedBytes: fixed * elementBytes + OFFSET_BYTES };
  });
}

function exceeded({ bytes, boundBytes }: Demand, limits: StorageLimits) {
  if (boundBytes > limits.maxStorageBufferBindingSize) return 'maxStorageBufferBindingSize';
  return bytes > limits.maxBufferSize ? 'maxBufferSize' : null;
}

function limitError(
  { shape }: Problem,
  demand: Demand,
  limit: keyof StorageLimits,
  demands: readonly Demand[],
  limits: StorageLimits,
): LimitError {
  const extent = GROWS_WITH[demand.name];
  const needed = limit === 'maxBufferSize' ? demand.bytes : demand.boundBytes;
  const available = limits[limit];
  // Keys and values grow with the same length, so both must fit at it.
  const together = demands.filter(({ name }) => GROWS_WITH[name] === extent);
  const largest = Math.min(...together.map((each) => largestLength(each, shape[extent], limits)));
  const remedy =
    largest > 0
      ? `the largest ${extent} that fits is ${largest}`
      : `not even ${extent} 1 fits; use fewer heads or a smaller batch`;
  return new LimitError(
    limit,
    needed,
    available,
    `${demand.name} needs ${formatBytes(needed)}, but this device's ${limit} is ${formatBytes(available)}; ${remedy}.`,
  );
}

function largestLength(
  { bytes, boundBytes, fixedBytes }: Demand,
  length: number,
  { maxBufferSize, maxStorageBufferBindingSize }: StorageLimits,
): number {
  const whole = Math.floor((maxStorageBufferBindingSize * length) / bytes);
  const bound = Math.floor(
    ((maxStorageBufferBindingSize - fixedBytes) * length) / (boundBytes - fixedBytes),
  );
  return Math.min(Math.max(whole, bound), Math.floor((maxBufferSize * length) / bytes));
}

const elementBytesOf = (name: Name, type: ElementType): number =>
  // The log-sum-exp is float32 for every operand type.
  bytesPerElement[name === 'logSumExp' ? 'f32' : type];
