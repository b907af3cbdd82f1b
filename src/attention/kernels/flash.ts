import flashWgsl from '../../../shaders/flash.wgsl?raw';
import attendWgsl from '../../../shaders/shared/attend.wgsl?raw';
import afreshWgsl from '../../../shaders/shared/attended_afresh.wgsl?raw';
import carriedWgsl from '../../../shaders/shared/attended_carried.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import blockSoftmaxWgsl from '../../../shaders/shared/block_softmax.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import storeBlockWgsl from '../../../shaders/shared/store_block.wgsl?raw';
import tileSoftmaxWgsl from '../../../shaders/shared/tile_softmax.wgsl?raw';
import valueBlockWgsl from '../../../shaders/shared/value_block.wgsl?raw';
import type { Problem } from '../problem';
import { affordableKeys, keysAtOnce } from './key-parts';
import type { Kernel } from './kernel';
import { prepareExecution } from './passes';
import { type Tile, chooseTile, threadsOf, unitCount } from './tile';

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
/** So that a workgroup is done within 25 ms at 0.4 GFLOP/s, or at 20. */
const AT_ONCE = { software: 1e7, gpu: 5e8 };
/** `Attended` in shaders/shared/attend.wgsl: two vectors and four matrices. */
const CARRIED_BYTES = 18 * 16;
/** What tiles under way have found so far. */
const LARGEST_SCRATCH_BYTES = 8 * 2 ** 20;

/** Fused attention with an online softmax; see shaders/flash.wgsl. */
export const flash: Kernel = {
  name: 'flash',
  summary: 'Fused: online softmax, scores never stored.',
  sources: [...FILES, afreshWgsl, carriedWgsl],

  scratchBytes(problem, limits) {
    const tile = chooseTile(problem, limits);
    const keys = affordableKeys(problem, tile, AT_ONCE.software);
    return keys < problem.shape.keyLength ? tilesUnderWay(problem, tile) * carriedBytes(tile) : 0;
  },

  prepare(gpu, problem, operands) {
    const tile = chooseTile(problem, gpu.device.limits);
    const keys = keysAtOnce(problem, tile, gpu, AT_ONCE);
    const inParts = keys < problem.shape.keyLength;
    const width = tilesUnderWay(problem, tile);
    const logSumExp = operands.logSumExp ? (['logSumExp'] as const) : [];
    return prepareExecution(gpu, problem, operands, {
      label: 'flash',
      tile,
      rows: 'head',
      passes: [
        {
          label: 'flash',
          files: [...FILES, inParts ? carriedWgsl : afreshWgsl],
          slots: [
            ...(['query', 'key', 'value', 'output'] as const),
            ...(inParts ? (['scratch'] as const) : []),
            ...logSumExp,
          ],
          workgroups: (count) => [count],
        },
      ],
      units: unitCount(problem, tile),
      maxUnits: inParts ? width : Infinity,
      keysAtOnce: keys,
      scratch: inParts ? { scratch: width * carriedBytes(tile) } : undefined,
    });
  },
};

const carriedBytes = (tile: Tile): number => threadsOf(tile) * CARRIED_BYTES;

const tilesUnderWay = (problem: Problem, tile: Tile): number =>
  Math.min(unitCount(problem, tile), Math.floor(LARGEST_SCRATCH_BYTES / carriedBytes(tile)));
