import { assert, describe } from 'vitest';
import { findKernel } from '../../src/attention/kernels/index';
import type { Kernel } from '../../src/attention/kernels/kernel';
import { type Shape, elementCounts } from '../../src/attention/layout';
import { causal } from '../../src/attention/modifiers/causal';
import { type Problem, createProblem } from '../../src/attention/problem';
import { createTensor } from '../../src/attention/tensor';
import { Cleanup } from '../../src/webgpu/buffers';
import type { Gpu } from '../../src/webgpu/device';
import { runInPieces } from '../../src/webgpu/submission';
import {
  type HostData,
  compareToReference,
  randomData,
  shapeOf,
  withDefaultType,
} from '../support/problems';
import { LONG_KEYS, withArchitecture } from '../support/mutation';
import { test } from '../support/gpu';

const FEW = shapeOf({ heads: 2, kvHeads: 1, queryLength: 3, keyLength: 15_000, headSize: 200 });

/** Kernels that keep what tiles have found while other tiles have their turn, or other splits. */
const KEEPING: readonly (readonly [string, Shape])[] = [
  ['flash', LONG_KEYS],
  ['flash-wide', LONG_KEYS],
  ['flash-staged', LONG_KEYS],
  ['flash-direct', LONG_KEYS],
  ['flash-matrix', LONG_KEYS],
  ['decode', FEW],
  ['decode-direct', FEW],
];

/** What any call holds besides scratch: uniforms, and modifiers' data. */
const UNIFORM_BYTES = 1024;

/** They carry what `flash` does, and as it does. */
const ALIKE = ['flash-wide', 'flash-staged'];

async function run(gpu: Gpu, kernel: Kernel, problem: Problem, data: HostData) {
  const owned = new Cleanup();
  const make = async (values: Float32Array, type = problem.type) =>
    owned.add(await createTensor(gpu, [values.length], values, { type }));
  try {
    const { shape } = problem;
    const counts = elementCounts(shape);
    const output = await make(new Float32Array(counts.output));
    const logSumExp = await make(new Float32Array(shape.heads * shape.queryLength), 'f32');
    const operands = {
      query: (await make(data.query)).buffer,
      key: (await make(data.key)).buffer,
      value: (await make(data.value)).buffer,
      output: output.buffer,
      logSumExp: logSumExp.buffer,
    };
    const before = gpu.buffers.bytes;
    const execution = owned.add(await kernel.prepare(gpu, problem, operands));
    const held = gpu.buffers.bytes - before - UNIFORM_BYTES;
    const most = kernel.scratchBytes(problem, gpu.device.limits);
    assert(held <= most, `it holds ${held} bytes of scratch, and speaks of ${most}`);
    let submissions = 0;
    // Odd numbers of units: submissions begin and end anywhere.
    const pieces = { ...execution, maxUnits: Math.min(3, execution.maxUnits) };
    await runInPieces(gpu, pieces, { onProgress: () => submissions++ });
    return { output: await output.read(), logSumExp: await logSumExp.read(), submissions };
  } finally {
    owned.destroy();
  }
}

/** Keys met part by part, as on devices where meeting all at once would take too long. */
describe('keys part by part', () => {
  for (const [name, shape] of KEEPING) {
    test(`${name}: the same bits whether keys are met at once or part by part`, async ({ gpu }) => {
      const kernel = findKernel(name)!;
      const data = randomData(shape);
      const options = { kernel: name, mask: causal(shape.keyLength - 2 * shape.queryLength) };
      const problem = createProblem(shape, withDefaultType(options));
      const whole = await run(withArchitecture(gpu, 'hardware'), kernel, problem, data);
      const parts = await run(withArchitecture(gpu, 'software'), kernel, problem, data);
      assert(
        parts.submissions > whole.submissions,
        `${parts.submissions} submissions, ${whole.submissions} with all keys at once`,
      );
      const { output } = compareToReference(shape, data, parts, options);
      assert(output.passed, `off by ${output.errorOverBound} of the bound`);
      const same = (name: 'output' | 'logSumExp') =>
        parts[name].every((value, i) => value === whole[name][i]);
      assert(same('output') && same('logSumExp'), 'results differ with the parts');
    });
  }

  // What is not finite is carried from part to part like anything else, and spoils what sees it alone.
  for (const [name, shape] of KEEPING.filter(([name]) => !ALIKE.includes(name))) {
    test(`${name}: values that are not finite, in parts`, async ({ gpu }) => {
      const data = randomData(shape);
      const { headSize } = shape;
      data.value[20 * headSize + 3] = Infinity;
      data.value[(shape.keyLength - 20) * headSize + 5] = -Infinity;
      data.value[(shape.keyLength >> 1) * headSize + 7] = NaN;
      const options = { kernel: name, mask: causal(shape.keyLength - shape.queryLength) };
      const problem = createProblem(shape, withDefaultType(options));
      const parts = await run(withArchitecture(gpu, 'software'), findKernel(name)!, problem, data);
      const { output } = compareToReference(shape, data, parts, options);
      assert(output.passed, `off by ${output.errorOverBound} of the bound at ${output.worst}`);
      const last = parts.output.slice(-headSize);
      assert(last[3] === Infinity && last[5] === -Infinity, `${last[3]} and ${last[5]}`);
      assert(last.filter(Number.isNaN).length === 1, 'NaN is in other columns too, or in none');
    });
  }
});
