import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causal } from '../../../src/attention/modifiers/causal';
import {
  and,
  isSameForAllHeads,
  isVisible,
  or,
  visibleRange,
} from '../../../src/attention/modifiers/combine';
import type { Mask } from '../../../src/attention/modifiers/modifier';
import { slidingWindow } from '../../../src/attention/modifiers/sliding-window';
import { masks } from '../../support/random-problems';

fc.configureGlobal({ seed: 206 });

const place = fc.record({
  batch: fc.nat(2),
  head: fc.nat(3),
  query: fc.nat(15),
  keyLength: fc.integer({ min: 1, max: 20 }),
});

it('a mask of masks shows what its meaning shows', () => {
  fc.assert(
    fc.property(masks, place, ({ mask, visible }, { batch, head, query, keyLength }) => {
      for (let key = 0; key < keyLength; key++) {
        const expected = visible(batch, head, query, key);
        expect(isVisible(mask, batch, head, query, key)).toBe(expected);
      }
    }),
    { numRuns: 300 },
  );
});

it('all of nothing hides nothing, any of nothing hides everything, and no mask hides nothing', () => {
  expect(isVisible(and(), 0, 0, 0, 9)).toBe(true);
  expect(isVisible(or(), 0, 0, 9, 0)).toBe(false);
  expect(isVisible(undefined, 0, 0, 0, 9)).toBe(true);
  expect(visibleRange(undefined, 7, 0, 0, 0)).toEqual({ first: 0, end: 7, exact: true });
});

describe('the visible range', () => {
  it('holds every visible key, stays within the keys, and no hidden one where it is exact', () => {
    fc.assert(
      fc.property(masks, place, ({ mask, visible }, { batch, head, query, keyLength }) => {
        const { first, end, exact } = visibleRange(mask, keyLength, batch, head, query);
        expect(0 <= first && first <= end && end <= keyLength).toBe(true);
        for (let key = 0; key < keyLength; key++) {
          const inside = key >= first && key < end;
          if (visible(batch, head, query, key)) expect(inside).toBe(true);
          else if (inside) expect(exact).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is exact where windows are joined by "and", so that long rows cost no questions', () => {
    const mask = and(causal(), slidingWindow(5, 5), and());
    expect(visibleRange(mask, 100, 0, 0, 50)).toEqual({ first: 45, end: 51, exact: true });
    expect(visibleRange(and(causal(), slidingWindow(0, 9, 40)), 100, 0, 0, 3)).toMatchObject({
      exact: true,
      first: expect.any(Number),
    });
  });
});

describe('heads', () => {
  const own: Mask = {
    kind: 'mask',
    name: 'own',
    wgsl: '',
    parameters: [],
    visible: (_batch, head) => head === 0,
  };

  it('are alike only where every part says so', () => {
    expect(isSameForAllHeads(undefined)).toBe(true);
    expect(isSameForAllHeads(and(causal(), or(slidingWindow(1, 1), causal(3))))).toBe(true);
    expect(isSameForAllHeads(own)).toBe(false);
    expect(isSameForAllHeads(and(causal(), or(causal(), own)))).toBe(false);
  });
});
