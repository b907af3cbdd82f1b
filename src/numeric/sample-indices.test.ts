import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleIndices } from './random';

fc.configureGlobal({ seed: 103 });

it('gives that many distinct whole numbers below the limit, ascending', () => {
  const limits = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 2 ** 40 }));
  fc.assert(
    fc.property(fc.nat(50), limits, fc.nat(0xffffffff), (count, limit, seed) => {
      const sample = sampleIndices(count, limit, seed);
      expect(sample).toHaveLength(Math.min(count, limit));
      sample.forEach((index, i) => {
        expect(Number.isInteger(index) && index < limit).toBe(true);
        expect(index).toBeGreaterThan(i > 0 ? sample[i - 1] : -1);
      });
    }),
  );
});

it('gives everything when as much or more is asked for', () => {
  expect(sampleIndices(5, 5, 1)).toEqual([0, 1, 2, 3, 4]);
  expect(sampleIndices(9, 3, 1)).toEqual([0, 1, 2]);
});

it('is the same for the same seed alone', () => {
  expect(sampleIndices(10, 1e6, 4)).toEqual(sampleIndices(10, 1e6, 4));
  expect(sampleIndices(10, 1e6, 4)).not.toEqual(sampleIndices(10, 1e6, 5));
});

it('chooses every index equally often', () => {
  const [count, limit, draws] = [6, 20, 20_000];
  const chosen = new Float64Array(limit);
  for (let seed = 0; seed < draws; seed++) {
    for (const index of sampleIndices(count, limit, seed)) chosen[index]++;
  }
  // Each is chosen with probability 0.3: a binomial count with this deviation.
  const expected = (draws * count) / limit;
  const deviation = Math.sqrt(expected * (1 - count / limit));
  for (const times of chosen) expect(Math.abs(times - expected)).toBeLessThan(4.5 * deviation);
});

it('chooses every pair equally often', () => {
  const [limit, draws] = [6, 15_000];
  const pairs = new Map<string, number>();
  for (let seed = 0; seed < draws; seed++) {
    const pair = sampleIndices(2, limit, seed).join();
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  expect(pairs.size).toBe(15);
  const deviation = Math.sqrt(1000 * (14 / 15));
  for (const times of pairs.values()) expect(Math.abs(times - 1000)).toBeLessThan(4.5 * deviation);
});

it('reaches every part of a range beyond 2³²', () => {
  const sample = sampleIndices(400, 2 ** 45, 8);
  const isHalf = (part: number[]) => expect(Math.abs(part.length - 200)).toBeLessThan(45);
  isHalf(sample.filter((index) => index < 2 ** 44));
  // Thirty-two random bits alone would reach only one narrow band in each 2¹³ indices.
  isHalf(sample.filter((index) => index % 2 ** 13 < 2 ** 12));
});
