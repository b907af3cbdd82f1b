import type { Matrix } from './matrix';

/** They converge quadratically: a handful do. */
const MOST_SWEEPS = 40;

export interface SymmetricEigen {
  /** Smallest first: the smallest decides whether vectors exist. */
  readonly values: readonly number[];
  /** One a value, of length 1. */
  readonly vectors: Matrix;
}

/**
 * Eigenvalues and vectors of a symmetric matrix by Jacobi's cyclic method: rotations in planes of two axes
 * until nothing is left off the diagonal. Small matrices, at once. (src/heads/eigen.ts is the same method
 * for large ones, with pauses; both could move down to src/numeric.)
 */
export function eigenOfSymmetric(matrix: Matrix): SymmetricEigen {
  const a = matrix.map((row) => [...row]);
  const size = a.length;
  const vectors = a.map((_, i) => a.map((_, j) => Number(i === j)));
  for (let sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a); sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) eliminate(a, vectors, p, q);
    }
  }
  const order = a.map((_, i) => i).sort((i, j) => a[i][i] - a[j][j]);
  return { values: order.map((i) => a[i][i]), vectors: order.map((i) => vectors[i]) };
}

function isDiagonal(a: Matrix): boolean {
  let off = 0;
  let on = 0;
  a.forEach((row, i) =>
    row.forEach((value, j) => {
      if (i === j) on += value * value;
      else off += value * value;
    }),
  );
  return off <= on * 2 ** -104;
}

/** Turns axes p and q so that the element between them becomes 0. */
function eliminate(a: number[][], vectors: number[][], p: number, q: number): void {
  if (a[p][q] === 0) return;
  const { cosine, sine } = rotationFor((a[q][q] - a[p][p]) / (2 * a[p][q]));
  for (const row of a) turn(row, p, q, cosine, sine);
  for (let i = 0; i < a.length; i++) {
    [a[p][i], a[q][i]] = [cosine * a[p][i] - sine * a[q][i], sine * a[p][i] + cosine * a[q][i]];
    const [x, y] = [vectors[p][i], vectors[q][i]];
    vectors[p][i] = cosine * x - sine * y;
    vectors[q][i] = sine * x + cosine * y;
  }
}

/** Two values, as coordinates, by an angle. */
function turn(row: number[], p: number, q: number, cosine: number, sine: number): void {
  const [x, y] = [row[p], row[q]];
  row[p] = cosine * x - sine * y;
  row[q] = sine * x + cosine * y;
}

/** The smaller of the two angles that do, by the cotangent of twice it. */
function rotationFor(cotangent: number) {
  const tangent =
    (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.sqrt(cotangent * cotangent + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  return { cosine, sine: tangent * cosine };
}

export interface Singular {
  /** Largest first. */
  readonly values: readonly number[];
  /** Columns of length 1 (n × r), of zeros where the singular value is 0. */
  readonly left: Matrix;
  /** Columns of length 1 (m × r). */
  readonly right: Matrix;
}

/**
 * Singular values by Hestenes's one-sided Jacobi method: the columns are turned in pairs until all are
 * orthogonal; their lengths are the singular values, matrix = left · diag(values) · rightᵀ.
 */
export function singular(matrix: Matrix): Singular {
  const width = matrix[0].length;
  // Transposed: rows are easier to turn.
  const columns = Array.from({ length: width }, (_, j) => matrix.map((row) => row[j]));
  const axes = columns.map((_, i) => columns.map((_, j) => Number(i === j)));
  let turned = true;
  for (let sweep = 0; sweep < MOST_SWEEPS && turned; sweep++) {
    turned = false;
    for (let p = 0; p < width - 1; p++) {
      for (let q = p + 1; q < width; q++) turned = orthogonalise(columns, axes, p, q) || turned;
    }
  }
  const lengths = columns.map((column) => Math.hypot(...column));
  const order = lengths.map((_, i) => i).sort((i, j) => lengths[j] - lengths[i]);
  const floor = lengths[order[0]] * 2 ** -48;
  return {
    values: order.map((i) => (lengths[i] > floor ? lengths[i] : 0)),
    left: matrix.map((_, row) =>
      order.map((i) => (lengths[i] > floor ? columns[i][row] / lengths[i] : 0)),
    ),
    right: axes.map((_, row) => order.map((i) => axes[i][row])),
  };
}

function orthogonalise(columns: number[][], axes: number[][], p: number, q: number): boolean {
  let [pp, qq, pq] = [0, 0, 0];
  for (let i = 0; i < columns[p].length; i++) {
    pp += columns[p][i] ** 2;
    qq += columns[q][i] ** 2;
    pq += columns[p][i] * columns[q][i];
  }
  if (Math.abs(pq) <= 2 ** -52 * Math.sqrt(pp * qq)) return false;
  const { cosine, sine } = rotationFor((qq - pp) / (2 * pq));
  for (const rows of [columns, axes]) {
    for (let i = 0; i < rows[p].length; i++) {
      const [x, y] = [rows[p][i], rows[q][i]];
      rows[p][i] = cosine * x - sine * y;
      rows[q][i] = sine * x + cosine * y;
    }
  }
  return true;
}
