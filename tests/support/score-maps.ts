import { assert } from 'vitest';
import type { Shape } from '../../src/attention/layout';
import { isVisible } from '../../src/attention/modifiers/combine';
import { type Problem, createProblem } from '../../src/attention/problem';
import { locateRow, reference, rowCount } from '../../src/attention/reference';
import { type ScoreStage, scoreMap } from '../../src/attention/score-map';
import { createTensor } from '../../src/attention/tensor';
import { type Comparison, compare } from '../../src/numeric/compare';
import { unitRoundoff } from '../../src/numeric/rounding';
import { Cleanup } from '../../src/webgpu/buffers';
import type { Gpu } from '../../src/webgpu/device';
import { type HostData, type Options, randomData } from '../support/problems';

interface Expected {
  readonly values: Float64Array;
  readonly bound: Float64Array;
}

/** The weights in float64: what attention gives for values that are the unit vectors. */
export function expectedWeights(shape: Shape, data: HostData, options: Options): Expected {
  const { batch, kvHeads, keyLength } = shape;
  const units = new Float32Array(batch * kvHeads * keyLength ** 2);
  for (let i = 0; i < batch * kvHeads * keyLength; i++) units[i * keyLength + (i % keyLength)] = 1;
  const problem = createProblem({ ...shape, valueSize: keyLength }, options);
  const { output, outputBound } = reference(problem, { ...data, value: units });
  return { values: output, bound: outputBound };
}

/** The scores in float64, −∞ where hidden. Rows of heads: layout bhsd. */
export function expectedScores(problem: Problem, { query, key }: HostData): Expected {
  const { headSize, heads, kvHeads, keyLength } = problem.shape;
  const values = new Float64Array(rowCount(problem) * keyLength).fill(-Infinity);
  const bound = new Float64Array(values.length);
  // Products, sums and the scale round; then the modifiers.
  const roundings = headSize + 5 + 9 * problem.scoreModifiers.length;
  for (let index = 0; index < values.length; index++) {
    const row = Math.floor(index / keyLength);
    const { batch, head, query: i } = locateRow(problem, row);
    const at = [batch, head, i, index % keyLength] as const;
    if (!isVisible(problem.mask, ...at)) continue;
    const group = batch * kvHeads + Math.floor((head * kvHeads) / heads);
    let [score, size] = [0, 0];
    for (let d = 0; d < headSize; d++) {
      const product = query[row * headSize + d] * key[(group * keyLength + at[3]) * headSize + d];
      score += problem.scale * product;
      size += Math.abs(problem.scale * product);
    }
    for (const modifier of problem.scoreModifiers) score = modifier.score(score, ...at);
    values[index] = score;
    bound[index] = roundings * unitRoundoff.f32 * (size + Math.abs(score));
  }
  return { values, bound };
}

/** What of the options a stage is after. */
function upTo(stage: ScoreStage, { bias, mask, softcap, scoreModifiers, ...rest }: Options) {
  if (stage === 'scaled') return rest;
  if (stage === 'capped') return { ...rest, softcap, scoreModifiers };
  return { ...rest, softcap, scoreModifiers, bias, mask };
}

/** Stores a map, and compares it with the float64 one. */
export async function compareMap(
  gpu: Gpu,
  shape: Shape,
  options: Options,
  stage: ScoreStage,
): Promise<Comparison> {
  const data = randomData(shape);
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  const owned = new Cleanup();
  const make = async (count: number, length: number, size: number, values: Float32Array) =>
    owned.add(await createTensor(gpu, [batch, count, length, size], values));
  try {
    const inputs = {
      query: await make(heads, queryLength, headSize, data.query),
      key: await make(kvHeads, keyLength, headSize, data.key),
      value: await make(kvHeads, keyLength, valueSize, data.value),
    };
    const map = owned.add(await scoreMap(gpu, { ...inputs, ...options, stage }));
    assert(map.shape.join() === [batch, heads, queryLength, keyLength].join(), `[${map.shape}]`);
    const { values, bound } =
      stage === 'weights'
        ? expectedWeights(shape, data, options)
        : expectedScores(createProblem(shape, upTo(stage, options)), data);
    return compare(await map.read(), values, bound);
  } finally {
    owned.destroy();
  }
}
