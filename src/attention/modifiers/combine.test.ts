import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskKinds, maskedShapes, masksFor } from '../../../tests/support/arbitraries';
import { shapeOf } from '../../../tests/support/problems';
import { createProblem } from '../problem';
import { causal } from './causal';
import { and, isSameForAllHeads, isVisible, or, visibleRange } from './combine';
import type { Mask } from './modifier';
import { slidingWindow } from './sliding-window';

fc.configureGlobal({ seed: 206 });

const SHAPE = shapeOf({ batch: 3, heads: 4, queryLength: 16, keyLength: 19 });
const place = fc.record({
  batch: fc.nat(SHAPE.batch - 1),
  head: fc.nat(SHAPE.heads - 1),
  query: fc.nat(SHAPE.queryLength - 1),
});
const kinds = [
  ...Object.entries(maskKinds(SHAPE)),
  ['masks of masks', masksFor(SHAPE)] as const,
] as const;

it.each(kinds)('a mask shows what its meaning shows: %s', (_kind, masks) => {
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(masks, place, ({ mask, visible }, { batch, head, query }) => {
      for (let key = 0; key < SHAPE.keyLength; key++) {
        const expected = visible(batch, head, query, key);
        seen[`${expected}`]++;
        if (isVisible(mask, batch, head, query, key) !== expected) expect.fail(`key ${key}`);
      }
    }),
  );
  // Neither a mask that hides all nor one that shows all would tell much.
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(200);
});

it('every mask goes with the shape that it was made for', () => {
  fc.assert(fc.property(maskedShapes, ({ shape, mask }) => void createProblem(shape, { mask })));
});

it('all of nothing hides nothing, any of nothing hides everything, and no mask hides nothing', () => {
  expect(isVisible(and(), 0, 0, 0, 9)).toBe(true);
  expect(isVisible(or(), 0, 0, 9, 0)).toBe(false);
  expect(isVisible(undefined, 0, 0, 0, 9)).toBe(true);
  expect(visibleRange(undefined, 7, 0, 0, 0)).toEqual({ first: 0, end: 7, exact: true });
});

describe('the visible range', () => {
  const { keyLength } = SHAPE;

  it.each(kinds)('holds what is visible, and nothing hidden if it is exact: %s', (_kind, masks) => {
    fc.assert(
      fc.property(masks, place, ({ mask, visible }, { batch, head, query }) => {
        const { first, end, exact } = visibleRange(mask, keyLength, batch, head, query);
        expect(0 <= first && first <= end && end <= keyLength).toBe(true);
        for (let key = 0; key < keyLength; key++) {
          const inside = key >= first && key < end;
          const shown = visible(batch, head, query, key);
          if (shown ? !inside : inside && exact) expect.fail(`key ${key}: ${shown}`);
        }
        // Where there is a range, no key need be asked.
        if (mask.kind === 'mask' && mask.range) expect(exact).toBe(true);
      }),
      { numRuns: 200 },
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
    visible: (_batch, head) => head === 0,
  };

  it('are alike only where every part says so', () => {
    expect(isSameForAllHeads(undefined)).toBe(true);
    expect(isSameForAllHeads(and(causal(), or(slidingWindow(1, 1), causal(3))))).toBe(true);
    expect(isSameForAllHeads(own)).toBe(false);
    expect(isSameForAllHeads(and(causal(), or(causal(), own)))).toBe(false);
  });

  it.each(kinds)('that are said to be alike are: %s', (_kind, masks) => {
    fc.assert(
      fc.property(masks, place, ({ mask, visible }, { batch, head, query }) => {
        if (!isSameForAllHeads(mask)) return;
        for (let key = 0; key < SHAPE.keyLength; key++) {
          const alike = visible(batch, head, query, key) === visible(0, 0, query, key);
          if (!alike) expect.fail(`key ${key}`);
        }
      }),
    );
  });
});
