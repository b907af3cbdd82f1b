import { eigenOfSymmetric, singularValueDecomposition } from '../../../numeric/linear-algebra';
import { InputError } from '../../../attention/input-error';
import { identity, type Matrix, scale } from './matrix';

/** Similarities of words: a row is a query, a column a key. */
export interface SimilarityTable {
  readonly names: readonly string[];
  readonly values: Matrix;
}

/** The words of the deck's sentence in order, then two others that occur with *cell*. */
export const wordNames = [
  'The',
  'Prisoner',
  'Sat',
  'In',
  'His',
  'Cell',
  'Tissue',
  'College',
] as const;

/** Row names as the deck prints them: the fifth says *The* a second time instead of *His*. */
export const printedRowNames = wordNames.map((name) => (name === 'His' ? 'The' : name));

/** The deck's table. It is not symmetric: *Tissue* and *College* are like *Cell*, but *Cell* is not like them. */
export const deckTable: SimilarityTable = {
  names: wordNames,
  values: withEntries(identity(8), [
    [0, 1, 0.2],
    [1, 0, 0.2],
    [1, 5, 0.75],
    [5, 1, 0.75],
    [6, 5, 0.8],
    [7, 5, 0.8],
  ]),
};

function withEntries(matrix: Matrix, entries: readonly [number, number, number][]): number[][] {
  const copy = matrix.map((row) => [...row]);
  for (const [row, column, value] of entries) copy[row][column] = value;
  return copy;
}

/** The table with one similarity changed. @throws InputError for no such cell, or no finite number. */
export function withSimilarity(
  table: SimilarityTable,
  row: number,
  column: number,
  value: number,
): SimilarityTable {
  const size = table.names.length;
  for (const [field, index] of Object.entries({ row, column })) {
    const inside = Number.isInteger(index) && index >= 0 && index < size;
    if (!inside) throw new InputError(field, index, `a whole number from 0 to ${size - 1}`);
  }
  if (!Number.isFinite(value)) throw new InputError('similarity', value, 'a finite number');
  return { ...table, values: withEntries(table.values, [[row, column, value]]) };
}

/** The table of the first `size` words. */
export const leadingBlock = (
  { names, values }: SimilarityTable,
  size: number,
): SimilarityTable => ({
  names: names.slice(0, size),
  values: values.slice(0, size).map((row) => row.slice(0, size)),
});

/** Cells above the diagonal that differ from their mirror image. A table of dot products has none. */
export function asymmetries({ values }: SimilarityTable): { row: number; column: number }[] {
  return values.flatMap((cells, row) =>
    cells.flatMap((value, column) =>
      column > row && value !== values[column][row] ? [{ row, column }] : [],
    ),
  );
}

/**
 * The table made symmetric: each pair takes the larger of its two similarities ("they are alike if either says
 * so", what the printed −.362 belongs to), or their mean, (A + Aᵀ)/2.
 */
export function symmetric(
  table: SimilarityTable,
  how: 'larger' | 'mean' = 'larger',
): SimilarityTable {
  const { values } = table;
  const pair = (a: number, b: number) => (how === 'mean' ? (a + b) / 2 : Math.max(a, b));
  return {
    ...table,
    values: values.map((row, i) => row.map((value, j) => pair(value, values[j][i]))),
  };
}

/** Eigenvalues of a symmetric matrix in ascending order, and their vectors of length 1. */
export function ascendingEigen(matrix: Matrix): { values: number[]; vectors: number[][] } {
  const { values, vectors } = eigenOfSymmetric(Float64Array.from(matrix.flat()), matrix.length);
  return { values: values.toReversed(), vectors: vectors.toReversed().map((one) => [...one]) };
}

export type Existence = ReturnType<typeof vectorsExist>;

/**
 * Whether words can have vectors whose dot products are this table, and why not. A table of dot products X·Xᵀ is
 * symmetric, and its eigenvalues are squared lengths: none is negative. Both together are also enough.
 * Eigenvalues are of the table itself where it is symmetric, else of it made symmetric by the larger of each pair.
 */
export function vectorsExist(table: SimilarityTable) {
  const asymmetric = asymmetries(table).length > 0;
  const { values } = ascendingEigen(symmetric(table).values);
  const [minEigenvalue] = values;
  const negative = minEigenvalue < -tolerance(values);
  const reason = asymmetric ? 'asymmetric' : negative ? 'negative-eigenvalue' : 'none';
  return { exists: reason === 'none', reason, eigenvalues: values, minEigenvalue } as const;
}

/** How far rounding may move a 0 to either side: n·ε of the largest eigenvalue. */
const tolerance = (eigenvalues: readonly number[]): number =>
  eigenvalues.length * Number.EPSILON * Math.max(...eigenvalues.map(Math.abs));

/**
 * Vectors (n × n, row by row a word) whose dot products are the table: X = V·√Λ·Vᵀ, the factor that leaves
 * words nearest to axes of their own; undefined where no such vectors exist.
 */
export function gramVectors(table: SimilarityTable): number[][] | undefined {
  if (!vectorsExist(table).exists) return undefined;
  const { values, vectors } = ascendingEigen(table.values);
  return table.values.map((_, i) =>
    table.values.map((_, j) =>
      values.reduce(
        (sum, value, e) => sum + Math.sqrt(Math.max(0, value)) * vectors[e][i] * vectors[e][j],
        0,
      ),
    ),
  );
}

/**
 * Queries and keys (n × n each) with Q·Kᵀ = the table: any table at all, for what a word asks need not be
 * what it answers. Singular value decomposition, each side taking the root of the singular values.
 */
export function queriesAndKeys({ values }: SimilarityTable): { query: Matrix; key: Matrix } {
  const { values: sizes, left, right } = singularValueDecomposition(values);
  const roots = sizes.map(Math.sqrt);
  const stretch = (row: readonly number[]) => row.map((value, i) => value * roots[i]);
  return { query: left.map(stretch), key: right.map(stretch) };
}

/**
 * A vector made of words with a negative squared length, to show that they cannot be: the eigenvector of
 * the smallest eigenvalue, signed so that its largest part is positive.
 */
export function impossibleMix(table: SimilarityTable): { mix: number[]; squaredLength: number } {
  const { values, vectors } = ascendingEigen(symmetric(table).values);
  const largest = vectors[0].reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return { mix: scale(vectors[0], Math.sign(largest)), squaredLength: values[0] };
}
