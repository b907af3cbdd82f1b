import { eigenOfSymmetric as eigenOf, rotationFor } from '../../../numeric/linear-algebra';
import type { Matrix } from './matrix';

export interface SymmetricEigen {
  /** Ascending: the first decides whether vectors exist. */
  readonly values: readonly number[];
  /** One a value, of length 1. */
  readonly vectors: Matrix;
}

/** Eigenvalues and vectors of a symmetric matrix. */
export function ascendingEigen(matrix: Matrix): SymmetricEigen {
  const { values, vectors } = eigenOf(Float64Array.from(matrix.flat()), matrix.length);
  return { values: values.toReversed(), vectors: vectors.toReversed().map((one) => [...one]) };
}

/** Convergence is quadratic: a handful of sweeps is enough. */
const MAX_SWEEPS = 40;

export interface SingularValueDecomposition {
  /** Largest first. */
  readonly values: readonly number[];
  /** Columns of length 1 (n × r), of zeros where the singular value is 0. */
  readonly left: Matrix;
  /** Columns of length 1 (m × r). */
  readonly right: Matrix;
}

/**
 * Singular values by Hestenes's one-sided Jacobi method: columns are rotated in pairs until all are
 * orthogonal; their lengths are the singular values, matrix = left · diag(values) · rightᵀ.
 */
export function singularValueDecomposition(matrix: Matrix): SingularValueDecomposition {
  const width = matrix[0].length;
  // Transposed, because rows are easier to rotate.
  const columns = Array.from({ length: width }, (_, j) => matrix.map((row) => row[j]));
  const axes = columns.map((_, i) => columns.map((_, j) => Number(i === j)));
  let turned = true;
  for (let sweep = 0; sweep < MAX_SWEEPS && turned; sweep++) {
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
