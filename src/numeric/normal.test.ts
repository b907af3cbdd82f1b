import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalQuantile, portableLog } from './random';

fc.configureGlobal({ seed: 102 });

/** Quantiles of the doubles themselves, computed with 40 digits and rounded. */
const KNOWN: readonly [number, number][] = [
  [0.5, 0],
  [0.50000001, 2.5066282872262043e-8],
  [0.75, 0.6744897501960817],
  [0.9, 1.2815515655446006],
  // The three branches meet at 0.925 (and 0.075), and where √−log p is 5.
  [0.925, 1.4395314709384561],
  [0.92500001, 1.439531541582168],
  [0.075, -1.439531470938456],
  [0.0749999, -1.4395321773759007],
  [1.3887943864964e-11, -6.657904643501104],
  [1.388794386496e-11, -6.657904643501146],
  [0.975, 1.9599639845400538],
  [0.999, 3.090232306167813],
  [1e-3, -3.0902323061678136],
  [1e-5, -4.264890793922825],
  [1e-10, -6.361340902404057],
  [1e-20, -9.262340089798407],
  [1e-100, -21.273453560965326],
  [1e-300, -37.0470962993612],
  [2 ** -33, -6.3379577545537895],
];

it.each(KNOWN)('the normal quantile of %d is %d', (probability, quantile) => {
  const got = normalQuantile(probability);
  expect(Math.abs(got - quantile)).toBeLessThanOrEqual(2e-15 * Math.abs(quantile));
});

it('the normal quantile is odd about one half, to the last bit', () => {
  fc.assert(
    // Multiples of 2⁻³³, so that 1 − p is exact.
    fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (steps) => {
      const probability = steps * 2 ** -33;
      expect(normalQuantile(1 - probability) + normalQuantile(probability)).toBe(0);
    }),
  );
});

it('the normal quantile never falls', () => {
  const one = fc.integer({ min: 1, max: 2 ** 32 });
  fc.assert(
    fc.property(one, one, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((steps) => steps * 2 ** -32 * 0.999);
      expect(normalQuantile(low)).toBeLessThanOrEqual(normalQuantile(high));
    }),
  );
});

it('the portable logarithm agrees with the engine’s to a few last places', () => {
  const positive = fc.double({ min: 2 ** -1022, max: Number.MAX_VALUE, noNaN: true });
  const nearOne = fc.double({ min: 0.5, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(positive, nearOne), (x) => {
      const exact = Math.log(x);
      expect(Math.abs(portableLog(x) - exact)).toBeLessThanOrEqual(4 * 2 ** -53 * Math.abs(exact));
    }),
    { numRuns: 2000 },
  );
});

it('the portable logarithm is exact at one and right on both sides of it', () => {
  expect(portableLog(1)).toBe(0);
  for (const step of [2 ** -52, 2 ** -40, 2 ** -20]) {
    expect(portableLog(1 + step) / Math.log1p(step)).toBeCloseTo(1, 14);
    expect(portableLog(1 - step) / Math.log1p(-step)).toBeCloseTo(1, 14);
  }
});
