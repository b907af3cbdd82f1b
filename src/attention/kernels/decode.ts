import mergeWgsl from '../../../shaders/kernels/decode_merge.wgsl?raw';
import splitWgsl from '../../../shaders/kernels/decode_split.wgsl?raw';
import severalWgsl from '../../../shaders/kernels/decode_split_direct.wgsl?raw';
import singleWgsl from '../../../shaders/kernels/decode_split_single.wgsl?raw';
import attendWgsl from '../../../shaders/shared/attend.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import clampedRowsWgsl from '../../../shaders/shared/clamped_rows.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import teamWgsl from '../../../shaders/shared/team.wgsl?raw';
import valueBlockWgsl from '../../../shaders/shared/value_block.wgsl?raw';
import weightedValuesWgsl from '../../../shaders/shared/weighted_values.wgsl?raw';
import type { Gpu } from '../../webgpu/device';
import type { Problem } from '../problem';
import { type Kernel, type Ranking, WITHOUT_BARRIERS } from './kernel';
import { prepareExecution } from './passes';
import {
  keysAtOnce,
  scratchRoom,
  unitsWithRoom,
  type Target,
  type Tile,
  TILE_KEYS,
  chooseTile,
  LANES,
  canShareLoads,
  isSoftware,
} from './tile';

/** With more queries flash is the better choice. */
export const MAX_QUERIES = 32;
/** Most bytes of partial results at a time. */
const MAX_SCRATCH_BYTES = 64 * 2 ** 20;
/** Keeps a unit's splits below 50 ms at 0.4 GFLOP/s; a GPU runs many at the same time. */
const AT_ONCE = { software: 2e7, gpu: 5e9 };
const VECTOR_BYTES = 16;
/** A maximum and a sum. */
const ROW_STATE_BYTES = 8;

interface Splitting {
  /** Target for the total number of workgroups: enough to keep the device busy. */
  readonly workgroups: number;
  /** Fewer keys are not worth a workgroup. */
  readonly minKeys: number;
}

/** A way to compute one split; all are merged by the same pass. */
interface SplitPass {
  readonly name: string;
  readonly summary: string;
  readonly splitting: Splitting;
  rank(problem: Problem, target: Target): Ranking | null;
  /** WGSL files of the pass, for tiles of so many rows. */
  files(rows: number): readonly string[];
  readonly enable?: readonly string[];
  missingFeature?(target: Target): string | null;
  /** Rows of a tile, for the number of rows that share a key head. */
  rows(rowsOfGroup: number): number;
  tile(problem: Problem, gpu: Gpu, rows: number): Tile;
  /** Keys that a part processes in one step: a split is a multiple of all parts' keys. */
  readonly keysOfPart: number;
  /** Parts of each split, each with results of its own; the maximum over all devices by default. */
  parts(gpu?: Gpu): number;
}

/** A kernel for few queries: the keys are split among workgroups; see shaders/kernels/decode_split.wgsl. */
function splitKeys(pass: SplitPass): Kernel {
  const { name, summary, rank, missingFeature } = pass;
  return {
    name,
    summary,
    rank,
    sources: [
      ...pass.files(1),
      ...pass.files(MAX_QUERIES),
      mergeWgsl,
      JSON.stringify(pass.splitting),
    ],
    missingFeature,

    unsupported({ shape: { queryLength: value } }) {
      const allowed = `1 to ${MAX_QUERIES} for ${name}`;
      return value > MAX_QUERIES ? { field: 'queryLength', value, allowed } : null;
    },

    scratchBytes(problem, limits) {
      const { unitsAtOnce, unitBytes } = layOut(problem, pass, limits, pass.parts());
      return unitsAtOnce * unitBytes;
    },

    prepare(gpu, problem, operands) {
      const parts = pass.parts(gpu);
      const { rows, splits, ...layout } = layOut(problem, pass, gpu.device.limits, parts);
      const partialRows = layout.unitsAtOnce * splits * parts * rows;
      const tile = pass.tile(problem, gpu, rows);
      const affordable = keysAtOnce(problem, tile, gpu, AT_ONCE);
      const wholeSplits = Math.max(1, Math.floor(affordable / layout.keysPerSplit));
      const { keyLength } = problem.shape;
      return prepareExecution(gpu, problem, operands, {
        label: name,
        tile,
        rows: 'group',
        constants: { PARTS: parts },
        enable: pass.enable,
        passes: [
          {
            label: `${name} split`,
            files: pass.files(rows),
            slots: ['query', 'key', 'value', 'scratch', 'rowState'],
            workgroups: (units, { firstKey, endKey }) => [
              Math.ceil((endKey - firstKey) / layout.keysPerSplit),
              units,
            ],
          },
          {
            label: `${name} merge`,
            files: [mergeWgsl],
            slots: ['output', 'scratch', 'rowState', 'logSumExp'],
            // Once all splits are done.
            workgroups: (units, { endKey }) => (endKey === keyLength ? [rows, units] : null),
          },
        ],
        units: layout.units,
        maxUnits: layout.unitsAtOnce,
        keysAtOnce: affordable < keyLength ? wholeSplits * layout.keysPerSplit : keyLength,
        keysPerSplit: layout.keysPerSplit,
        scratch: {
          scratch: partialRows * layout.valueQuads * VECTOR_BYTES,
          rowState: partialRows * ROW_STATE_BYTES,
        },
      });
    },
  };
}

