import fc from 'fast-check';
import { describe, it } from 'vitest';
import * as acceptance from '../../../../tests/checks/acceptance';
import { SIZES, expectRowsMatchReference } from '../../../../tests/checks/extremes';
import { LAWS, shapesFor } from '../../../../tests/checks/properties';
import { MASKS, SHAPES } from '../../../../tests/checks/shapes';
import { VALUE_CHECKS } from '../../../../tests/checks/values';
import {
  FAST_CPU,
  expectMatchesReference,
  randomData,
  shapeOf,
} from '../../../../tests/support/problems';
import type { Gpu } from '../../../webgpu/device';

/** What the kernels' checks ask of a GPU, when it is the CPU that computes. */
const noGpu = { device: { features: new Set<string>() } } as unknown as Gpu;

describe('the kernels’ checks', () => {
  it.each(SHAPES)('shapes: %s', async (_title, extents, options) => {
    await expectMatchesReference(noGpu, extents, { ...options, kernel: FAST_CPU });
  });

  it.each(MASKS)('masks: %s', async (_title, extents, options) => {
    await expectMatchesReference(noGpu, extents, { ...options, kernel: FAST_CPU });
  });

  for (const { title, run } of VALUE_CHECKS) {
    it(`values: ${title}`, () => run(noGpu, FAST_CPU));
  }

  it.each(SIZES)('extremes: %s', async (_title, extents) => {
    await expectRowsMatchReference(noGpu, shapeOf(extents), { kernel: FAST_CPU });
  });

  it.each(Object.entries(LAWS))('laws: %s', async (_title, holds) => {
    await fc.assert(
      fc.asyncProperty(shapesFor(), fc.nat(1e6), (shape, seed) =>
        holds(noGpu, shape, randomData(shape, seed), FAST_CPU),
      ),
      { numRuns: 20, seed: 320 },
    );
  });

  for (const shape of acceptance.SHAPES) {
    for (const variant of Object.keys(acceptance.VARIANTS)) {
      it(`twice the plain error at most: ${shape}, ${variant}`, () =>
        acceptance.expectWithinTwicePlainError(noGpu, FAST_CPU, shape, variant));
    }
  }
});
