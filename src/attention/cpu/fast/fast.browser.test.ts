import { describe, expect, it } from 'vitest';
import { MASKS, SHAPES } from '../../../../tests/checks/shapes';
import { VALUE_CHECKS } from '../../../../tests/checks/values';
import {
  compareToReference,
  expectMatchesReference,
  FAST_CPU,
  randomData,
  shapeOf,
} from '../../../../tests/support/problems';
import type { Gpu } from '../../../webgpu/device';
import { causal } from '../../modifiers/causal';
import { createProblem } from '../../problem';
import { compileFast } from './module';
import { FastPool } from './pool';

const noGpu = { device: { features: new Set<string>() } } as unknown as Gpu;

/** Chrome has relaxed SIMD, which Node 20 has not: this is where that build is checked. */
describe('the fast CPU path in Chrome', () => {
  it('is the build that fuses products and sums', async () => {
    expect((await compileFast(true)).relaxed).toBe(true);
    expect((await compileFast(false)).relaxed).toBe(true);
  });

  it.for([...SHAPES, ...MASKS])('meets the check of %s', async ([, extents, options]) => {
    await expectMatchesReference(noGpu, extents, { ...options, kernel: FAST_CPU });
  });

  it.for(VALUE_CHECKS)('meets the check of $title', ({ run }) => run(noGpu, FAST_CPU));

  it('shares its work between threads, and stops them when told', async () => {
    const shape = shapeOf({ heads: 4, kvHeads: 2, queryLength: 500, headSize: 64 });
    const data = randomData(shape);
    const options = { mask: causal() };
    const pool = new FastPool({ threads: 3 });
    await pool.load(createProblem(shape, options), data);
    const controller = new AbortController();
    const stopped = pool.run({ signal: controller.signal }).catch((error: Error) => error.name);
    controller.abort();
    expect(await stopped).toBe('AbortError');
    await pool.run();
    const { output, logSumExp } = compareToReference(shape, data, await pool.read(), options);
    pool.destroy();
    expect(pool.threads).toBe(3);
    expect(output.passed).toBe(true);
    expect(logSumExp.passed).toBe(true);
  });
});