/** Why splitting the keys pays off; null where it does not. */
function reasonToSplit({ shape: { queryLength, keyLength } }: Problem): string | null {
  if (queryLength > 16 || keyLength < 512) return null;
  const queries = queryLength === 1 ? '1 query leaves' : `${queryLength} queries leave`;
  return `${queries} most of flash's tile empty, and ${keyLength} keys are worth splitting: decode.`;
}

/** How rows and keys are divided. A unit is a tile of rows that share a key head, with all its splits. */
function layOut(
  { shape }: Problem,
  { splitting: { workgroups, minKeys }, rows: rowsFor, keysOfPart }: SplitPass,
  limits: GPUSupportedLimits,
  parts: number,
) {
  const { batch, heads, kvHeads, queryLength, keyLength, valueSize } = shape;
  const rowsOfGroup = (heads / kvHeads) * queryLength;
  const rows = rowsFor(rowsOfGroup);
  const units = batch * kvHeads * Math.ceil(rowsOfGroup / rows);
  const splitsWanted = Math.min(Math.ceil(workgroups / units), Math.ceil(keyLength / minKeys));
  const step = keysOfPart * parts;
  const keysPerSplit = Math.ceil(keyLength / splitsWanted / step) * step;
  const splits = Math.ceil(keyLength / keysPerSplit);
  const valueQuads = Math.ceil(valueSize / 4);
  const unitBytes = splits * parts * rows * (valueQuads * VECTOR_BYTES + ROW_STATE_BYTES);
  const unitsAtOnce = unitsWithRoom(units, unitBytes, scratchRoom(MAX_SCRATCH_BYTES, limits));
  return { rows, units, keysPerSplit, splits, valueQuads, unitBytes, unitsAtOnce };
}

const MIN_ROWS = 8;
const MAX_ROWS = 32;

/** `decode` with another way to split keys; see shaders/kernels/decode_split.wgsl. */
export const decodeOver = (splitting: Splitting): Kernel =>
  splitKeys({
    name: 'decode',
    summary:
      'For few queries: keys split among workgroups, loaded once for all heads that share them.',
    rank(problem) {
      const reason = reasonToSplit(problem);
      return reason === null ? null : { rank: 4, reasons: [reason] };
    },
    splitting,
    files: () => [
      blockWgsl,
      scoreTileWgsl,
      valueBlockWgsl,
      weightedValuesWgsl,
      attendWgsl,
      splitWgsl,
    ],
    rows: (rowsOfGroup) =>
      Math.min(MAX_ROWS, Math.max(MIN_ROWS, 2 ** Math.ceil(Math.log2(rowsOfGroup)))),
    tile: (problem, gpu, rows) => chooseTile(problem, gpu.device.limits, rows),
    keysOfPart: TILE_KEYS,
    parts: () => 1,
  });

export const decode = decodeOver({ workgroups: 1024, minKeys: 256 });

/** As in the shader: rows that a team of four lanes shares, unless there is only one, and keys of a step. */
const TEAM_ROWS = 4;
const TEAM_KEYS = 64;
const MAX_TEAMS = 8;

/** The number of teams that fill a subgroup. */
const teams = (gpu: Gpu): number =>
  Math.min(MAX_TEAMS, (gpu.info.subgroupMinSize ?? LANES) / LANES);

/** Decoding without barriers or workgroup memory; see shaders/kernels/decode_split_direct.wgsl. */
export const decodeDirect = splitKeys({
  name: 'decode-direct',
  summary: 'For few queries, without barriers or workgroup memory: for software adapters.',
  rank(problem, target) {
    const reason = isSoftware(target) && reasonToSplit(problem);
    return reason ? { rank: 5, reasons: [reason, WITHOUT_BARRIERS] } : null;
  },
  splitting: { workgroups: 64, minKeys: 512 },
  files: (rows) => [blockWgsl, clampedRowsWgsl, teamWgsl, rows === 1 ? singleWgsl : severalWgsl],
  enable: ['subgroups'],
  missingFeature: (gpu) => (canShareLoads(gpu) ? null : 'subgroups of four or more'),
  rows: (rowsOfGroup) => (rowsOfGroup === 1 ? 1 : TEAM_ROWS),
  tile: (_problem, gpu, rows) => ({ queries: rows, keys: TEAM_KEYS * teams(gpu) }),
  keysOfPart: TEAM_KEYS,
  parts: (gpu) => (gpu ? teams(gpu) : MAX_TEAMS),
});
