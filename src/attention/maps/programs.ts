import cellsWgsl from '../../../shaders/maps/cells.wgsl?raw';
import cellsDirectWgsl from '../../../shaders/maps/cells_direct.wgsl?raw';
import cellsCommonWgsl from '../../../shaders/maps/cells_common.wgsl?raw';
import rowStatsCommonWgsl from '../../../shaders/maps/row_stats_common.wgsl?raw';
import rowStateWgsl from '../../../shaders/maps/row_state.wgsl?raw';
import rowStatsWgsl from '../../../shaders/maps/row_stats.wgsl?raw';
import rowStatsDirectWgsl from '../../../shaders/maps/row_stats_direct.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import clampedRowsWgsl from '../../../shaders/shared/clamped_rows.wgsl?raw';
import directTileWgsl from '../../../shaders/shared/direct_tile.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import type { Gpu } from '../../webgpu/device';
import type { CompiledPipeline } from '../../webgpu/pipelines';
import { type Slots, bindingKinds } from '../kernels/bindings';
import { assembleModule } from '../kernels/module';
import {
  ROWS_OF_THREAD,
  type Target,
  type Tile,
  chooseKeyRows,
  chooseTile,
  directTile,
  isSoftware,
} from '../kernels/tile';
import type { ComposedModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import type { MapKernel } from './inputs';

/** Queries and keys. */
export interface MapExtent {
  readonly rows: number;
  readonly columns: number;
}

/** The two kernels of maps, for one kind of device. */
export interface MapShaders {
  readonly tile: Tile;
  /** Language extensions of WGSL that they need. */
  readonly enable: readonly string[];
  readonly rowStats: readonly string[];
  readonly cells: readonly string[];
  /** Most weights that a cell may pool. Larger cells are combined from such on the CPU. */
  readonly maxCell: MapExtent;
  /** Queries and keys of a unit of work, in whole cells of this extent. */
  unit(cell: MapExtent): MapExtent;
}

/** Shared tiles in workgroup memory: for GPUs. Larger cells would keep one workgroup busy for too long. */
function workgroupShaders(problem: Problem, { device }: Target): MapShaders {
  const tile = chooseTile(problem, device.limits);
  const shared = [rowStateWgsl, blockWgsl, scoreTileWgsl];
  return {
    tile,
    enable: [],
    rowStats: [...shared, rowStatsCommonWgsl, rowStatsWgsl],
    cells: [...shared, cellsCommonWgsl, cellsWgsl],
    maxCell: { rows: 128, columns: 128 },
    unit: ({ rows, columns }) => ({
      rows: Math.max(tile.queries, rows),
      columns: Math.max(tile.keys, columns),
    }),
  };
}

/** Registers alone: for software adapters. A thread pools only its own rows. */
function directShaders(target: Target): MapShaders {
  const tile = directTile(target);
  const keyRows = chooseKeyRows(target);
  const shared = [keyRows.wgsl, rowStateWgsl, blockWgsl, clampedRowsWgsl, directTileWgsl];
  return {
    tile,
    enable: keyRows.enable,
    rowStats: [...shared, rowStatsCommonWgsl, rowStatsDirectWgsl],
    cells: [...shared, cellsCommonWgsl, cellsDirectWgsl],
    maxCell: { rows: ROWS_OF_THREAD, columns: DIRECT_COLUMNS },
    unit: () => ({ rows: tile.queries, columns: DIRECT_COLUMNS }),
  };
}

/** Enough work for a workgroup, and soon done. */
const DIRECT_COLUMNS = 128;

/** The kernel asked for, or the one that suits the device. */
export function chooseShaders(problem: Problem, target: Target, requested?: MapKernel): MapShaders {
  const kernel = requested ?? (isSoftware(target) ? 'direct' : 'workgroup');
  return kernel === 'direct' ? directShaders(target) : workgroupShaders(problem, target);
}

/** Binding numbers of group 0; the operands' and uniforms' are those of all kernels. */
const COMMON_SLOTS = {
  parameters: [0, 'uniform'],
  piece: [1, 'uniform'],
  query: [2, 'read'],
  key: [3, 'read'],
  data: [8, 'read'],
  order: [11, 'read'],
} as const;
const ROW_STATS_SLOTS: Slots = { ...COMMON_SLOTS, rows: [7, 'read-write'], marks: [10, 'read'] };
const CELLS_SLOTS: Slots = {
  ...COMMON_SLOTS,
  rows: [7, 'read'],
  cells: [9, 'read-write'],
  region: [12, 'uniform'],
};

/** A compiled kernel of maps, and what it binds where. */
export interface MapProgram {
  readonly label: string;
  readonly pipeline: CompiledPipeline;
  readonly slots: Slots;
}

/** Statistics of rows, from one pass over the keys; and cells of a region, from its rows' statistics. */
export type MapPrograms = Readonly<Record<'rowStats' | 'cells', MapProgram>>;

/** @throws ShaderError, DeviceLostError. */
export async function compileMaps(
  gpu: Gpu,
  problem: Problem,
  shaders: MapShaders,
  modifiers: ComposedModifiers,
): Promise<MapPrograms> {
  const { tile, enable } = shaders;
  const compile = async (label: string, files: readonly string[], slots: Slots) => {
    const parts = { problem, tile, enable, modifiers, storeLogSumExp: false, files };
    const code = assembleModule(parts);
    const request = { label, code, bindings: bindingKinds(slots) };
    const pipeline = await gpu.raceLoss(gpu.pipelines.get(request));
    return { label, pipeline, slots };
  };
  const [rowStats, cells] = await Promise.all([
    compile('row statistics', shaders.rowStats, ROW_STATS_SLOTS),
    compile('map cells', shaders.cells, CELLS_SLOTS),
  ]);
  return { rowStats, cells };
}
