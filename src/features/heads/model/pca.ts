import { greatest, mean as meanOf, range, sum } from 'd3-array';
import { InputError } from '../../../attention/input-error';
import { eigenOfSymmetric } from '../../../numeric/linear-algebra';

/** Rows projected onto the two directions in which they vary most. */
export interface PrincipalComponents {
  /** Two coordinates a row. NaN for a row that holds NaN or an infinity. */
  readonly points: Float32Array;
  /** The two directions, of length 1 (0 where rows have no second one), from the rows' mean. */
  readonly axes: readonly [Float64Array, Float64Array];
  /** Shares of the variance along the two directions; 0 where all rows are the same. */
  readonly explained: readonly [number, number];
  /** Rows that hold NaN or an infinity: the directions do not depend on them. */
  readonly excludedRows: number;
}

const MAX_SIZE = 256;

/**
 * Principal component analysis in two dimensions, about the rows' mean. Eigenvectors of their covariance in float64; each
 * points where its largest value is positive. Takes seconds for 65,536 rows: run it in a worker.
 * @param values Row-major, `size` values a row.
 * @throws InputError
 */
export function principalComponents(values: Float32Array, size: number): PrincipalComponents {
  if (!Number.isInteger(size) || size < 1 || size > MAX_SIZE) {
    throw new InputError('size', size, `a whole number from 1 to ${MAX_SIZE}`);
  }
  if (values.length % size !== 0) {
    throw new InputError('matrix', `${values.length} values`, `rows of ${size} values`);
  }
  const rows = range(0, values.length, size).map((at) => values.subarray(at, at + size));
  const finite = rows.filter(isFiniteRow);
  const mean = Float64Array.from(range(size), (d) => meanOf(finite, (row) => row[d]) ?? 0);
  const covariance = covarianceOf(finite, mean);
  const total = sum(range(size), (d) => covariance[d * size + d]);
  const eigen = eigenOfSymmetric(covariance, size);
  const [first, second = new Float64Array(size)] = eigen.vectors.map(oriented);
  const points = new Float32Array(2 * rows.length).fill(NaN);
  rows.forEach((row, i) => {
    if (!isFiniteRow(row)) return;
    const along = (axis: Float64Array) =>
      axis.reduce((sum, x, d) => sum + (row[d] - mean[d]) * x, 0);
    points.set([along(first), along(second)], 2 * i);
  });
  const share = (value = 0) => (total > 0 ? Math.max(0, value) / total : 0);
  return {
    points,
    axes: [first, second],
    explained: [share(eigen.values[0]), share(eigen.values[1])],
    excludedRows: rows.length - finite.length,
  };
}

const isFiniteRow = (row: Float32Array): boolean => row.every(Number.isFinite);

/** size × size, not divided by the number of rows. */
function covarianceOf(rows: readonly Float32Array[], mean: Float64Array): Float64Array {
  const size = mean.length;
  const covariance = new Float64Array(size * size);
  const centred = new Float64Array(size);
  for (const row of rows) {
    for (let d = 0; d < size; d++) centred[d] = row[d] - mean[d];
    for (let p = 0; p < size; p++) {
      const x = centred[p];
      for (let q = p; q < size; q++) covariance[p * size + q] += x * centred[q];
    }
  }
  for (let p = 0; p < size; p++) {
    for (let q = 0; q < p; q++) covariance[p * size + q] = covariance[q * size + p];
  }
  return covariance;
}

/** An eigenvector's sign is arbitrary: its largest value is made positive. */
const oriented = (axis: Float64Array): Float64Array =>
  greatest(axis, Math.abs)! < 0 ? axis.map((value) => -value) : axis;
