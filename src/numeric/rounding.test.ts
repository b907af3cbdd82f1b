import { describe, expect, it } from 'vitest';
import { roundToFloat16 } from './float16';
import { fillRandom } from './random';
import { accumulatedError, underflowUnit, unitRoundoff } from './rounding';

describe.each([
  ['f32', Math.fround],
  ['f16', roundToFloat16],
] as const)('units of %s', (type, round) => {
  it('are the largest that rounding takes away', () => {
    const unit = unitRoundoff[type];
    expect(round(1 + unit)).toBe(1);
    expect(round(1 + unit * (1 + 2 ** -20))).toBe(1 + 2 * unit);
  });

  it('are the largest that underflow takes away', () => {
    const unit = underflowUnit[type];
    expect(round(unit)).toBe(0);
    expect(round(unit * (1 + 2 ** -20))).toBe(2 * unit);
  });
});

describe('accumulatedError', () => {
  const unit = unitRoundoff.f32;

  it('is about one unit a term at worst, and never less', () => {
    for (const terms of [1, 10, 1000, 100_000]) {
      const share = accumulatedError(terms, unit, 'worst-case') / (terms * unit);
      expect(share).toBeGreaterThanOrEqual(1);
      expect(share).toBeLessThan(1.01);
    }
  });

  it('grows with the root of the terms where errors are independent', () => {
    const [few, many] = [1e4, 1e6].map((terms) => accumulatedError(terms, unit, 'random'));
    expect(many / few).toBeCloseTo(10, 2);
    for (const terms of [1, 64, 1e6]) {
      const worst = accumulatedError(terms, unit, 'worst-case');
      expect(accumulatedError(terms, unit, 'random')).toBeLessThanOrEqual(worst);
    }
  });

  it('says "no bound" rather than a negative one when terms are too many', () => {
    expect(accumulatedError(2 ** 25, unit, 'worst-case')).toBeGreaterThan(1);
    expect(accumulatedError(2 ** 11, unitRoundoff.f16, 'worst-case')).toBeGreaterThan(1);
  });

  it.each(['random', 'worst-case'] as const)('holds for real float32 sums (%s)', (model) => {
    for (let seed = 0; seed < 200; seed++) {
      const values = fillRandom(new Float32Array(500), { seed });
      let rounded = 0;
      let exact = 0;
      let size = 0;
      for (const value of values) {
        rounded = Math.fround(rounded + value);
        exact += value;
        size += Math.abs(value);
      }
      expect(Math.abs(rounded - exact)).toBeLessThan(accumulatedError(500, unit, model) * size);
    }
  });
});
