import scoreMapWgsl from '../../../shaders/score_map.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import blockSoftmaxWgsl from '../../../shaders/shared/block_softmax.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import storeMapWgsl from '../../../shaders/shared/store_map.wgsl?raw';
import tileSoftmaxWgsl from '../../../shaders/shared/tile_softmax.wgsl?raw';
import weightMapWgsl from '../../../shaders/weight_map.wgsl?raw';
import type { CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { Problem } from '../problem';
import type { Execution } from './kernel';
import { type PassPlan, prepareExecution } from './passes';
import { type Tile, chooseTile, unitCount } from './tile';

export interface ScoreMapBuffers {
  readonly query: CountedBuffer;
  readonly key: CountedBuffer;
  /** (B, H, S, L), of the problem's type. */
  readonly map: CountedBuffer;
}

/** Stores the scores, or the weights. */
export function prepareScoreMap(
  gpu: Gpu,
  problem: Problem,
  what: 'scores' | 'weights',
  { query, key, map }: ScoreMapBuffers,
): Promise<Execution> {
  const tile = chooseTile(problem, gpu.device.limits);
  const pass = what === 'weights' ? WEIGHTS : scoresPass(problem, tile);
  const buffers = { query, key, scratch: map };
  return prepareExecution(gpu, problem, buffers, {
    label: pass.label,
    tile,
    rows: 'head',
    passes: [pass],
    units: unitCount(problem, tile),
    maxUnits: Infinity,
  });
}

/** A workgroup for each tile; see shaders/score_map.wgsl. */
function scoresPass({ shape }: Problem, tile: Tile): PassPlan {
  const across = Math.ceil(shape.keyLength / tile.keys);
  return {
    label: 'score map',
    files: [blockWgsl, scoreTileWgsl, storeMapWgsl, scoreMapWgsl],
    slots: ['query', 'key', 'scratch'],
    workgroups: (units) => [across, units],
  };
}

/** A workgroup for each tile of queries; see shaders/weight_map.wgsl. */
const WEIGHTS: PassPlan = {
  label: 'weight map',
  files: [blockWgsl, scoreTileWgsl, blockSoftmaxWgsl, tileSoftmaxWgsl, storeMapWgsl, weightMapWgsl],
  slots: ['query', 'key', 'scratch'],
  workgroups: (units) => [units],
};
