import { expect, it } from 'vitest';
import { shapeOf } from '../../../tests/support/problems';
import { HIDDEN, MIXED, VISIBLE, asJavaScript } from '../../../tests/support/wgsl-as-javascript';
import { createProblem } from '../problem';
import { causal } from './causal';
import { and, isVisible, or } from './combine';
import { prefixLm, windowWithSinks } from './recipes';
import { composeModifiers } from './compose';
import { documents } from './documents';
import { keyLengths } from './key-lengths';
import type { Mask } from './modifier';
import { packedSequences, rowRanges } from './row-ranges';
import { slidingWindow } from './sliding-window';
import { tensorBias, tensorMask } from './tensor-mask';

const LENGTH = 256;
const QUERIES = 32;
const KEYS = 64;
const TILES = (LENGTH / QUERIES) * (LENGTH / KEYS);
const numbers = (length: number, value: (i: number) => number) =>
  Array.from({ length }, (_, i) => value(i));

/** How many tiles of a whole problem are hidden, mixed and visible: by counting pairs, and as told. */
function tileCounts(mask: Mask, batch: number) {
  const { tile_state } = asJavaScript(composeModifiers(mask));
  const counted = [0, 0, 0];
  const told = [0, 0, 0];
  for (let i = 0; i < LENGTH; i += QUERIES) {
    for (let j = 0; j < LENGTH; j += KEYS) {
      let shown = 0;
      for (let pair = 0; pair < QUERIES * KEYS; pair++) {
        if (isVisible(mask, batch, 0, i + Math.floor(pair / KEYS), j + (pair % KEYS))) shown++;
      }
      counted[shown === 0 ? HIDDEN : shown === QUERIES * KEYS ? VISIBLE : MIXED]++;
      told[tile_state(batch, 0, i, i + QUERIES - 1, j, j + KEYS - 1)]++;
    }
  }
  return { counted, told };
}

/** Checked against the shape, as a problem's masks are. */
function checked(mask: Mask): Mask {
  createProblem(shapeOf({ batch: 2, queryLength: LENGTH }), { mask });
  return mask;
}

it.each<[string, Mask]>([
  ['causal', causal()],
  ['causal, an offset a batch element', causal([99, -64])],
  ['window', slidingWindow(80, 80)],
  ['window, an offset a batch element', slidingWindow(200, 0, [0, 128])],
  ['key lengths', keyLengths([256, 64])],
  ['one key length', keyLengths(192)],
  [
    'row ranges',
    rowRanges(
      numbers(LENGTH, () => 64),
      numbers(LENGTH, () => 128),
    ),
  ],
  ['packed', packedSequences([0, 64, 128, 256])],
  ['packed, causal', packedSequences([0, 128, 256], [0, 128, 256], 'top-left')],
  ['documents', documents(numbers(LENGTH, (i) => Math.floor(i / 64)))],
  ['prefix', prefixLm([1, 128])],
  ['window with sink tokens', windowWithSinks(128, 4)],
  ['causal and window', and(causal(), slidingWindow(96, 96))],
  ['causal or prefix', or(causal(-128), keyLengths(64))],
])('%s: every tile to skip or to leave whole is found', (_name, mask) => {
  const { counted, told } = tileCounts(checked(mask), 1);
  expect(told).toEqual(counted);
  expect(told[HIDDEN]).toBeGreaterThan(5);
  expect(told[VISIBLE]).toBeGreaterThan(2);
});

it('documents in any order are told nothing of', () => {
  const mask = checked(documents(numbers(LENGTH, (i) => (i + 1) % 4)));
  expect(tileCounts(mask, 0).told).toEqual([0, TILES, 0]);
});

it.each([
  [
    'boolean tensor',
    tensorMask(
      [LENGTH, 100],
      numbers(LENGTH * 100, () => 1),
    ),
  ],
  ['bias', tensorBias([LENGTH, 100], new Float32Array(LENGTH * 100)).mask],
])('tiles past a short %s are skipped', (_name, mask) => {
  expect(tileCounts(checked(mask), 0).told).toEqual([TILES / 2, TILES / 2, 0]);
});

it('a single column speaks for keys of all tiles', () => {
  const column = tensorMask(
    [LENGTH, 1],
    numbers(LENGTH, () => 1),
  );
  expect(tileCounts(checked(column), 0)).toEqual({ counted: [0, 0, TILES], told: [0, TILES, 0] });
});
