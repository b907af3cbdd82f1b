import { assert, describe } from 'vitest';
import fc from 'fast-check';
import { decodeOver } from '../../src/attention/kernels/decode';
import { kernels } from '../../src/attention/kernels/index';
import type { Shape } from '../../src/attention/layout';
import { createProblem } from '../../src/attention/problem';
import { createTensor } from '../../src/attention/tensor';
import type { Gpu } from '../../src/webgpu/device';
import { runInPieces } from '../../src/webgpu/submission';
import { type HostData, compareToReference, randomData } from '../support/problems';

import { LAWS, shapesFor } from '../checks/properties';
import { test } from '../support/gpu';

const RUNS = 6;

/** Runs decode with keys split as told, where the plan would not. */
async function computeSplit(gpu: Gpu, shape: Shape, data: HostData, workgroups: number) {
  const kernel = decodeOver({ workgroups, minKeys: 1 });
  const rows = shape.batch * shape.heads * shape.queryLength;
  const sizes = [data.query, data.key, data.value, new Float32Array(rows * shape.valueSize)];
  const tensors = await Promise.all(
    [...sizes, new Float32Array(rows)].map((values) => createTensor(gpu, [values.length], values)),
  );
  const [query, key, value, output, logSumExp] = tensors.map(({ buffer }) => buffer);
  const operands = { query, key, value, output, logSumExp };
  const execution = await kernel.prepare(gpu, createProblem(shape), operands);
  await runInPieces(gpu, execution);
  const outcome = { output: await tensors[3].read(), logSumExp: await tensors[4].read() };
  for (const owned of [execution, ...tensors]) owned.destroy();
  return outcome;
}

describe('properties', () => {
  for (const [law, holds] of Object.entries(LAWS)) {
    for (const [i, kernel] of kernels.entries()) {
      test(`${kernel.name}: ${law}`, ({ gpu }) =>
        fc.assert(
          fc.asyncProperty(shapesFor(kernel), fc.nat(1e6), (shape, seed) =>
            holds(gpu, shape, randomData(shape, seed), kernel.name),
          ),
          { numRuns: RUNS, seed: 300 + i },
        ));
    }
  }

  test('decode: however the keys are split, merging them gives the whole', ({ gpu }) =>
    fc.assert(
      fc.asyncProperty(
        shapesFor(kernels.find(({ name }) => name === 'decode')!),
        fc.integer({ min: 1, max: 400 }),
        async (shape, workgroups) => {
          const data = randomData(shape);
          const { output, logSumExp } = compareToReference(
            shape,
            data,
            await computeSplit(gpu, shape, data, workgroups),
          );
          assert(output.passed && logSumExp.passed, `off by ${output.errorOverBound} of the bound`);
        },
      ),
      { numRuns: 3 * RUNS, seed: 310 },
    ));
});
