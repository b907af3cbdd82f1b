import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from './compare';

fc.configureGlobal({ seed: 105 });

const one = (got: number, want: number, bound: number) => compare([got], [want], [bound]);

describe('elements that are not finite', () => {
  it.each([
    [NaN, NaN, true],
    [Infinity, NaN, true],
    [-Infinity, NaN, true],
    [0, NaN, false],
    [Infinity, Infinity, true],
    [NaN, Infinity, true],
    [-Infinity, Infinity, false],
    [3e38, Infinity, false],
    [-Infinity, -Infinity, true],
    [-3e38, -Infinity, false],
    [NaN, 1, false],
    [Infinity, 1, false],
  ])('got %d for %d: %s', (got, want, passed) => {
    // No bound, however generous, makes the wrong kind right.
    for (const bound of [0, 1, Infinity, NaN]) {
      const result = one(got, want, bound);
      expect(result.passed, `bound ${bound}`).toBe(passed);
      expect(result.maxError).toBe(passed ? 0 : Infinity);
    }
  });

  it('are left out of the relative error', () => {
    const result = compare([3, NaN, Infinity], [4, NaN, Infinity], [1, 1, 1]);
    expect(result.relativeError).toBe(0.25);
  });
});

describe('bounds', () => {
  it('pass at the bound and fail beyond it', () => {
    expect(one(1.5, 1, 0.5)).toMatchObject({ passed: true, errorOverBound: 1, maxError: 0.5 });
    expect(one(1.5, 1, 0.4999)).toMatchObject({ passed: false });
    expect(one(0.5, 1, 0.5)).toMatchObject({ passed: true });
  });

  it('of zero pass equality alone, with either sign of zero', () => {
    expect(one(2, 2, 0)).toMatchObject({ passed: true, errorOverBound: 0 });
    expect(one(-0, 0, 0).passed).toBe(true);
    expect(one(5e-324, 0, 0)).toMatchObject({ passed: false, errorOverBound: Infinity });
  });

  it('that are no bounds pass nothing but equality', () => {
    for (const bound of [NaN, -1]) {
      expect(one(1, 1, bound).passed).toBe(true);
      expect(one(1.1, 1, bound).passed).toBe(false);
    }
  });
});

describe('the worst element', () => {
  it('is the one nearest to its own bound, not the one furthest off', () => {
    const result = compare([10, 0.2, 5], [0, 0, 5], [100, 0.3, 1]);
    expect(result).toMatchObject({ worst: 1, maxError: 10, passed: true, count: 3 });
    expect(result.errorOverBound).toBeCloseTo(2 / 3, 14);
  });

  it('is found wherever it is, and fails the whole alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat(9), (count, place, kind) => {
        const want = Float64Array.from({ length: count }, (_, i) => Math.sin(i));
        const bound = new Float64Array(count).fill(1e-6);
        const got = want.map((value, i) => value + 5e-7 * Math.cos(i));
        expect(compare(got, want, bound).passed).toBe(true);
        const index = place % count;
        got[index] = kind === 0 ? NaN : want[index] + 1e-6 * (1 + kind);
        expect(compare(got, want, bound)).toMatchObject({ passed: false, worst: index });
      }),
    );
  });

  it('is none of none', () => {
    expect(compare([], [], [])).toEqual({
      passed: true,
      maxError: 0,
      errorOverBound: 0,
      relativeError: 0,
      worst: -1,
      count: 0,
    });
    expect(compare([1], [1], [0]).worst).toBe(0);
  });
});

it('measures the relative error in the Frobenius norm', () => {
  // ‖(0, 3, 4)‖ = 5 against ‖(10, 0, 0)‖ = 10.
  expect(compare([10, 3, 4], [10, 0, 0], [9, 9, 9]).relativeError).toBe(0.5);
  expect(compare([1e-9], [0], [1]).relativeError).toBe(Infinity);
});

it.each([
  [[1], [1, 2], [1, 2]],
  [[1, 2], [1], [1, 2]],
  [[1, 2], [1, 2], [1]],
])('refuses lengths that differ: %j %j %j', (got, want, bound) => {
  expect(() => compare(got, want, bound)).toThrow(
    `got ${got.length}, want ${want.length}, bound ${bound.length}`,
  );
});
