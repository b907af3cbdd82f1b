import { kernels } from '../../src/attention/kernels/index';
import { type Shape, elementCounts } from '../../src/attention/layout';
import { causal } from '../../src/attention/modifiers/causal';
import { createProblem } from '../../src/attention/problem';
import { locateRow, reference, rowCount } from '../../src/attention/reference';
import { createTensor } from '../../src/attention/tensor';
import { compare } from '../../src/numeric/compare';
import { roundToFloat16 } from '../../src/numeric/float16';
import { sampleIndices } from '../../src/numeric/random';
import type { Gpu } from '../../src/webgpu/device';
import { runInPieces } from '../../src/webgpu/submission';
import {
  type Extents,
  type Options,
  roundedTo,
  compute,
  randomData,
  shapeOf,
  accepts,
  withDefaultType,
} from '../support/problems';
import { type KernelCase, type KernelSuite, check } from '../support/suite';

/** The longest, the most numerous, and buffers with poison behind their ends. */
export const SIZES: readonly [string, Extents, Options?][] = [
  ['65,536 keys', { queryLength: 3, keyLength: 65536, headSize: 16 }],
  ['65,536 queries', { queryLength: 65536, keyLength: 5, headSize: 16 }],
  ['66,000 heads', { batch: 660, heads: 100, queryLength: 1, keyLength: 3, headSize: 4 }],
];

const ROWS = 40;

/** Compares a seeded sample of rows: the reference of all of them would take too long. */
export async function expectRowsMatchReference(gpu: Gpu, shape: Shape, options: Options) {
  const { type } = withDefaultType(options);
  const data = roundedTo(randomData(shape), type);
  const problem = createProblem(shape, { ...options, type });
  const rows = sampleIndices(ROWS, rowCount(problem), 3);
  rows.push(rowCount(problem) - 1);
  const want = reference(problem, data, { rows });
  const { output } = await compute(gpu, shape, data, options);
  const { valueSize } = shape;
  const got = rows.flatMap((row) => [...output.subarray(row * valueSize, (row + 1) * valueSize)]);
  const result = compare(got, want.output, want.outputBound);
  const at = locateRow(problem, rows[Math.floor(result.worst / valueSize)]);
  check(result.passed, `${result.errorOverBound} of the bound at ${JSON.stringify(at)}`);
}

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
    check(result.passed, `${result.errorOverBound} of the bound at ${result.worst}`);
    const untouched = all.subarray(truth.length).every((x) => x === sentinel);
    check(untouched, 'something was written behind the end');
  }
  for (const owned of [execution, ...tensors]) owned.destroy();
}

const GUARDED: readonly Extents[] = [
  { heads: 2, queryLength: 37, keyLength: 67, headSize: 7, valueSize: 13 },
  { batch: 2, heads: 4, kvHeads: 2, queryLength: 33, keyLength: 70, headSize: 20, valueSize: 72 },
  { heads: 4, kvHeads: 2, queryLength: 3, keyLength: 301, headSize: 64, valueSize: 40 },
];

const cases = kernels.flatMap((kernel): KernelCase[] => [
  ...SIZES.filter(([, extents]) => accepts(kernel, extents)).map(
    ([title, extents]): KernelCase => ({
      name: `${kernel.name}: ${title}`,
      run: (gpu) => expectRowsMatchReference(gpu, shapeOf(extents), { kernel: kernel.name }),
    }),
  ),
  ...GUARDED.filter((extents) => accepts(kernel, extents)).map((extents): KernelCase => ({
    name: `${kernel.name}: poison behind the ends, ${JSON.stringify(extents)}`,
    run: (gpu) => expectWithinEnds(gpu, shapeOf(extents), kernel.name),
  })),
]);

export const extremes: KernelSuite = { name: 'extremes', cases };
