import splitWgsl from '../../../shaders/decode_split.wgsl?raw';
import attendWgsl from '../../../shaders/shared/attend.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import blockSoftmaxWgsl from '../../../shaders/shared/block_softmax.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import tileSoftmaxWgsl from '../../../shaders/shared/tile_softmax.wgsl?raw';
import valueBlockWgsl from '../../../shaders/shared/value_block.wgsl?raw';
import valuesStoredWgsl from '../../../shaders/shared/values_stored.wgsl?raw';
import type { Kernel } from './kernel';
import { type Splitting, splitKeys } from './split-keys';
import { TILE_KEYS, chooseTile } from './tile';

const FEWEST_ROWS = 8;
const MOST_ROWS = 32;

/** A kernel that splits keys so; see shaders/decode_split.wgsl. */
export const decodeOver = (splitting: Splitting): Kernel =>
  splitKeys({
    name: 'decode',
    summary:
      'For few queries: keys split among workgroups, loaded once for all heads that share them.',
    splitting,
    files: () => [
      blockWgsl,
      scoreTileWgsl,
      blockSoftmaxWgsl,
      tileSoftmaxWgsl,
      valueBlockWgsl,
      valuesStoredWgsl,
      attendWgsl,
      splitWgsl,
    ],
    rows: (rowsOfGroup) =>
      Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, 2 ** Math.ceil(Math.log2(rowsOfGroup)))),
    tile: (problem, gpu, rows) => chooseTile(problem, gpu.device.limits, rows),
    keysOfPart: TILE_KEYS,
    parts: () => 1,
  });

export const decode = decodeOver({ workgroups: 1024, fewestKeys: 256 });
