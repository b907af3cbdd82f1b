import { assert } from 'vitest';
import { causal } from '../../src/attention/modifiers/causal';
import { isVisible } from '../../src/attention/modifiers/combine';
import { slidingWindow } from '../../src/attention/modifiers/sliding-window';
import { type Problem, createProblem } from '../../src/attention/problem';
import { locateRow, reference, rowCount } from '../../src/attention/reference';
import { roundToFloat16 } from '../../src/numeric/float16';
import { sampleIndices } from '../../src/numeric/random';
import { type HostData, type Options, compute, randomData, shapeOf } from '../support/problems';
import type { Gpu } from '../../src/webgpu/device';

/**
 * FlashAttention's rule of acceptance: a kernel may err, against float64, at most twice as much as the
 * plain computation in the same low precision does. On its odd shapes, for head sizes from 32 to 256.
 */
export const SHAPES = [
  [113, 203, 32],
  [128, 217, 64],
  [108, 256, 96],
  [256, 512, 128],
  [1023, 1024, 256],
] as const;

export const VARIANTS: Readonly<Record<string, Options>> = {
  causal: { mask: causal() },
  local: { mask: slidingWindow(60, 20) },
  softcap: { softcap: 1.5 },
};

/** Rows compared: the plain computation is slow. */
const ROWS = 24;

/** Scores, softmax and values one after another, each result rounded to the low precision. */
function plainLowPrecision(
  problem: Problem,
  { query, key, value }: HostData,
  rows: readonly number[],
  round: (x: number) => number,
): Float64Array {
  const { headSize, valueSize, keyLength } = problem.shape;
  const output = new Float64Array(rows.length * valueSize);
  rows.forEach((row, index) => {
    const { query: i } = locateRow(problem, row);
    const scores = Array.from({ length: keyLength }, (_, j) => {
      if (!isVisible(problem.mask, 0, 0, i, j)) return -Infinity;
      let sum = 0;
      for (let d = 0; d < headSize; d++) {
        sum = Math.fround(sum + Math.fround(query[i * headSize + d] * key[j * headSize + d]));
      }
      let score = round(Math.fround(round(sum) * Math.fround(problem.scale)));
      for (const modifier of problem.scoreModifiers)
        score = round(modifier.score(score, 0, 0, i, j));
      return score;
    });
    const maximum = Math.max(...scores);
    const weights = scores.map((score) => Math.fround(Math.exp(Math.fround(score - maximum))));
    const total = weights.reduce((sum, weight) => Math.fround(sum + weight), 0);
    for (let e = 0; e < valueSize; e++) {
      let sum = 0;
      for (let j = 0; j < keyLength; j++) {
        const weight = round(Math.fround(weights[j] / total));
        if (weight !== 0) sum = Math.fround(sum + Math.fround(weight * value[j * valueSize + e]));
      }
      output[index * valueSize + e] = round(sum);
    }
  });
  return output;
}

const largestError = (got: ArrayLike<number>, want: Float64Array) =>
  want.reduce((largest, value, i) => Math.max(largest, Math.abs(got[i] - value)), 0);

/** @throws unless the kernel errs at most twice as much as the plain computation in the same precision. */
export async function expectWithinTwicePlainError(
  gpu: Gpu,
  kernel: string,
  [queryLength, keyLength, headSize]: readonly [number, number, number],
  variant: string,
): Promise<void> {
  const shape = shapeOf({ queryLength, keyLength, headSize });
  // The stricter test where it can be had: float16 is what people run.
  const type = gpu.device.features.has('shader-f16') ? 'f16' : 'f32';
  const round = type === 'f16' ? roundToFloat16 : Math.fround;
  const data = randomData(shape);
  for (const values of Object.values(data)) values.set(values.map(round));
  const options = { ...VARIANTS[variant], type } as const;
  const problem = createProblem(shape, options);
  const rows = sampleIndices(ROWS, rowCount(problem), 7);
  const want = reference(problem, data, { rows }).output;
  const { output } = await compute(gpu, shape, data, { ...options, kernel });
  const got = rows.flatMap((row) => [...output.subarray(row * headSize, (row + 1) * headSize)]);
  const own = largestError(got, want);
  const plain = largestError(plainLowPrecision(problem, data, rows, round), want);
  assert(own <= 2 * plain, `${type}: error ${own}, plain computation ${plain}`);
}
