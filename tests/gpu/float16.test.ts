import { assert, describe } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import { causal } from '../../src/attention/modifiers/causal';
import { createTensor } from '../../src/attention/tensor';
import type { Gpu } from '../../src/webgpu/device';
import {
  type Extents,
  type Options,
  roundedTo,
  expectMatchesReference,
  randomData,
  shapeOf,
  accepts,
} from '../support/problems';
import { test, thrownBy } from '../support/gpu';

const SHAPES: readonly [string, Extents, Options?][] = [
  ['whole vectors', { heads: 2, queryLength: 70, keyLength: 130, headSize: 64 }],
  ['odd sizes', { queryLength: 37, keyLength: 67, headSize: 7, valueSize: 13 }],
  ['odd number of values', { queryLength: 3, keyLength: 5, headSize: 1 }],
  ['grouped, few queries', { heads: 8, kvHeads: 2, queryLength: 3, keyLength: 700, headSize: 64 }],
  ['causal', { heads: 4, kvHeads: 2, queryLength: 90, headSize: 32 }, { mask: causal() }],
];

/** Values that float16 holds exactly: the reference then computes from the very same inputs. */
function roundedData(extents: Extents, factor = 1) {
  const data = randomData(shapeOf(extents));
  for (const values of Object.values(data) as Float32Array[]) {
    for (let i = 0; i < values.length; i++) values[i] *= factor;
  }
  return roundedTo(data, 'f16');
}

/** Runs where there is shader-f16; elsewhere checks that this is what the error says. */
async function expectRightOrRefused(gpu: Gpu, extents: Extents, options: Options, factor = 1) {
  if (gpu.device.features.has('shader-f16')) {
    const data = roundedData(extents, factor);
    await expectMatchesReference(gpu, extents, { ...options, type: 'f16' }, data);
    return;
  }
  const error = await thrownBy(() => createTensor(gpu, [4], undefined, { type: 'f16' }));
  assert(
    error.message === `type is "f16"; allowed: 'f32', as this device has no shader-f16.`,
    error.message,
  );
}

/** float16 storage with float32 scores and sums. */
describe('float16, or its refusal', () => {
  for (const each of kernels) {
    const kernel = each.name;
    for (const [title, extents, options] of SHAPES) {
      if (!accepts(each, extents, { type: 'f16' })) continue;
      test(`${kernel}: ${title}`, ({ gpu }) =>
        expectRightOrRefused(gpu, extents, { ...options, kernel }));
    }
    // Scores reach a million; float16 ends at 65,504.
    test(`${kernel}: scores that overflow float16`, ({ gpu }) =>
      expectRightOrRefused(gpu, { queryLength: 30, headSize: 64 }, { kernel, scale: 1 }, 200));
  }
});
