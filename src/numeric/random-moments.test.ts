import { describe, expect, it } from 'vitest';
import { type RandomOptions, fillRandom } from './random';

const COUNT = 60_000;
/** Standard errors that a moment may be off; the seeds are fixed, so what passes once always passes. */
const SIGMAS = 4.5;

const moment = (values: Float64Array, power: number) =>
  values.reduce((total, value) => total + value ** power, 0) / values.length;

const filled = (options: RandomOptions) => fillRandom(new Float64Array(COUNT), options);

/** E[x^p] of both distributions, exactly: (p − 1)!! and 1 / (p + 1) for even p, 0 for odd. */
const EXACT = {
  normal: (power: number) => (power % 2 ? 0 : doubleFactorial(power - 1)),
  uniform: (power: number) => (power % 2 ? 0 : 1 / (power + 1)),
};

function doubleFactorial(n: number): number {
  return n <= 1 ? 1 : n * doubleFactorial(n - 2);
}

describe.each(['normal', 'uniform'] as const)('%s values', (distribution) => {
  it.each([1, 2, 3, 4, 6])('have the exact moment of order %d', (power) => {
    const exact = EXACT[distribution];
    // The variance of x^p is E[x^2p] − E[x^p]².
    const error = Math.sqrt((exact(2 * power) - exact(power) ** 2) / COUNT);
    for (const seed of [0, 1, 4294967295]) {
      const got = moment(filled({ seed, distribution }), power);
      expect(Math.abs(got - exact(power)), `seed ${seed}`).toBeLessThan(SIGMAS * error);
    }
  });

  it.each([
    ['its neighbour', { seed: 9, start: 1 }],
    ['the next block', { seed: 9, start: 4 }],
    ['the next stream', { seed: 9, stream: 1 }],
    ['the next seed', { seed: 10 }],
  ])('are uncorrelated with %s', (_what, other) => {
    const variance = EXACT[distribution](2);
    const left = filled({ seed: 9, distribution });
    const right = filled({ ...other, distribution });
    const products = left.map((value, i) => (value * right[i]) / variance);
    expect(Math.abs(moment(products, 1))).toBeLessThan(SIGMAS / Math.sqrt(COUNT));
  });
});

it('is even over the bins of its range', () => {
  const bins = new Float64Array(64);
  for (const value of filled({ seed: 2, distribution: 'uniform' }))
    bins[Math.floor(32 + 32 * value)]++;
  const expected = COUNT / bins.length;
  const chiSquared = bins.reduce((total, count) => total + (count - expected) ** 2 / expected, 0);
  // χ² with 63 degrees of freedom has mean 63 and variance 126.
  expect(Math.abs(chiSquared - 63)).toBeLessThan(SIGMAS * Math.sqrt(126));
});
