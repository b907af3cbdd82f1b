import { assert, describe } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import { MAP_KERNELS } from '../../src/attention/maps/inputs';
import { causal } from '../../src/attention/modifiers/causal';
import { SCORE_STAGES } from '../../src/attention/score-map';
import { MASKS, SHAPES } from '../checks/shapes';
import { VALUE_CHECKS } from '../checks/values';
import { test } from '../support/gpu';
import { compareHeads, expectAllPassed, marksOf, regionsOf } from '../support/head-maps';
import {
  accepts,
  expectMatchesReference,
  isDecodeKernel,
  randomData,
  shapeOf,
} from '../support/problems';
import { compareMap } from '../support/score-maps';

/** A few cases of every kernel: enough to show within a minute that all of them compute here. */
describe('smoke', () => {
  const FEW_QUERIES = 'few queries, odd sizes';
  const TITLES = ['odd sizes', 'batch, heads and groups', FEW_QUERIES, 'causal'];
  const PROBLEMS = [...SHAPES, ...MASKS].filter(([title]) => TITLES.includes(title));

  for (const kernel of kernels) {
    for (const [title, extents, options] of PROBLEMS) {
      if (!accepts(kernel, extents, options)) continue;
      if (title === FEW_QUERIES && !isDecodeKernel(kernel)) continue;
      test(`${kernel.name}: ${title}`, async ({ gpu }) => {
        await expectMatchesReference(gpu, extents, { ...options, kernel: kernel.name });
      });
    }
    const [{ title, run }] = VALUE_CHECKS;
    test(`${kernel.name}: ${title}`, ({ gpu }) => run(gpu, kernel.name));
  }

  const SHAPE = shapeOf({ heads: 2, kvHeads: 1, queryLength: 70, keyLength: 130, headSize: 20 });

  test.for(SCORE_STAGES)('score map: %s', async (stage, { gpu }) => {
    const result = await compareMap(gpu, SHAPE, { mask: causal(60) }, stage);
    assert(result.passed, `${result.errorOverBound} of the bound at ${result.worst}`);
  });

  test.for(MAP_KERNELS)('maps of one head: %s', async (kernel, { gpu }) => {
    const options = { mask: causal(60), kernel };
    const data = randomData(SHAPE);
    const args = [[[0, 1]], regionsOf(SHAPE), marksOf(SHAPE)] as const;
    expectAllPassed(await compareHeads(gpu, SHAPE, data, options, ...args));
  });
});
