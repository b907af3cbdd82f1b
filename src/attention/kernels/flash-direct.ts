import flashDirectWgsl from '../../../shaders/kernels/flash_direct.wgsl?raw';
import attendDirectWgsl from '../../../shaders/shared/attend_direct.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import clampedRowsWgsl from '../../../shaders/shared/clamped_rows.wgsl?raw';
import directTileWgsl from '../../../shaders/shared/direct_tile.wgsl?raw';
import storeBlockWgsl from '../../../shaders/shared/store_block.wgsl?raw';
import type { Problem } from '../problem';
import { FUSED, type Kernel, WITHOUT_BARRIERS } from './kernel';
import { prepareExecution } from './passes';
import {
  MAX_DIRECT_QUERIES,
  ROWS_OF_THREAD,
  chooseKeyRows,
  directTile,
  isSoftware,
  keyRowsSources,
  keysAtOnce,
  scratchRoom,
  unitCount,
  unitsWithRoom,
} from './tile';

const FILES = [
  blockWgsl,
  clampedRowsWgsl,
  storeBlockWgsl,
  directTileWgsl,
  attendDirectWgsl,
  flashDirectWgsl,
];
/** Keeps a workgroup below 40 ms at 2.4 GFLOP/s, the slowest known. */
const AT_ONCE = { software: 1e8, gpu: 5e8 };
/** `AttentionState` in shaders/shared/attend_direct.wgsl, padded to whole vectors. */
const STATE_BYTES = 80;
/** Most bytes of output sums at a time. */
const MAX_SCRATCH_BYTES = 32 * 2 ** 20;

/** Fused attention in registers alone; see shaders/kernels/flash_direct.wgsl. */
export const flashDirect: Kernel = {
  name: 'flash-direct',
  summary: 'Fused, without barriers or workgroup memory: for software adapters.',
  rank: (_problem, target) =>
    isSoftware(target) ? { rank: 3, reasons: [FUSED, WITHOUT_BARRIERS] } : null,
  sources: [...FILES, ...keyRowsSources],

  scratchBytes(problem, limits) {
    const units = unitsAtOnce(problem, MAX_DIRECT_QUERIES, limits);
    return units * (unitBytes(problem, MAX_DIRECT_QUERIES) + stateBytes(MAX_DIRECT_QUERIES));
  },

  prepare(gpu, problem, operands) {
    const keyRows = chooseKeyRows(gpu);
    const tile = directTile(gpu);
    const maxUnits = unitsAtOnce(problem, tile.queries, gpu.device.limits);
    return prepareExecution(gpu, problem, operands, {
      label: 'flash-direct',
      tile,
      enable: keyRows.enable,
      passes: [
        {
          files: [keyRows.wgsl, ...FILES],
          slots: ['query', 'key', 'value', 'output', 'scratch', 'rowState', 'logSumExp'],
        },
      ],
      units: unitCount(problem, tile),
      maxUnits,
      keysAtOnce: keysAtOnce(problem, tile, gpu, AT_ONCE),
      scratch: {
        scratch: maxUnits * unitBytes(problem, tile.queries),
        rowState: maxUnits * stateBytes(tile.queries),
      },
    });
  },
};

const stateBytes = (queries: number): number => (queries / ROWS_OF_THREAD) * STATE_BYTES;

const unitBytes = ({ shape }: Problem, queries: number): number =>
  queries * Math.ceil(shape.valueSize / 4) * 16;

function unitsAtOnce(problem: Problem, queries: number, limits: GPUSupportedLimits): number {
  const units = unitCount(problem, { queries, keys: 1 });
  const room = scratchRoom(MAX_SCRATCH_BYTES, limits);
  return unitsWithRoom(units, unitBytes(problem, queries), room);
}
