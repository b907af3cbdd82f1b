import scoreMapWgsl from '../../shaders/kernels/score_map.wgsl?raw';
import weightMapWgsl from '../../shaders/kernels/weight_map.wgsl?raw';
import blockWgsl from '../../shaders/shared/block.wgsl?raw';
import scoreTileWgsl from '../../shaders/shared/score_tile.wgsl?raw';
import storeMapWgsl from '../../shaders/shared/store_map.wgsl?raw';
import { bytesPerElement } from '../numeric/float16';
import { destroyOnError } from '../webgpu/buffers';
import type { Gpu } from '../webgpu/device';
import { type AttentionInputs, problemOf } from './attention';
import { assertRowsFit } from './fit';
import { InputError } from './input-error';
import { type PassPlan, prepareExecution, runExecution } from './kernels/passes';
import { type Tile, chooseTile, unitCount } from './kernels/tile';
import type { Problem } from './problem';
import { type Tensor, assertUsable, createTensor } from './tensor';

/** One workgroup per tile; see shaders/kernels/score_map.wgsl. */
function scoresPass({ shape }: Problem, tile: Tile): PassPlan {
  const across = Math.ceil(shape.keyLength / tile.keys);
  return {
    files: [blockWgsl, scoreTileWgsl, storeMapWgsl, scoreMapWgsl],
    slots: ['query', 'key', 'scratch'],
    workgroups: (units) => [across, units],
  };
}

/** One workgroup per tile of queries; see shaders/kernels/weight_map.wgsl. */
const WEIGHTS: PassPlan = {
  files: [blockWgsl, scoreTileWgsl, storeMapWgsl, weightMapWgsl],
  slots: ['query', 'key', 'scratch'],
};

/**
 * Stages of the scores: scaled products; after the score modifiers except the bias; after bias and
 * mask (−∞ where hidden); or the weights, their softmax (0 where hidden; sinks take their share).
 */
export const SCORE_STAGES = ['scaled', 'capped', 'masked', 'weights'] as const;
export type ScoreStage = (typeof SCORE_STAGES)[number];

export interface ScoreMapInputs extends Omit<AttentionInputs, 'kernel' | 'logSumExp'> {
  readonly stage: ScoreStage;
}

/**
 * Stores the score or weight of every query and key: (B, H, S, L). For sizes that fit in memory.
 * @throws LimitError if it does not fit a binding; what `attention` throws.
 */
export async function scoreMap(gpu: Gpu, inputs: ScoreMapInputs): Promise<Tensor> {
  gpu.assertAlive();
  const { stage, ...rest } = inputs;
  if (!SCORE_STAGES.includes(stage)) {
    const allowed = SCORE_STAGES.map((known) => `'${known}'`).join(', ');
    throw new InputError('stage', stage, allowed);
  }
  for (const name of ['query', 'key', 'value'] as const) assertUsable(name, inputs[name]);
  const problem = upTo(stage, problemOf(rest), rest.bias !== undefined);
  const { batch, heads, queryLength, keyLength } = problem.shape;
  const rowBytes = batch * heads * keyLength * bytesPerElement[problem.type];
  assertRowsFit('The map of all scores needs', queryLength, rowBytes, gpu.device.limits);
  const shape = [batch, heads, queryLength, keyLength];
  return destroyOnError(async (owned) => {
    const options = { label: 'score map', type: problem.type };
    const map = owned.add(await createTensor(gpu, shape, undefined, options));
    const tile = chooseTile(problem, gpu.device.limits);
    const pass = stage === 'weights' ? WEIGHTS : scoresPass(problem, tile);
    const buffers = { query: inputs.query.buffer, key: inputs.key.buffer, scratch: map.buffer };
    const execution = await prepareExecution(gpu, problem, buffers, {
      label: stage === 'weights' ? 'weight map' : 'score map',
      tile,
      passes: [pass],
      units: unitCount(problem, tile),
      maxUnits: Infinity,
    });
    await runExecution(gpu, execution, inputs);
    return map;
  });
}

/** The problem up to a stage. The bias is the last of the score modifiers. */
function upTo(stage: ScoreStage, problem: Problem, hasBias: boolean): Problem {
  if (stage === 'scaled') return { ...problem, mask: undefined, scoreModifiers: [] };
  if (stage !== 'capped') return problem;
  const { scoreModifiers } = problem;
  return {
    ...problem,
    mask: undefined,
    scoreModifiers: hasBias ? scoreModifiers.slice(0, -1) : scoreModifiers,
  };
}
