import { TimeSlice } from '../../../async/yield';
import { InputError } from '../../../attention/input-error';
import { type Eigen, eigenSteps } from '../../../numeric/linear-algebra';

/** Overwrites the matrix. */
async function eigenOf(matrix: Float64Array, size: number, slice: TimeSlice): Promise<Eigen> {
  const steps = eigenSteps(matrix, size);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await slice.yieldIfOver();
  }
}

/** Rows seen from where they differ most. */
export interface PrincipalComponents {
  /** For each matrix, two coordinates a row. NaN for a row that holds NaN or an infinity. */
  readonly points: readonly Float32Array[];
  /** The two directions, of length 1 (0 where rows have no second one), and what they are measured from. */
  readonly axes: readonly [Float64Array, Float64Array];
  readonly mean: Float64Array;
  /** Shares of the variance that the two directions have; 0 where all rows are the same. */
  readonly explained: readonly [number, number];
  /** Rows that hold NaN or an infinity: they have no part in the directions. */
  readonly excludedRows: number;
}

const MAX_SIZE = 256;
/** Rows between two looks at the clock. */
const ROWS_PER_SLICE = 256;

/**
 * Principal component analysis in two dimensions: rows of all matrices together, about their common mean.
 * Eigenvectors of their covariance in float64; each points where its largest value is positive.
 * @param matrices Row-major, `size` values a row.
 * @throws InputError; the signal's reason.
 */
export async function principalComponents(
  matrices: readonly Float32Array[],
  size: number,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<PrincipalComponents> {
  if (!Number.isInteger(size) || size < 1 || size > MAX_SIZE) {
    throw new InputError('size', size, `a whole number from 1 to ${MAX_SIZE}`);
  }
  for (const { length } of matrices) {
    if (length % size !== 0) {
      throw new InputError('matrix', `${length} values`, `rows of ${size} values`);
    }
  }
  const slice = new TimeSlice(signal);
  const mean = new Float64Array(size);
  let rows = 0;
  let leftOut = 0;
  await forEachRow(matrices, size, slice, (row) => {
    if (!row.every(Number.isFinite)) return void leftOut++;
    rows++;
    for (let d = 0; d < size; d++) mean[d] += row[d];
  });
  for (let d = 0; d < size; d++) mean[d] /= Math.max(1, rows);
  const covariance = new Float64Array(size * size);
  const centred = new Float64Array(size);
  await forEachRow(matrices, size, slice, (row) => {
    if (!row.every(Number.isFinite)) return;
    for (let d = 0; d < size; d++) centred[d] = row[d] - mean[d];
    addProducts(covariance, centred);
  });
  mirror(covariance, size);
  const total = traceOf(covariance, size);
  const { values, vectors } = await eigenOf(covariance, size, slice);
  const none = new Float64Array(size);
  const axes = [oriented(vectors[0]), oriented(vectors[1] ?? none)] as const;
  const share = (value = 0) => (total > 0 ? Math.max(0, value) / total : 0);
  const points = await project(matrices, size, mean, axes, slice);
  return {
    points,
    axes,
    mean,
    explained: [share(values[0]), share(values[1])],
    excludedRows: leftOut,
  };
}

async function forEachRow(
  matrices: readonly Float32Array[],
  size: number,
  slice: TimeSlice,
  visit: (row: Float32Array, index: number, matrix: number) => void,
): Promise<void> {
  for (const [matrix, values] of matrices.entries()) {
    const rows = values.length / size;
    for (let row = 0; row < rows; row++) {
      visit(values.subarray(row * size, (row + 1) * size), row, matrix);
      if (row % ROWS_PER_SLICE === ROWS_PER_SLICE - 1) await slice.yieldIfOver();
    }
  }
}

/** The upper triangle of the row's products with itself. */
function addProducts(sums: Float64Array, row: Float64Array): void {
  const size = row.length;
  for (let p = 0; p < size; p++) {
    const x = row[p];
    for (let q = p; q < size; q++) sums[p * size + q] += x * row[q];
  }
}

function mirror(matrix: Float64Array, size: number): void {
  for (let p = 0; p < size; p++) {
    for (let q = 0; q < p; q++) matrix[p * size + q] = matrix[q * size + p];
  }
}

function traceOf(matrix: Float64Array, size: number): number {
  let trace = 0;
  for (let d = 0; d < size; d++) trace += matrix[d * size + d];
  return trace;
}

/** A direction is the same the other way round: one of the two is chosen, by its largest value's sign. */
function oriented(axis: Float64Array): Float64Array {
  const largest = axis.reduce(
    (best, value) => (Math.abs(value) > Math.abs(best) ? value : best),
    0,
  );
  return largest < 0 ? axis.map((value) => -value) : axis;
}

async function project(
  matrices: readonly Float32Array[],
  size: number,
  mean: Float64Array,
  axes: readonly [Float64Array, Float64Array],
  slice: TimeSlice,
): Promise<Float32Array[]> {
  const points = matrices.map(({ length }) => new Float32Array((length / size) * 2));
  await forEachRow(matrices, size, slice, (row, index, matrix) => {
    const finite = row.every(Number.isFinite);
    axes.forEach((axis, i) => {
      let sum = finite ? 0 : NaN;
      for (let d = 0; finite && d < size; d++) sum += (row[d] - mean[d]) * axis[d];
      points[matrix][2 * index + i] = sum;
    });
  });
  return points;
}
