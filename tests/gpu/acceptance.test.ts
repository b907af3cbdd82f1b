import { describe } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import { expectWithinTwicePlainError, SHAPES, VARIANTS } from '../checks/acceptance';
import { test } from '../support/gpu';
import { isDecodeKernel } from '../support/problems';

describe('twice the plain error at most', () => {
  for (const kernel of kernels.filter((one) => !isDecodeKernel(one))) {
    for (const shape of SHAPES) {
      const [queryLength, keyLength, headSize] = shape;
      for (const variant of Object.keys(VARIANTS)) {
        test(`${kernel.name}: ${queryLength} × ${keyLength}, ${headSize}, ${variant}`, ({ gpu }) =>
          expectWithinTwicePlainError(gpu, kernel.name, shape, variant));
      }
    }
  }
});
