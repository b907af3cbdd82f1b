/** Eigenvalues of a symmetric matrix, largest first, and their vectors of length 1. */
export interface Eigen {
  readonly values: readonly number[];
  readonly vectors: readonly Float64Array[];
}

/** Convergence is quadratic: a handful of sweeps suffice. */
const MAX_EIGEN_SWEEPS = 40;

/**
 * Jacobi's method (1846), cyclic: plane rotations until the off-diagonal elements vanish. Not the fastest, but as
 * accurate as any.
 * @param matrix size × size values, symmetric, row-major; overwritten.
 */
export function eigenOfSymmetric(matrix: Float64Array, size: number): Eigen {
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  for (let sweep = 0; sweep < MAX_EIGEN_SWEEPS && !isDiagonal(matrix, size); sweep++) {
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
  const { cosine, sine } = rotationFor(
    (matrix[q * size + q] - matrix[p * size + p]) / (2 * between),
  );
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
export function rotationFor(cotangent: number): { cosine: number; sine: number } {
  const tangent =
    (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.sqrt(cotangent * cotangent + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  return { cosine, sine: tangent * cosine };
}
