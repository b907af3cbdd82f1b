import { assert, describe } from 'vitest';
import { scoreMap } from '../../src/attention/score-map';
import { createTensor } from '../../src/attention/tensor';
import { unitRoundoff } from '../../src/numeric/rounding';
import { Cleanup } from '../../src/webgpu/buffers';
import type { Gpu } from '../../src/webgpu/device';
import { test } from '../support/gpu';

const CAPS = [1e-3, 0.5, 1, 50, 1e3, 1e6];
/** A division, tanh to 13 roundings, a product, and the cap as float32; see error-bound.ts. */
const ROUNDINGS = 5 + 13 + 1 + 2;
const COUNT = 4096;

/** Scores from a millionth of the cap to a hundred times it, and closely around where the formula changes. */
function scoresAround(cap: number): Float32Array {
  return Float32Array.from({ length: COUNT }, (_, i) => {
    const sign = i % 2 ? -1 : 1;
    const share = i / (COUNT - 1);
    const size = i < COUNT / 2 ? 10 ** (16 * share - 6) : 0.5 + 0.5 * (share - 0.5);
    return sign * cap * size;
  });
}

/** Caps scores that are products of one number and 1: exact. */
async function expectAccurate(gpu: Gpu, cap: number) {
  const owned = new Cleanup();
  const scores = scoresAround(cap);
  try {
    const query = owned.add(await createTensor(gpu, [1, 1, 1, 1], Float32Array.of(1)));
    const key = owned.add(await createTensor(gpu, [1, 1, COUNT, 1], scores));
    const inputs = { query, key, value: key, scale: 1, softcap: cap, stage: 'capped' } as const;
    const got = await owned.add(await scoreMap(gpu, inputs)).read();
    scores.forEach((score, i) => {
      const want = cap * Math.tanh(score / cap);
      const error = Math.abs(got[i] - want) / Math.abs(want);
      assert(
        error <= ROUNDINGS * unitRoundoff.f32,
        `${score} is capped to ${got[i]}, not ${want}: off by ${error / unitRoundoff.f32} roundings`,
      );
    });
  } finally {
    owned.destroy();
  }
}

/** The soft cap against float64, relative to its result, however small. */
describe('soft caps', () => {
  test.for(CAPS)('of %d', (cap, { gpu }) => expectAccurate(gpu, cap));
});
