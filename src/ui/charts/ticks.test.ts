import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexTicks, logTicks, roundTicks } from './ticks';

const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

describe('roundTicks', () => {
  it('gives round numbers, the ends included', () => {
    expect(roundTicks(0, 1, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(roundTicks(0, 1, 5)).toEqual([0, 0.5, 1]);
    expect(roundTicks(-3, 3, 7)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    expect(roundTicks(0.1, 0.3, 3)).toEqual([0.1, 0.2, 0.3]);
    expect(roundTicks(5, 5, 4)).toEqual([5]);
  });

  it('gives none where there is no room or no range', () => {
    expect(roundTicks(0, 1, 0)).toEqual([]);
    expect(roundTicks(1, 0, 5)).toEqual([]);
    expect(roundTicks(0, Infinity, 5)).toEqual([]);
    expect(roundTicks(NaN, 1, 5)).toEqual([]);
  });

  it('never gives more than there is room for, nor any outside', () => {
    fc.assert(
      fc.property(finite, finite, fc.integer({ min: 1, max: 40 }), (a, b, max) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        const found = roundTicks(first, last, max);
        expect(found.length).toBeLessThanOrEqual(max);
        for (const tick of found) {
          expect(tick).toBeGreaterThanOrEqual(first);
          expect(tick).toBeLessThanOrEqual(last);
        }
      }),
      { seed: 3 },
    );
  });
});

describe('indexTicks', () => {
  it('gives each index where there is room, else whole steps', () => {
    expect(indexTicks(0, 4, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(indexTicks(0.5, 3.5, 9)).toEqual([1, 2, 3]);
    expect(indexTicks(0, 99, 5)).toEqual([0, 20, 40, 60, 80]);
    expect(indexTicks(0, 4, 3)).toEqual([0, 2, 4]);
    expect(indexTicks(0, -1, 3)).toEqual([]);
  });

  it.each([
    [10, 20, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [64, 8, [0, 10, 20, 30, 40, 50, 60]],
    [65536, 4, [0, 20000, 40000, 60000]],
  ])('%i indices have at most %i ticks', (count, max, expected) => {
    expect(indexTicks(0, count - 1, max)).toEqual(expected);
  });

  it('gives whole numbers alone, at most as many as there is room for', () => {
    const index = fc.integer({ min: 0, max: 1e6 });
    fc.assert(
      fc.property(index, index, fc.integer({ min: 1, max: 40 }), (a, b, max) => {
        const found = indexTicks(Math.min(a, b), Math.max(a, b), max);
        expect(found.length).toBeLessThanOrEqual(max);
        expect(found.every(Number.isInteger)).toBe(true);
      }),
      { seed: 3 },
    );
  });
});

describe('logTicks', () => {
  it('gives powers of ten, thinned from the largest down', () => {
    expect(logTicks(0.001, 1, 9)).toEqual([0.001, 0.01, 0.1, 1]);
    expect(logTicks(0.001, 1, 2)).toEqual([0.01, 1]);
    expect(logTicks(2, 9, 4)).toEqual([]);
  });
});

describe('ticks of heat maps', () => {
  it('are round numbers', () => {
    expect(roundTicks(-0.3, 0.3, 4)).toEqual([-0.2, 0, 0.2]);
    expect(roundTicks(0, 7.3e-5, 4)).toEqual([0, 2e-5, 4e-5, 6e-5]);
    expect(roundTicks(2, 2, 5)).toEqual([2]);
  });

  it('are whole for indices', () => {
    expect(indexTicks(10.4, 12.6, 8)).toEqual([11, 12]);
    expect(indexTicks(0, 65535, 7)).toEqual([0, 10000, 20000, 30000, 40000, 50000, 60000]);
  });

  it('are powers of ten on a logarithmic scale', () => {
    expect(logTicks(2e-5, 0.9, 6)).toEqual([1e-4, 1e-3, 1e-2, 1e-1]);
    expect(logTicks(1e-6, 1, 4)).toEqual([1e-6, 1e-4, 1e-2, 1]);
  });
});
