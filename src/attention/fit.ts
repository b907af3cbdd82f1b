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

/** Extent that a buffer grows with, for each operand: what to shorten when it does not fit. */
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

/** The limit that a storage buffer bound as a whole meets first, by name, and its bytes. */
export function storageLimit(limits: StorageLimits) {
  const limit =
    limits.maxBufferSize < limits.maxStorageBufferBindingSize
      ? 'maxBufferSize'
      : 'maxStorageBufferBindingSize';
  return { limit, available: limits[limit] } as const;
}

/**
 * Checks a problem against a device's limits before anything is allocated: each operand in a buffer, and
 * what one sequence needs of it in a binding. Returns the slices that are bound together.
 * @throws LimitError naming the limit, and the largest length that would fit.
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

/** What an operand asks for, in bytes: in all, and at least of a binding. */
interface Demand {
  readonly name: Name;
  readonly bytes: number;
  readonly boundBytes: number;
  /** Of `boundBytes`, what does not grow with the length. */
  readonly fixedBytes: number;
}

function demandsOf(problem: Problem, rows: Sequences): readonly Demand[] {
  const counts = Object.entries(elementCounts(problem.shape)) as [Name, number][];
  return counts.map(([name, count]) => {
    const elementBytes = elementBytesOf(name, problem.type);
    const bytes = count * elementBytes;
    // The log-sum-exp is small, and bound whole.
    if (name === 'logSumExp') return { name, bytes, boundBytes: bytes, fixedBytes: 0 };
    // A binding may have to begin a little before the window does.
    const window = sizeOf(windowOf(problem, name, rows, 0, 1));
    const boundBytes = window * elementBytes + OFFSET_BYTES;
    if (boundBytes >= bytes) return { name, bytes, boundBytes: bytes, fixedBytes: 0 };
    // Rows of one head that others lie between begin with the first row, and end before the next.
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
  // Rows of values may be longer than those of keys: what grows together must fit together.
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
  // The log-sum-exp is float32 whatever the operands are.
  bytesPerElement[name === 'logSumExp' ? 'f32' : type];
