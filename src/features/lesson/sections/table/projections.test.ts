import { describe, expect, it } from 'vitest';
import { leadingBlock, deckTable, withSimilarity } from '../../model/similarity-table';
import { projectionsOf } from './existence';

describe('shadows of a word on others', () => {
  it('of Cell are longer together than Cell', () => {
    const shadows = projectionsOf(deckTable, 5)!;
    expect(shadows.on).toEqual([1, 6, 7]);
    expect(shadows.lengths).toEqual([0.75, 0.8, 0.8]);
    expect(shadows.sumOfSquares).toBeCloseTo(0.75 ** 2 + 2 * 0.8 ** 2, 12);
    expect(shadows.squaredLength).toBe(1);
  });

  it('are short enough within the sentence', () => {
    expect(projectionsOf(leadingBlock(deckTable, 6), 5)!.sumOfSquares).toBeCloseTo(0.5625, 12);
  });

  it('are none of words that are like each other, or like nothing', () => {
    expect(projectionsOf(withSimilarity(deckTable, 6, 7, 0.1), 5)).toBeUndefined();
    expect(projectionsOf(withSimilarity(deckTable, 7, 7, 2), 5)).toBeUndefined();
    expect(projectionsOf(deckTable, 2)).toBeUndefined();
  });
});
