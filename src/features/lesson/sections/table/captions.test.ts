import { describe, expect, it } from 'vitest';
import { deckTable, symmetric, vectorsExist } from '../../model/similarity-table';
import { describeAsymmetries, describeExistence, formatMixture, formatTerms } from './captions';

describe('the table’s words', () => {
  it('name pairs that differ, some of many', () => {
    const pair = { row: 5, column: 6 };
    expect(describeAsymmetries(deckTable, [])).toMatch(/same on both sides/);
    expect(describeAsymmetries(deckTable, [pair])).toBe(
      'One pair differs from its mirror image: Cell to Tissue is 0, and back 0.8.',
    );
    expect(describeAsymmetries(deckTable, [pair, pair, pair, pair, pair])).toMatch(
      /^5 pairs.*do 2 more\.$/,
    );
  });

  it('write mixtures by size, and leave out what rounds to 0', () => {
    expect(formatMixture(['a', 'b', 'c', 'd'], [0.1, -0.75, 0.0004, 0.5])).toBe(
      '−0.750 b + 0.500 d + 0.100 a',
    );
    expect(describeExistence('All', vectorsExist(symmetric(deckTable)))).toBe(
      'All: no such vectors (smallest eigenvalue −0.362)',
    );
  });

  it('write dot products with brackets', () => {
    expect(formatTerms([0.5, -0.25, 3], [-1, 2, 0])).toBe('0.50 × (−1.00) + (−0.25) × 2.00');
    expect(formatTerms([0], [1])).toBe('no terms but 0');
  });
});
