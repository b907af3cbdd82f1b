import { assert, describe } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import { type Shape, elementCounts } from '../../src/attention/layout';
import { causal } from '../../src/attention/modifiers/causal';
import { createProblem } from '../../src/attention/problem';
import { reference } from '../../src/attention/reference';
import { createTensor } from '../../src/attention/tensor';
import { compare } from '../../src/numeric/compare';
import { roundToFloat16 } from '../../src/numeric/float16';
import type { Gpu } from '../../src/webgpu/device';
import { runInPieces } from '../../src/webgpu/submission';
import {
  type Extents,
  roundedTo,
  randomData,
  shapeOf,
  accepts,
  withDefaultType,
} from '../support/problems';

import { expectRowsMatchReference, SIZES } from '../checks/extremes';
import { test } from '../support/gpu';

/** Floats behind the end of each operand. */
const GUARD = 512;
const SENTINEL = 12345.678;

/**
 * Operands in larger buffers: whatever a kernel reads behind their ends is NaN, and whatever it writes
 * behind the output's end is seen. Bounds checks of the adapter cannot help here.
 */
async function expectWithinEnds(gpu: Gpu, shape: Shape, kernelName: string) {
  const kernel = kernels.find(({ name }) => name === kernelName)!;
  const { type, ...options } = withDefaultType({ mask: causal(3), kernel: kernelName });
  const data = roundedTo(randomData(shape), type);
  const counts = elementCounts(shape);
  const guarded = async (values: Float32Array, guard: number, as = type) => {
    const padded = new Float32Array(values.length + GUARD).fill(guard);
    padded.set(values);
    return createTensor(gpu, [padded.length], padded, { type: as });
  };
  const tensors = [
    await guarded(data.query, NaN),
    await guarded(data.key, NaN),
    await guarded(data.value, NaN),
    await guarded(new Float32Array(counts.output).fill(NaN), SENTINEL),
    await guarded(new Float32Array(counts.logSumExp).fill(NaN), SENTINEL, 'f32'),
  ];
  const [query, key, value, output, logSumExp] = tensors.map(({ buffer }) => buffer);
  const problem = createProblem(shape, { ...options, type });
  const execution = await kernel.prepare(gpu, problem, { query, key, value, output, logSumExp });
  await runInPieces(gpu, execution);
  const want = reference(problem, data);
  for (const [tensor, truth, bound] of [
    [tensors[3], want.output, want.outputBound],
    [tensors[4], want.logSumExp, want.logSumExpBound],
  ] as const) {
    const all = await tensor.read();
    const sentinel = tensor.type === 'f16' ? roundToFloat16(SENTINEL) : Math.fround(SENTINEL);
    const result = compare(all.subarray(0, truth.length), truth, bound);
    assert(result.passed, `${result.errorOverBound} of the bound at ${result.worst}`);
    const untouched = all.subarray(truth.length).every((x) => x === sentinel);
    assert(untouched, 'something was written behind the end');
  }
  for (const owned of [execution, ...tensors]) owned.destroy();
}

const GUARDED: readonly Extents[] = [
  { heads: 2, queryLength: 37, keyLength: 67, headSize: 7, valueSize: 13 },
  { batch: 2, heads: 4, kvHeads: 2, queryLength: 33, keyLength: 70, headSize: 20, valueSize: 72 },
  { heads: 4, kvHeads: 2, queryLength: 3, keyLength: 301, headSize: 64, valueSize: 40 },
];

describe('extremes', () => {
  for (const kernel of kernels) {
    for (const [title, extents] of SIZES) {
      if (!accepts(kernel, extents)) continue;
      test(`${kernel.name}: ${title}`, ({ gpu }) =>
        expectRowsMatchReference(gpu, shapeOf(extents), { kernel: kernel.name }));
    }
    for (const extents of GUARDED) {
      if (!accepts(kernel, extents)) continue;
      test(`${kernel.name}: poison behind the ends, ${JSON.stringify(extents)}`, ({ gpu }) =>
        expectWithinEnds(gpu, shapeOf(extents), kernel.name));
    }
  }
});
