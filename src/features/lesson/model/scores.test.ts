import { describe, expect, it } from 'vitest';
import { hiddenFrom, scoresOf, withScore } from './scores';
import { deckTable, withSimilarity } from './similarity-table';
import { attentionOf, defaultLessonState, withTable } from './state';

describe('scores of the word that asks', () => {
  it('are its row over the words of the sentence', () => {
    expect(scoresOf(defaultLessonState)).toEqual([0.2, 1, 0, 0, 0, 0.75]);
    expect(scoresOf({ ...defaultLessonState, query: 5 })).toEqual([0, 0.75, 0, 0, 0, 1]);
  });

  it('hide what is hidden, and what comes after under a causal mask', () => {
    const hidden = hiddenFrom({ ...defaultLessonState, hidden: [0] });
    expect(hidden).toEqual([true, false, false, false, false, false]);
    const causal = { ...defaultLessonState, causal: true, query: 2 };
    expect(hiddenFrom(causal)).toEqual([false, false, false, true, true, true]);
  });

  it('change on both sides where both were the same, and what follows with them', () => {
    const next = withScore(defaultLessonState, 5, -1);
    expect(next.table.values[1][5]).toBe(-1);
    expect(next.table.values[5][1]).toBe(-1);
    expect(attentionOf(next).scores[1][5]).toBeCloseTo(-1, 12);
    const lopsided = withTable(defaultLessonState, withSimilarity(deckTable, 1, 5, 0.3));
    const after = withScore(lopsided, 5, 0.4);
    expect([after.table.values[1][5], after.table.values[5][1]]).toEqual([0.4, 0.75]);
    expect(() => withScore(defaultLessonState, 8, 1)).toThrow(/column/);
    expect(() => withScore(defaultLessonState, 5, NaN)).toThrow(/similarity/);
  });
});
