import { describe } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import { VALUE_CHECKS } from '../checks/values';
import { test } from '../support/gpu';

describe('values', () => {
  for (const { name } of kernels) {
    for (const { title, run } of VALUE_CHECKS) {
      test(`${name}: ${title}`, ({ gpu }) => run(gpu, name));
    }
  }
});
