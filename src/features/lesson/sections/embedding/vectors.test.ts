import { describe, expect, it } from 'vitest';
import {
  deckStatistics,
  wordSimilarities,
  madeUpNeighbours,
  madeUpVector,
  statisticsOf,
  withEdits,
} from './vectors';

describe('row 5: a vector of 100 values', () => {
  it.each([1, 2, 3, 44])('is made up with the deck’s statistics, for seed %i', (seed) => {
    const vector = madeUpVector(seed);
    expect(vector).toHaveLength(100);
    expect(vector.filter((value) => value < 0)).toHaveLength(49);
    expect(vector.toSorted((a, b) => a - b)[0]).toBe(-0.99628943);
    expect(vector.toSorted((a, b) => b - a)[0]).toBe(0.7790246);
    expect(Math.hypot(...vector)).toBeCloseTo(3.672, 12);
    expect(statisticsOf(vector)).toEqual({ ...deckStatistics, norm: expect.closeTo(3.672, 12) });
    expect(new Set(vector).size).toBe(100);
  });

  it('is another for another seed', () => {
    expect(madeUpVector(1)).toEqual(madeUpVector(1));
    expect(madeUpVector(1)).not.toEqual(madeUpVector(2));
  });

  it('says what cannot be made', () => {
    expect(() => madeUpVector(1, { ...deckStatistics, norm: 30 })).toThrow(/norm is 30/);
  });

  it('has neighbours at chosen cosines, which move as a value is edited', () => {
    const vector = madeUpVector(1);
    const neighbours = madeUpNeighbours(vector, 1);
    const before = wordSimilarities(vector, neighbours);
    expect(before.find(({ word }) => word === 'tissue')!.cosine).toBeCloseTo(0.8, 12);
    expect(before.find(({ word }) => word === 'college')!.cosine).toBeCloseTo(0.3, 12);
    const edited = withEdits(vector, { 7: vector[7] + 2 });
    wordSimilarities(edited, neighbours).forEach((likeness, i) => {
      expect(likeness.dot - before[i].dot).toBeCloseTo(2 * neighbours[i].vector[7], 12);
      const { dot, distance } = likeness;
      expect(distance ** 2).toBeCloseTo(
        statisticsOf(edited).norm ** 2 + statisticsOf(neighbours[i].vector).norm ** 2 - 2 * dot,
        10,
      );
    });
    expect(edited.map((value, i) => value - vector[i]).filter(Boolean)).toEqual([
      edited[7] - vector[7],
    ]);
    expect(withEdits(vector, {})).toBe(vector);
    expect(() => withEdits(vector, { 100: 1 })).toThrow(/index is 100/);
    expect(() => withEdits(vector, { 0: Infinity })).toThrow(/value is Infinity/);
  });
});
