import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  maskKinds,
  maskedShapes,
  masksFor,
  shapes,
  scoreChanges,
} from '../../../tests/support/arbitraries';
import { shapeOf } from '../../../tests/support/problems';
import { HIDDEN, MIXED, VISIBLE, asJavaScript } from '../../../tests/support/wgsl-as-javascript';
import { createProblem } from '../problem';
import { isVisible } from './combine';
import { composeModifiers } from './compose';
import type { Mask } from './modifier';
import { softcap } from './softcap';

fc.configureGlobal({ seed: 208 });

const SHAPE = shapeOf({ batch: 3, heads: 2, queryLength: 46, keyLength: 40 });
const kinds = Object.entries(maskKinds(SHAPE));
const run = (mask: Mask) => asJavaScript(composeModifiers(mask));

/** A tile by its first query, last query, first key and last key; some are a single pair. */
const extent = (length: number) =>
  fc
    .tuple(fc.nat(length - 1), fc.nat(12))
    .map(([first, more]) => [first, Math.min(first + more, length - 1)] as const);
const tiles = fc.record({
  batch: fc.nat(SHAPE.batch - 1),
  head: fc.nat(SHAPE.heads - 1),
  queries: extent(SHAPE.queryLength),
  keys: extent(SHAPE.keyLength),
});
type Tile = typeof tiles extends fc.Arbitrary<infer T> ? T : never;

/** What a tile is, by asking for each of its pairs. */
function stateByCounting(mask: Mask, { batch, head, queries, keys }: Tile): number {
  let shown = 0;
  let hidden = 0;
  for (let i = queries[0]; i <= queries[1]; i++) {
    for (let j = keys[0]; j <= keys[1]; j++) {
      if (isVisible(mask, batch, head, i, j)) shown++;
      else hidden++;
    }
  }
  if (shown === 0) return HIDDEN;
  return hidden === 0 ? VISIBLE : MIXED;
}

const stateOf = (mask: Mask, { batch, head, queries, keys }: Tile) =>
  run(mask).tile_state(batch, head, ...queries, ...keys);

describe('a mask’s WGSL shows the keys that its TypeScript shows', () => {
  it.each(kinds)('%s', (_kind, masks) => {
    fc.assert(
      fc.property(masks, tiles, ({ mask }, { batch, head, queries: [query] }) => {
        const { visible } = run(mask);
        for (let key = 0; key < SHAPE.keyLength; key++) {
          const expected = isVisible(mask, batch, head, query, key);
          if (visible(batch, head, query, key) !== expected) expect.fail(`key ${key}: ${expected}`);
        }
      }),
    );
  });

  it('masks of masks, on every shape, as they were meant', () => {
    fc.assert(
      fc.property(maskedShapes, fc.nat(), fc.nat(), ({ shape, mask, visible }, batch, head) => {
        const place = [batch % shape.batch, head % shape.heads] as const;
        const twin = run(mask);
        for (let i = 0; i < shape.queryLength; i++) {
          for (let j = 0; j < shape.keyLength; j++) {
            if (twin.visible(...place, i, j) !== visible(...place, i, j)) expect.fail(`${i}, ${j}`);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a tile’s state is hidden or visible only where all of it is', () => {
  it.each([...kinds, ['masks of masks', masksFor(SHAPE)] as const])('%s', (_kind, masks) => {
    fc.assert(
      fc.property(masks, tiles, ({ mask }, tile) => {
        const state = stateOf(mask, tile);
        expect([HIDDEN, MIXED, VISIBLE]).toContain(state);
        if (state !== MIXED) expect(state).toBe(stateByCounting(mask, tile));
      }),
      { numRuns: 300 },
    );
  });
});

describe('every tile that is wholly hidden or visible is found', () => {
  it.each(['causal', 'window', 'key lengths'])('%s', (kind) => {
    const found = [0, 0, 0];
    fc.assert(
      fc.property(maskKinds(SHAPE)[kind], tiles, ({ mask }, tile) => {
        // Windows of less than nothing hide everything, and no one asks for speed there.
        if (mask.kind === 'mask' && kind === 'window' && isEmpty(mask.integers!)) return;
        const state = stateOf(mask, tile);
        found[state]++;
        expect(state).toBe(stateByCounting(mask, tile));
      }),
      { numRuns: 300 },
    );
    for (const count of found) expect(count).toBeGreaterThan(20);
  });

  const isEmpty = ([left, right]: readonly number[]) => -left > right;
});

describe('scores', () => {
  // Numbers are uploaded as float32.
  const caps = fc.double({ min: 0.1, max: 100, noNaN: true }).map(Math.fround);
  const scores = fc.double({ min: -1e4, max: 1e4, noNaN: true });

  it('softcap’s WGSL changes them as its TypeScript does', () => {
    fc.assert(
      fc.property(scores, caps, (score, cap) => {
        const modifier = softcap(cap);
        const { modify_score } = asJavaScript(composeModifiers(undefined, [modifier]));
        const got = modify_score(score, 0, 0, 0, 0);
        // Clamping at 10 costs 1 − tanh 10, far below float32’s last place.
        const error = Math.abs(got - modifier.score(score, 0, 0, 0, 0));
        expect(error).toBeLessThanOrEqual(2 ** -24 * cap);
      }),
    );
  });

  it('soft cap, linear biases and bias tensors change them in their order', () => {
    const problems = shapes.chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        changes: scoreChanges(shape),
        cap: fc.option(caps, { nil: undefined }),
      }),
    );
    fc.assert(
      fc.property(problems, scores, fc.nat(), ({ shape, changes, cap }, score, seed) => {
        const { mask, scoreModifiers, sinks } = createProblem(shape, {
          ...changes.options,
          softcap: cap,
        });
        const { modify_score } = asJavaScript(composeModifiers(mask, scoreModifiers, sinks));
        const [batch, head, query] = [
          seed % shape.batch,
          seed % shape.heads,
          seed % shape.queryLength,
        ];
        for (let key = 0; key < shape.keyLength; key++) {
          const at = [batch, head, query, key] as const;
          // Hidden keys have no score.
          if (!isVisible(mask, ...at)) continue;
          const capped = cap === undefined ? score : cap * Math.tanh(score / cap);
          const want = capped + changes.meaning.bias!(...at);
          const byTypeScript = scoreModifiers.reduce((s, m) => m.score(s, ...at), score);
          expect(Math.abs(byTypeScript - want)).toBeLessThanOrEqual(1e-11);
          const error = Math.abs(modify_score(score, ...at) - want);
          expect(error).toBeLessThanOrEqual(2 ** -24 * (cap ?? 0) + 1e-11);
        }
      }),
      { numRuns: 300 },
    );
  });
});
