import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causal } from '../../../src/attention/modifiers/causal';
import type { MaskModifier } from '../../../src/attention/modifiers/modifier';
import { UNBOUNDED, slidingWindow } from '../../../src/attention/modifiers/sliding-window';
import { softcap } from '../../../src/attention/modifiers/softcap';

fc.configureGlobal({ seed: 205 });

/** Rows of a mask as people draw them: x where the query of that line sees the key of that column. */
const drawing = (mask: MaskModifier, queries: number, keys: number) =>
  Array.from({ length: queries }, (_, i) =>
    Array.from({ length: keys }, (_, j) => (mask.visible(0, 0, i, j) ? 'x' : '.')).join(''),
  );

it.each([
  ['causal', causal(), ['x...', 'xx..', 'xxx.']],
  ['causal, bottom right', causal(1), ['xx..', 'xxx.', 'xxxx']],
  ['causal, first rows empty', causal(-2), ['....', '....', 'x...']],
  ['window', slidingWindow(1, 0), ['x...', 'xx..', '.xx.']],
  ['window to the right', slidingWindow(0, 2), ['xxx.', '.xxx', '..xx']],
  ['window with an offset', slidingWindow(1, 0, 1), ['xx..', '.xx.', '..xx']],
  ['window without a left bound', slidingWindow(UNBOUNDED, 0), ['x...', 'xx..', 'xxx.']],
  ['window of less than nothing', slidingWindow(-1, 0), ['....', '....', '....']],
])('%s sees what it should', (_name, mask, rows) => expect(drawing(mask, 3, 4)).toEqual(rows));

describe('a range', () => {
  const offsets = fc.integer({ min: -(2 ** 24), max: 2 ** 24 });
  const nearby = fc.integer({ min: -30, max: 30 });
  const widths = fc.oneof(nearby, offsets, fc.constant(UNBOUNDED));
  const modifiers = fc.oneof(
    fc.oneof(nearby, offsets).map((offset) => causal(offset)),
    fc.tuple(widths, widths, fc.oneof(nearby, offsets)).map((sizes) => slidingWindow(...sizes)),
  );

  it('is exactly the keys that are visible', () => {
    fc.assert(
      fc.property(modifiers, fc.nat(40), (modifier, query) => {
        const [first, end] = modifier.range!(0, 0, query);
        const atEdges = [first - 1, first, end - 1, end].filter((key) => key >= 0 && key < 2 ** 25);
        for (const key of [...atEdges, ...Array.from({ length: 50 }, (_, i) => i)]) {
          expect(modifier.visible(0, 0, query, key), `key ${key}`).toBe(key >= first && key < end);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('softcap', () => {
  it('keeps scores within the cap, in order, and small ones as they are', () => {
    const score = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const cap = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(score, score, cap, (a, b, limit) => {
        const modifier = softcap(limit);
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((x) =>
          modifier.score(x, 0, 0, 0, 0),
        );
        expect(Math.max(Math.abs(low), Math.abs(high))).toBeLessThanOrEqual(limit);
        expect(low).toBeLessThanOrEqual(high);
        // Its slope is said to stretch no difference.
        const stretch = modifier.slope * Math.abs(b - a) * (1 + 1e-9) + 1e-9;
        expect(high - low).toBeLessThanOrEqual(stretch);
      }),
    );
    expect(softcap(50).score(0.1, 0, 0, 0, 0)).toBeCloseTo(0.1, 6);
    expect(softcap(50).score(25, 0, 0, 0, 0)).toBeCloseTo(50 * 0.4621171572600098, 12);
  });
});
