import { describe, expect, it } from 'vitest';
import { fillRandom } from '../numeric/random';
import { median, medianInterval } from './timing';

describe('the median', () => {
  it.each([
    [[3], 3],
    [[1, 9], 5],
    [[9, 1, 2], 2],
    [[10, 2, 1, 100], 6],
    [[5, 5, 5, 1], 5],
    [[100, 20, 3], 20],
  ])('of %j is %d', (values, expected) => {
    const before = [...values];
    expect(median(values)).toBe(expected);
    expect(values).toEqual(before);
  });
});

describe('the interval of few values', () => {
  it('of none is an error, of one is unknown', () => {
    expect(() => medianInterval([])).toThrow(RangeError);
    expect(medianInterval([4])).toEqual({ median: 4, low: null, high: null, confidence: null });
  });

  // The whole range misses the median only if all n values fall on one side: 2 · 2⁻ⁿ.
  it.each([2, 3, 4, 5, 6, 7])('of %d is their whole range, with what that is worth', (count) => {
    const values = Array.from({ length: count }, (_, i) => count - 1 - i);
    const { low, high, confidence } = medianInterval(values);
    expect([low, high]).toEqual([0, count - 1]);
    expect(confidence).toBeCloseTo(1 - 2 ** (1 - count), 12);
  });

  it('reaches 95 % from six on, and not before', () => {
    const confidence = (count: number) => medianInterval(Array(count).fill(1)).confidence!;
    for (let count = 2; count < 6; count++) expect(confidence(count)).toBeLessThan(0.95);
    for (let count = 6; count < 200; count++) expect(confidence(count)).toBeGreaterThan(0.95);
  });
});

describe('the interval of many values', () => {
  it('is the tightest pair of order statistics with 95 %', () => {
    // Published ranks for the 95 % interval of a median.
    const ranks: [number, number][] = [
      [9, 2],
      [12, 3],
      [15, 4],
      [20, 6],
      [30, 10],
      [50, 18],
      [100, 40],
    ];
    for (const [count, rank] of ranks) {
      const values = Array.from({ length: count }, (_, i) => i + 1);
      const { low, high } = medianInterval(values);
      expect([low, high], `${count} values`).toEqual([rank, count + 1 - rank]);
    }
  });

  it('has its confidence also for thousands of values, where 2⁻ⁿ underflows', () => {
    const values = Array.from({ length: 3000 }, (_, i) => i);
    const { low, high, confidence } = medianInterval(values);
    // About 1.96 · √n / 2 ranks on each side.
    expect((high! - low!) / (1.96 * Math.sqrt(3000))).toBeCloseTo(1, 1);
    expect(confidence).toBeGreaterThanOrEqual(0.95);
    expect(confidence).toBeLessThan(0.96);
  });
});

/** Distributions with their true medians: even, lopsided, and with rare huge values. */
const DISTRIBUTIONS: readonly [string, (uniform: number) => number, number][] = [
  ['uniform', (u) => u, 0.5],
  ['exponential', (u) => -Math.log(u), Math.LN2],
  ['heavy-tailed', (u) => 1 / (1 - u) ** 3, 8],
];

describe.each(DISTRIBUTIONS)('coverage of %s values', (_name, transform, truth) => {
  it.each([2, 5, 6, 9, 16, 30])('is what %d values claim', (count) => {
    const trials = 2000;
    const raw = fillRandom(new Float64Array(trials * count), {
      seed: count,
      distribution: 'uniform',
    });
    let covered = 0;
    let claimed = 0;
    for (let i = 0; i < trials; i++) {
      const values = [...raw.subarray(i * count, (i + 1) * count)].map((x) =>
        transform((x + 1) / 2),
      );
      const { low, high, confidence } = medianInterval(values);
      claimed = confidence!;
      if (low! <= truth && truth <= high!) covered++;
    }
    const deviation = Math.sqrt((claimed * (1 - claimed)) / trials);
    expect(Math.abs(covered / trials - claimed)).toBeLessThan(4.5 * deviation);
  });
});
