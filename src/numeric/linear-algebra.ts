/** Eigenvalues of a symmetric matrix, largest first, and their vectors of length 1. */
export interface Eigen {
  readonly values: readonly number[];
  readonly vectors: readonly Float64Array[];
}

/** Convergence is quadratic: a handful of sweeps suffice. */
const MAX_SWEEPS = 40;

/**
 * Jacobi's method (1846), cyclic: plane rotations until the off-diagonal elements vanish. Not the fastest, but as
 * accurate as any.
 * @param matrix size × size values, symmetric, row-major; overwritten.
 */
export function eigenOfSymmetric(matrix: Float64Array, size: number): Eigen {
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS && !isDiagonal(matrix, size); sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(matrix, vectors, size, p, q);
    }
  }
  const order = Array.from({ length: size }, (_, i) => i);
  order.sort((a, b) => matrix[b * size + b] - matrix[a * size + a] || a - b);
  return {
    values: order.map((i) => matrix[i * size + i]),
    vectors: order.map((i) => vectors.slice(i * size, (i + 1) * size)),
  };
}

/** Whether the off-diagonal elements are below the rounding of the diagonal. */
function isDiagonal(matrix: Float64Array, size: number): boolean {
  let off = 0;
  let on = 0;
  for (let p = 0; p < size; p++) {
    on += matrix[p * size + p] ** 2;
    for (let q = p + 1; q < size; q++) off += matrix[p * size + q] ** 2;
  }
  return off <= on * 2 ** -104;
}

/** Rotates axes p and q so that the element between them becomes 0, and the rows of `vectors` with them. */
function rotate(
  matrix: Float64Array,
  vectors: Float64Array,
  size: number,
  p: number,
  q: number,
): void {
  const between = matrix[p * size + q];
  if (between === 0) return;
  const cotangent = (matrix[q * size + q] - matrix[p * size + p]) / (2 * between);
  const { cosine, sine } = rotationFor(cotangent);
  const turn = (values: Float64Array, a: number, b: number) => {
    const x = values[a];
    const y = values[b];
    values[a] = cosine * x - sine * y;
    values[b] = sine * x + cosine * y;
  };
  for (let i = 0; i < size; i++) turn(matrix, i * size + p, i * size + q);
  for (let i = 0; i < size; i++) {
    turn(matrix, p * size + i, q * size + i);
    turn(vectors, p * size + i, q * size + i);
  }
}

/** The smaller of the two rotation angles, from the cotangent of twice the angle. */
function rotationFor(cotangent: number): { cosine: number; sine: number } {
  const tangent =
    (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.sqrt(cotangent * cotangent + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  return { cosine, sine: tangent * cosine };
}

type Rows = readonly (readonly number[])[];

export interface SingularValueDecomposition {
  /** Largest first. */
  readonly values: readonly number[];
  /** Columns of length 1 (n × r), of zeros where the singular value is 0. */
  readonly left: Rows;
  /** Columns of length 1 (m × r). */
  readonly right: Rows;
}

/**
 * Singular values by Hestenes's one-sided Jacobi method: columns are rotated in pairs until all are
 * orthogonal; their lengths are the singular values, matrix = left · diag(values) · rightᵀ.
 */
export function singularValueDecomposition(matrix: Rows): SingularValueDecomposition {
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
