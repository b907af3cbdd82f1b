import { type ElementType, bytesPerElement } from '../numeric/element-type';
import { LimitError, formatBytes } from '../webgpu/errors';
import type { Problem } from './problem';
import { type Shape, elementCounts } from './shape';
import {
  OFFSET_BYTES,
  type Sequences,
  type Slice,
  sizeOf,
  sliceSequences,
  windowOf,
} from './windows';

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
    if (limit) throw refusal(problem, demand, limit, demands, limits);
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

function refusal(
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
