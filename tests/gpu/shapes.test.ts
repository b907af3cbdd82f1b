import { describe } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import { MASKS, SHAPES } from '../checks/shapes';
import { test } from '../support/gpu';
import { accepts, type Extents, expectMatchesReference, type Options } from '../support/problems';

describe.each<[string, readonly (readonly [string, Extents, Options?])[]]>([
  ['shapes', SHAPES],
  ['masks', MASKS],
])('%s', (_name, list) => {
  for (const kernel of kernels) {
    for (const [title, extents, options] of list) {
      if (!accepts(kernel, extents, options)) continue;
      test(`${kernel.name}: ${title}`, async ({ gpu }) => {
        await expectMatchesReference(gpu, extents, { ...options, kernel: kernel.name });
      });
    }
  }
});
