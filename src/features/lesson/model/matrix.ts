import { InputError } from '../../../attention/input-error';

/** Small vectors and matrices, row by row, in float64: sizes that a page can show whole. */
export type Vector = readonly number[];
export type Matrix = readonly Vector[];

/** The largest size of a number that readers can set: beyond it, products of products would leave no digits. */
export const MAX_NUMBER = 1e6;

/** Σ aᵢ·bᵢ. @throws InputError for vectors of different lengths. */
export function dot(a: Vector, b: Vector): number {
  if (a.length !== b.length) {
    throw new InputError('vector', b, `${a.length} values, as many as the other has`);
  }
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/** The Euclidean length, √Σ aᵢ². */
export const norm = (a: Vector): number => Math.sqrt(dot(a, a));

export const distance = (a: Vector, b: Vector): number => norm(subtract(a, b));

export const add = (a: Vector, b: Vector): number[] => a.map((value, i) => value + b[i]);

export const subtract = (a: Vector, b: Vector): number[] => a.map((value, i) => value - b[i]);

export const scale = (a: Vector, factor: number): number[] => a.map((value) => value * factor);

export const identity = (size: number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => Number(i === j)));

export const transpose = (matrix: Matrix): number[][] =>
  (matrix[0] ?? []).map((_, column) => columnOf(matrix, column));

export const columnOf = (matrix: Matrix, column: number): number[] =>
  matrix.map((row) => row[column]);

/** a·b: (n × k) times (k × m) gives (n × m). @throws InputError where the inner sizes differ. */
export function multiply(a: Matrix, b: Matrix): number[][] {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

/** a·bᵀ: all dot products of the rows of one with the rows of the other. */
export const products = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) => b.map((other) => dot(row, other)));

/** Σ wᵢ·rowᵢ. @throws InputError where there is not one weight a row. */
export const weightedSum = (weights: Vector, rows: Matrix): number[] =>
  transpose(rows).map((column) => dot(weights, column));

/** The largest absolute difference of two matrices of one size. */
export const maxDifference = (a: Matrix, b: Matrix): number =>
  Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i][j]))));

export function mean(rows: Matrix): number[] {
  return transpose(rows).map((column) => column.reduce((a, b) => a + b, 0) / rows.length);
}
