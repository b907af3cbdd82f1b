import mergeWgsl from '../../../shaders/decode_merge.wgsl?raw';
import splitWgsl from '../../../shaders/decode_split.wgsl?raw';
import attendWgsl from '../../../shaders/shared/attend.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import tileSoftmaxWgsl from '../../../shaders/shared/tile_softmax.wgsl?raw';
import valueBlockWgsl from '../../../shaders/shared/value_block.wgsl?raw';
import type { Problem } from '../problem';
import type { Kernel } from './kernel';
import { prepareExecution } from './passes';
import { TILE_KEYS, chooseTile } from './tile';

/** More queries than this are flash's business. */
export const MOST_QUERIES = 32;
const FEWEST_ROWS = 8;
const MOST_ROWS = 32;
/** Partial results held at a time. */
const LARGEST_SCRATCH_BYTES = 64 * 2 ** 20;
const VECTOR_BYTES = 16;
/** A maximum and a sum. */
const END_BYTES = 8;
const SPLIT_FILES = [
  blockWgsl,
  scoreTileWgsl,
  tileSoftmaxWgsl,
  valueBlockWgsl,
  attendWgsl,
  splitWgsl,
];

export interface Splitting {
  /** Workgroups wanted in all: enough to keep the device busy. */
  readonly workgroups: number;
  /** Fewer keys are not worth a workgroup. */
  readonly fewestKeys: number;
}

/** A kernel that splits keys so; see shaders/decode_split.wgsl. */
export function decodeOver(splitting: Splitting): Kernel {
  return {
    name: 'decode',
    summary:
      'For few queries: keys split among workgroups, loaded once for all heads that share them.',

    refuses({ shape: { queryLength: value } }) {
      const allowed = `1 to ${MOST_QUERIES} for decode`;
      return value > MOST_QUERIES ? { field: 'queryLength', value, allowed } : null;
    },

    scratchBytes(problem, limits) {
      const { unitsAtOnce, unitBytes } = layOut(problem, splitting, limits);
      return unitsAtOnce * unitBytes;
    },

    prepare(gpu, problem, operands) {
      const { rows, splits, ...layout } = layOut(problem, splitting, gpu.device.limits);
      const partialRows = layout.unitsAtOnce * splits * rows;
      const logSumExp = operands.logSumExp ? (['logSumExp'] as const) : [];
      return prepareExecution(gpu, problem, operands, {
        label: 'decode',
        tile: chooseTile(problem, gpu.device.limits, rows),
        rows: 'group',
        passes: [
          {
            label: 'decode split',
            files: SPLIT_FILES,
            slots: ['query', 'key', 'value', 'scratch', 'ends'],
            workgroups: (units) => [splits, units],
          },
          {
            label: 'decode merge',
            files: [mergeWgsl],
            slots: ['output', 'scratch', 'ends', ...logSumExp],
            workgroups: (units) => [rows, units],
          },
        ],
        units: layout.units,
        maxUnits: layout.unitsAtOnce,
        keyStretch: layout.keysPerSplit,
        scratch: {
          scratch: partialRows * layout.valueQuads * VECTOR_BYTES,
          ends: partialRows * END_BYTES,
        },
      });
    },
  };
}

export const decode = decodeOver({ workgroups: 1024, fewestKeys: 256 });

/** How rows and keys are cut. A unit is a tile of the rows that share a key head, with all its splits. */
function layOut(
  { shape }: Problem,
  { workgroups, fewestKeys }: Splitting,
  { maxStorageBufferBindingSize }: GPUSupportedLimits,
) {
  const { batch, heads, kvHeads, queryLength, keyLength, valueSize } = shape;
  const rowsOfGroup = (heads / kvHeads) * queryLength;
  const rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, 2 ** Math.ceil(Math.log2(rowsOfGroup))));
  const units = batch * kvHeads * Math.ceil(rowsOfGroup / rows);
  const wanted = Math.min(Math.ceil(workgroups / units), Math.ceil(keyLength / fewestKeys));
  const keysPerSplit = Math.ceil(keyLength / wanted / TILE_KEYS) * TILE_KEYS;
  const splits = Math.ceil(keyLength / keysPerSplit);
  const valueQuads = Math.ceil(valueSize / 4);
  const unitBytes = splits * rows * (valueQuads * VECTOR_BYTES + END_BYTES);
  const available = Math.min(LARGEST_SCRATCH_BYTES, maxStorageBufferBindingSize);
  const affordable = Math.max(1, Math.floor(available / unitBytes));
  const unitsAtOnce = Math.min(units, affordable);
  return { rows, units, keysPerSplit, splits, valueQuads, unitBytes, unitsAtOnce };
}
