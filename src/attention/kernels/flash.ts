import flashWgsl from '../../../shaders/flash.wgsl?raw';
import attendWgsl from '../../../shaders/shared/attend.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import blockSoftmaxWgsl from '../../../shaders/shared/block_softmax.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import storeBlockWgsl from '../../../shaders/shared/store_block.wgsl?raw';
import tileSoftmaxWgsl from '../../../shaders/shared/tile_softmax.wgsl?raw';
import valueBlockWgsl from '../../../shaders/shared/value_block.wgsl?raw';
import type { Kernel } from './kernel';
import { prepareExecution } from './passes';
import { chooseTile, unitCount } from './tile';

const FILES = [
  blockWgsl,
  scoreTileWgsl,
  blockSoftmaxWgsl,
  tileSoftmaxWgsl,
  valueBlockWgsl,
  storeBlockWgsl,
  attendWgsl,
  flashWgsl,
];

/** Fused attention with an online softmax; see shaders/flash.wgsl. */
export const flash: Kernel = {
  name: 'flash',
  summary: 'Fused: online softmax, scores never stored.',
  sources: FILES,
  scratchBytes: () => 0,

  prepare(gpu, problem, operands) {
    const tile = chooseTile(problem, gpu.device.limits);
    const logSumExp = operands.logSumExp ? (['logSumExp'] as const) : [];
    return prepareExecution(gpu, problem, operands, {
      label: 'flash',
      tile,
      rows: 'head',
      passes: [
        {
          label: 'flash',
          files: FILES,
          slots: ['query', 'key', 'value', 'output', ...logSumExp],
          workgroups: (units) => [units],
        },
      ],
      units: unitCount(problem, tile),
      maxUnits: Infinity,
    });
  },
};
