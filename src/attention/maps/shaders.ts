import cellsDirectWgsl from '../../../shaders/maps/cells_direct.wgsl?raw';
import cellsWgsl from '../../../shaders/maps/cells.wgsl?raw';
import finalWeightsWgsl from '../../../shaders/maps/final_weights.wgsl?raw';
import placesWgsl from '../../../shaders/maps/places.wgsl?raw';
import regionWgsl from '../../../shaders/maps/region.wgsl?raw';
import rowTallyWgsl from '../../../shaders/maps/row_tally.wgsl?raw';
import rowWalkDirectWgsl from '../../../shaders/maps/row_walk_direct.wgsl?raw';
import rowWalkWgsl from '../../../shaders/maps/row_walk.wgsl?raw';
import walkedRowsWgsl from '../../../shaders/maps/walked_rows.wgsl?raw';
import walkedRowWgsl from '../../../shaders/maps/walked_row.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import blockSoftmaxWgsl from '../../../shaders/shared/block_softmax.wgsl?raw';
import clampedRowsWgsl from '../../../shaders/shared/clamped_rows.wgsl?raw';
import directTileWgsl from '../../../shaders/shared/direct_tile.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import tileSoftmaxWgsl from '../../../shaders/shared/tile_softmax.wgsl?raw';
import { ROWS_OF_THREAD, chooseKeyRows, directTile } from '../kernels/direct';
import { type Target, isSoftware } from '../kernels/target';
import { type Tile, chooseTile } from '../kernels/tile';
import type { Problem } from '../problem';
import type { MapKernel } from './inputs';

/** Queries and keys. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
}

/** The two kernels of maps, for one kind of device. */
export interface MapShaders {
  readonly tile: Tile;
  /** Language extensions of WGSL that they need. */
  readonly enable: readonly string[];
  readonly walk: readonly string[];
  readonly cells: readonly string[];
  /** The most that one cell may pool. What is larger is put together from such. */
  readonly mostOfCell: Extent;
  /** Queries and keys of a unit of work, in whole cells of this extent. */
  unit(cell: Extent): Extent;
}

/** Shared tiles in workgroup memory: for GPUs. A cell of more would keep one workgroup for too long. */
function workgroupShaders(problem: Problem, { device }: Target): MapShaders {
  const tile = chooseTile(problem, device.limits);
  const shared = [walkedRowWgsl, blockWgsl, blockSoftmaxWgsl, scoreTileWgsl, tileSoftmaxWgsl];
  return {
    tile,
    enable: [],
    walk: [...shared, ...WALK, rowWalkWgsl],
    cells: [...shared, ...CELLS, cellsWgsl],
    mostOfCell: { rows: 128, columns: 128 },
    unit: ({ rows, columns }) => ({
      rows: Math.max(tile.queries, rows),
      columns: Math.max(tile.keys, columns),
    }),
  };
}

/** Registers alone: for software adapters. A thread pools no more than its own rows. */
function directShaders(target: Target): MapShaders {
  const tile = directTile(target);
  const keyRows = chooseKeyRows(target);
  const shared = [
    keyRows.wgsl,
    walkedRowWgsl,
    blockWgsl,
    blockSoftmaxWgsl,
    clampedRowsWgsl,
    directTileWgsl,
  ];
  return {
    tile,
    enable: keyRows.enable,
    walk: [...shared, ...WALK, rowWalkDirectWgsl],
    cells: [...shared, ...CELLS, cellsDirectWgsl],
    mostOfCell: { rows: ROWS_OF_THREAD, columns: DIRECT_COLUMNS },
    unit: () => ({ rows: tile.queries, columns: DIRECT_COLUMNS }),
  };
}

const WALK = [rowTallyWgsl, placesWgsl, walkedRowsWgsl];
const CELLS = [regionWgsl, finalWeightsWgsl];
/** Enough to be worth starting a workgroup for, and soon done. */
const DIRECT_COLUMNS = 128;

/** What was asked for, or else suits the device. */
export function chooseShaders(problem: Problem, target: Target, wanted?: MapKernel): MapShaders {
  const kernel = wanted ?? (isSoftware(target) ? 'direct' : 'workgroup');
  return kernel === 'direct' ? directShaders(target) : workgroupShaders(problem, target);
}
