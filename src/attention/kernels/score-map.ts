import scoresWgsl from '../../../shaders/map_scores.wgsl?raw';
import weightsWgsl from '../../../shaders/map_weights.wgsl?raw';
import scoreMapWgsl from '../../../shaders/score_map.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import type { CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { Problem } from '../problem';
import type { Execution } from './kernel';
import { prepareExecution } from './passes';
import { chooseTile, unitCount } from './tile';

export interface ScoreMapBuffers {
  readonly query: CountedBuffer;
  readonly key: CountedBuffer;
  /** (B, H, S, L), of the problem's type. */
  readonly map: CountedBuffer;
  /** Makes weights of the scores. */
  readonly logSumExp?: CountedBuffer;
}

/** Stores the scores, or with a log-sum-exp the weights; see shaders/score_map.wgsl. */
export function prepareScoreMap(
  gpu: Gpu,
  problem: Problem,
  { query, key, map, logSumExp }: ScoreMapBuffers,
): Promise<Execution> {
  const tile = chooseTile(problem, gpu.device.limits);
  const label = logSumExp ? 'weight map' : 'score map';
  const across = Math.ceil(problem.shape.keyLength / tile.keys);
  return prepareExecution(
    gpu,
    problem,
    { query, key, scratch: map, rowEnds: logSumExp },
    {
      label,
      tile,
      rows: 'head',
      passes: [
        {
          label,
          files: [blockWgsl, scoreTileWgsl, logSumExp ? weightsWgsl : scoresWgsl, scoreMapWgsl],
          slots: ['query', 'key', 'scratch', ...(logSumExp ? (['rowEnds'] as const) : [])],
          workgroups: (units) => [across, units],
        },
      ],
      units: unitCount(problem, tile),
      maxUnits: Infinity,
    },
  );
}
