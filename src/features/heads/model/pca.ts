import { InputError } from '../../../attention/input-error';
import { eigenOfSymmetric } from '../../../numeric/linear-algebra';

/** Rows projected onto the two directions in which they vary most. */
export interface PrincipalComponents {
  /** For each matrix, two coordinates a row. NaN for a row that holds NaN or an infinity. */
  readonly points: readonly Float32Array[];
  /** The two directions, of length 1 (0 where rows have no second one), from the rows' mean. */
  readonly axes: readonly [Float64Array, Float64Array];
  readonly mean: Float64Array;
  /** Shares of the variance along the two directions; 0 where all rows are the same. */
  readonly explained: readonly [number, number];
  /** Rows that hold NaN or an infinity: the directions do not depend on them. */
  readonly excludedRows: number;
}

const MAX_SIZE = 256;

/**
 * Principal component analysis in two dimensions: rows of all matrices together, about their common mean.
 * Eigenvectors of their covariance in float64; each points where its largest value is positive. Takes seconds for
 * 65,536 rows: run it in a worker.
 * @param matrices Row-major, `size` values a row.
 * @throws InputError
 */
export function principalComponents(
  matrices: readonly Float32Array[],
  size: number,
): PrincipalComponents {
  if (!Number.isInteger(size) || size < 1 || size > MAX_SIZE) {
    throw new InputError('size', size, `a whole number from 1 to ${MAX_SIZE}`);
  }
  for (const { length } of matrices) {
    if (length % size !== 0) {
      throw new InputError('matrix', `${length} values`, `rows of ${size} values`);
    }
  }
  const mean = new Float64Array(size);
  let rows = 0;
  let excludedRows = 0;
  forEachRow(matrices, size, (row) => {
    if (!row.every(Number.isFinite)) return void excludedRows++;
    rows++;
    for (let d = 0; d < size; d++) mean[d] += row[d];
  });
  for (let d = 0; d < size; d++) mean[d] /= Math.max(1, rows);
  const covariance = covarianceOf(matrices, mean);
  let total = 0;
  for (let d = 0; d < size; d++) total += covariance[d * size + d];
  const { values, vectors } = eigenOfSymmetric(covariance, size);
  const axes = [oriented(vectors[0]), oriented(vectors[1] ?? new Float64Array(size))] as const;
  const share = (value = 0) => (total > 0 ? Math.max(0, value) / total : 0);
  return {
    points: project(matrices, mean, axes),
    axes,
    mean,
    explained: [share(values[0]), share(values[1])],
    excludedRows,
  };
}

function forEachRow(
  matrices: readonly Float32Array[],
  size: number,
  visit: (row: Float32Array, index: number, matrix: number) => void,
): void {
  matrices.forEach((values, matrix) => {
    for (let row = 0; row * size < values.length; row++) {
      visit(values.subarray(row * size, (row + 1) * size), row, matrix);
    }
  });
}

/** size × size, not divided by the number of rows; rows that are not finite are left out. */
function covarianceOf(matrices: readonly Float32Array[], mean: Float64Array): Float64Array {
  const size = mean.length;
  const covariance = new Float64Array(size * size);
  const centred = new Float64Array(size);
  forEachRow(matrices, size, (row) => {
    if (!row.every(Number.isFinite)) return;
    for (let d = 0; d < size; d++) centred[d] = row[d] - mean[d];
    for (let p = 0; p < size; p++) {
      const x = centred[p];
      for (let q = p; q < size; q++) covariance[p * size + q] += x * centred[q];
    }
  });
  for (let p = 0; p < size; p++) {
    for (let q = 0; q < p; q++) covariance[p * size + q] = covariance[q * size + p];
  }
  return covariance;
}

/** An eigenvector's sign is arbitrary: its largest value is made positive. */
function oriented(axis: Float64Array): Float64Array {
  const largest = axis.reduce(
    (best, value) => (Math.abs(value) > Math.abs(best) ? value : best),
    0,
  );
  return largest < 0 ? axis.map((value) => -value) : axis;
}

function project(
  matrices: readonly Float32Array[],
  mean: Float64Array,
  axes: readonly [Float64Array, Float64Array],
): Float32Array[] {
  const size = mean.length;
  const points = matrices.map(({ length }) => new Float32Array((length / size) * 2));
  forEachRow(matrices, size, (row, index, matrix) => {
    const finite = row.every(Number.isFinite);
    axes.forEach((axis, i) => {
      let sum = finite ? 0 : NaN;
      for (let d = 0; finite && d < size; d++) sum += (row[d] - mean[d]) * axis[d];
      points[matrix][2 * index + i] = sum;
    });
  });
  return points;
}
