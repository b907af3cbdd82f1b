import { describe, expect, it } from 'vitest';
import { identity, type Matrix, multiply, products, transpose } from './matrix';
import { normalMatrix } from './seeded';
import {
  ascendingEigen,
  asymmetries,
  leadingBlock,
  deckTable,
  gramVectors,
  impossibleMix,
  printedRowNames,
  queriesAndKeys,
  symmetric,
  vectorsExist,
  withSimilarity,
} from './similarity-table';
import { singularValueDecomposition } from '../../../numeric/linear-algebra';

const expectClose = (got: Matrix, want: Matrix, digits = 12) =>
  want.forEach((row, i) => row.forEach((value, j) => expect(got[i][j]).toBeCloseTo(value, digits)));

/** The determinant by elimination with pivots: an eigenvalue's shift makes it 0. */
function determinant(matrix: Matrix): number {
  const a = matrix.map((row) => [...row]);
  let product = 1;
  for (let i = 0; i < a.length; i++) {
    const pivot = a.reduce(
      (p, row, r) => (r > i && Math.abs(row[i]) > Math.abs(a[p][i]) ? r : p),
      i,
    );
    if (pivot !== i) {
      [a[i], a[pivot]] = [a[pivot], a[i]];
      product = -product;
    }
    product *= a[i][i];
    for (let r = i + 1; r < a.length; r++) {
      const factor = a[r][i] / a[i][i];
      for (let c = i; c < a.length; c++) a[r][c] -= factor * a[i][c];
    }
  }
  return product;
}

const shifted = (matrix: Matrix, by: number) =>
  matrix.map((row, i) => row.map((value, j) => value - (i === j ? by : 0)));

describe('row 11: the table', () => {
  it('has the deck’s names, with one mistake', () => {
    expect(deckTable.names.join(' ')).toBe('The Prisoner Sat In His Cell Tissue College');
    const mistaken = printedRowNames.flatMap((name, i) => (name === deckTable.names[i] ? [] : [i]));
    expect(mistaken).toEqual([4]);
    expect(printedRowNames[4]).toBe('The');
  });

  it('is asymmetric in two places', () => {
    expect(asymmetries(deckTable)).toEqual([
      { row: 5, column: 6 },
      { row: 5, column: 7 },
    ]);
    expect(deckTable.values[6][5]).toBe(0.8);
    expect(deckTable.values[5][6]).toBe(0);
    expect(vectorsExist(deckTable)).toMatchObject({ exists: false, reason: 'asymmetric' });
  });

  it('made symmetric has the smallest eigenvalue −.362: no such vectors', () => {
    const table = symmetric(deckTable);
    const { exists, reason, minEigenvalue: smallest } = vectorsExist(table);
    expect({ exists, reason }).toEqual({ exists: false, reason: 'negative-eigenvalue' });
    expect(smallest).toBeCloseTo(-0.362, 3);
    // By hand. The words form a tree: The .2 Prisoner .75 Cell, and Cell .8 Tissue, Cell .8 College.
    // With m = λ − 1: m⁴ − (.04 + .5625 + 1.28) m² + .04 · 1.28 = 0.
    const b = 0.04 + 0.5625 + 1.28;
    const largest = Math.sqrt((b + Math.sqrt(b * b - 4 * 0.04 * 1.28)) / 2);
    expect(smallest).toBeCloseTo(1 - largest, 12);
    expect(0.75 ** 2 + 0.8 ** 2 + 0.8 ** 2).toBeGreaterThan(1);
  });

  it('made symmetric by the mean (.4 for .8) would pass: the −.362 is of the larger of each pair', () => {
    const table = symmetric(deckTable, 'mean');
    const b = 0.04 + 0.5625 + 0.32;
    const largest = Math.sqrt((b + Math.sqrt(b * b - 4 * 0.04 * 0.32)) / 2);
    expect(vectorsExist(table).minEigenvalue).toBeCloseTo(1 - largest, 12);
    expect(vectorsExist(table).exists).toBe(true);
  });

  it('is fine in its 6 × 6 block: smallest eigenvalue .224', () => {
    const six = leadingBlock(deckTable, 6);
    const { exists, minEigenvalue: smallest } = vectorsExist(six);
    expect(exists).toBe(true);
    expect(smallest).toBeCloseTo(0.224, 3);
    expect(smallest).toBeCloseTo(1 - Math.hypot(0.2, 0.75), 12);
    const vectors = gramVectors(six)!;
    expectClose(products(vectors, vectors), six.values);
  });

  it('has vectors on the edge, and none beyond', () => {
    const pair = {
      names: ['a', 'b'],
      values: [
        [1, 1],
        [1, 1],
      ],
    };
    expect(vectorsExist(pair).exists).toBe(true);
    const beyond = {
      ...pair,
      values: [
        [1, 1.001],
        [1.001, 1],
      ],
    };
    expect(vectorsExist(beyond).exists).toBe(false);
    expect(gramVectors(beyond)).toBeUndefined();
  });

  it('has a mixture of words with a negative squared length', () => {
    const { mix, squaredLength } = impossibleMix(deckTable);
    const [[direct]] = products([mix], multiply([mix], symmetric(deckTable).values));
    expect(direct).toBeCloseTo(squaredLength, 12);
    expect(squaredLength).toBeLessThan(-0.36);
  });

  it('is legal where queries are not keys', () => {
    const { query, key } = queriesAndKeys(deckTable);
    expectClose(products(query, key), deckTable.values);
    expect(query).not.toEqual(key);
  });

  it('can be edited, within bounds', () => {
    const edited = withSimilarity(deckTable, 5, 6, 0.3);
    expect(edited.values[5][6]).toBe(0.3);
    expect(deckTable.values[5][6]).toBe(0);
    expect(() => withSimilarity(deckTable, 8, 0, 1)).toThrow(/row is 8; allowed: .*0 to 7/);
    expect(() => withSimilarity(deckTable, 0, 0, NaN)).toThrow(/similarity is NaN/);
  });
});

describe('eigenvalues and singular values', () => {
  const random = normalMatrix(7, 7, 3, 1);
  const even = random.map((row, i) => row.map((value, j) => value + random[j][i]));

  it('put a symmetric matrix together again', () => {
    const { values, vectors } = ascendingEigen(even);
    const stretched = vectors.map((vector, i) => vector.map((value) => value * values[i]));
    expectClose(multiply(transpose(vectors), stretched), even);
    expectClose(products(vectors, vectors), identity(7));
    for (const value of values) {
      // The determinant near a root is its slope times the error: scale by a nearby one.
      const near = Math.abs(determinant(shifted(even, value + 1e-3)));
      expect(Math.abs(determinant(shifted(even, value))) / near).toBeLessThan(1e-8);
    }
  });

  it('put any matrix together again, singular ones too', () => {
    const singularOne = random.map((row, i) => (i === 6 ? random[0] : row));
    for (const matrix of [random, singularOne]) {
      const { values, left, right } = singularValueDecomposition(matrix);
      const stretched = left.map((row) => row.map((value, i) => value * values[i]));
      expectClose(products(stretched, right), matrix);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
    }
    expect(singularValueDecomposition(singularOne).values[6]).toBe(0);
  });
});
