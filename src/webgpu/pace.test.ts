import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from './submission';

fc.configureGlobal({ seed: 301 });

const TARGET_MS = 30;

/** Pieces that a device of this speed would be given. */
function pieces(unitMs: number, count: number): number[] {
  const pace = new Pace();
  return Array.from({ length: count }, () => {
    const units = pace.next(1e9, 1e9);
    pace.learn(units, units * unitMs);
    return units;
  });
}

describe('the pace', () => {
  it('starts small and at most quadruples', () => {
    const seen = pieces(1e-3, 8);
    expect(seen[0]).toBeLessThanOrEqual(8);
    seen.slice(1).forEach((units, i) => expect(units).toBeLessThanOrEqual(4 * seen[i]));
    expect(seen.at(-1)).toBe(TARGET_MS / 1e-3);
  });

  it('settles at submissions of about the target on any device', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 15, noNaN: true }), (unitMs) => {
        const ms = pieces(unitMs, 12).at(-1)! * unitMs;
        expect(ms).toBeLessThanOrEqual(TARGET_MS * (1 + 1e-9));
        expect(ms).toBeGreaterThan(TARGET_MS - unitMs - 1e-9);
      }),
    );
  });

  it('falls at once where the device slows down, but never below one unit', () => {
    const pace = new Pace();
    pace.learn(1000, 1);
    for (let i = 0; i < 5; i++) pace.next(1e6, 1e6);
    expect(pace.next(1e6, 1e6)).toBeGreaterThan(500);
    pace.learn(1000, 300);
    expect(pace.next(1e6, 1e6)).toBe(100);
    pace.learn(1, 5000);
    expect(pace.next(1e6, 1e6)).toBe(1);
  });

  it('takes no more than remains or than one submission holds', () => {
    const bound = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(
        bound,
        bound,
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        (left, most, ms) => {
          const pace = new Pace();
          for (let i = 0; i < 6; i++) {
            const units = pace.next(left, most);
            expect(units).toBeGreaterThanOrEqual(1);
            expect(units).toBeLessThanOrEqual(Math.min(left, most));
            pace.learn(units, ms);
          }
        },
      ),
    );
  });

  it('knows what fits only once it has learnt', () => {
    const pace = new Pace();
    expect(pace.fits(1)).toBe(false);
    pace.learn(10, 10);
    expect(pace.fits(30)).toBe(true);
    expect(pace.fits(31)).toBe(false);
    pace.learn(10, 0);
    expect(pace.fits(1000)).toBe(true);
  });
});
