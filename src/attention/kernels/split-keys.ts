import mergeWgsl from '../../../shaders/decode_merge.wgsl?raw';
import splitsWgsl from '../../../shaders/shared/splits.wgsl?raw';
import type { Gpu } from '../../webgpu/device';
import type { Problem } from '../problem';
import { keysAtOnce } from './key-parts';
import type { Kernel } from './kernel';
import { prepareExecution } from './passes';
import { scratchRoom, unitsWithRoom } from './scratch';
import type { Target } from './target';
import type { Tile } from './tile';

/** More queries than this are flash's business. */
export const MOST_QUERIES = 32;
/** Partial results held at a time. */
const LARGEST_SCRATCH_BYTES = 64 * 2 ** 20;
/** So that a unit's splits are done within 50 ms at 0.4 GFLOP/s; a GPU takes many at the same time. */
const AT_ONCE = { software: 2e7, gpu: 5e9 };
const VECTOR_BYTES = 16;
/** A maximum and a sum. */
const END_BYTES = 8;

export interface Splitting {
  /** Workgroups wanted in all: enough to keep the device busy. */
  readonly workgroups: number;
  /** Fewer keys are not worth a workgroup. */
  readonly fewestKeys: number;
}

/** A way to compute one split; all are merged in the same way. */
export interface SplitPass {
  readonly name: string;
  readonly summary: string;
  readonly splitting: Splitting;
  /** WGSL of the pass, for tiles of so many rows. */
  files(rows: number): readonly string[];
  readonly enable?: readonly string[];
  lacks?(target: Target): string | null;
  /** Rows of a tile, for as many as share a key head. */
  rows(rowsOfGroup: number): number;
  tile(problem: Problem, gpu: Gpu, rows: number): Tile;
  /** Keys that a part takes in one step: splits are multiples of what all parts take. */
  readonly keysOfPart: number;
  /** Results of each split; the most of any device where none is given. */
  parts(gpu?: Gpu): number;
}

/** A kernel for few queries: the keys are split among workgroups; see shaders/decode_split.wgsl. */
export function splitKeys(pass: SplitPass): Kernel {
  const { name, summary, lacks } = pass;
  return {
    name,
    summary,
    sources: [
      ...pass.files(1),
      ...pass.files(MOST_QUERIES),
      splitsWgsl,
      mergeWgsl,
      JSON.stringify(pass.splitting),
    ],
    lacks,

    refuses({ shape: { queryLength: value } }) {
      const allowed = `1 to ${MOST_QUERIES} for ${name}`;
      return value > MOST_QUERIES ? { field: 'queryLength', value, allowed } : null;
    },

    scratchBytes(problem, limits) {
      const { unitsAtOnce, unitBytes } = layOut(problem, pass, limits, pass.parts());
      return unitsAtOnce * unitBytes;
    },

    prepare(gpu, problem, operands) {
      const parts = pass.parts(gpu);
      const { rows, splits, ...layout } = layOut(problem, pass, gpu.device.limits, parts);
      const partialRows = layout.unitsAtOnce * splits * parts * rows;
      const logSumExp = operands.logSumExp ? (['logSumExp'] as const) : [];
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
            files: [splitsWgsl, ...pass.files(rows)],
            slots: ['query', 'key', 'value', 'scratch', 'ends'],
            workgroups: (units, { firstKey, endKey }) => [
              Math.ceil((endKey - firstKey) / layout.keysPerSplit),
              units,
            ],
          },
          {
            label: `${name} merge`,
            files: [splitsWgsl, mergeWgsl],
            slots: ['output', 'scratch', 'ends', ...logSumExp],
            // When all splits are there.
            workgroups: (units, { endKey }) => (endKey === keyLength ? [rows, units] : null),
          },
        ],
        units: layout.units,
        maxUnits: layout.unitsAtOnce,
        keysAtOnce: affordable < keyLength ? wholeSplits * layout.keysPerSplit : keyLength,
        keyStretch: layout.keysPerSplit,
        scratch: {
          scratch: partialRows * layout.valueQuads * VECTOR_BYTES,
          ends: partialRows * END_BYTES,
        },
      });
    },
  };
}

/** How rows and keys are cut. A unit is a tile of the rows that share a key head, with all its splits. */
function layOut(
  { shape }: Problem,
  { splitting: { workgroups, fewestKeys }, rows: rowsFor, keysOfPart }: SplitPass,
  limits: GPUSupportedLimits,
  parts: number,
) {
  const { batch, heads, kvHeads, queryLength, keyLength, valueSize } = shape;
  const rowsOfGroup = (heads / kvHeads) * queryLength;
  const rows = rowsFor(rowsOfGroup);
  const units = batch * kvHeads * Math.ceil(rowsOfGroup / rows);
  const wanted = Math.min(Math.ceil(workgroups / units), Math.ceil(keyLength / fewestKeys));
  const step = keysOfPart * parts;
  const keysPerSplit = Math.ceil(keyLength / wanted / step) * step;
  const splits = Math.ceil(keyLength / keysPerSplit);
  const valueQuads = Math.ceil(valueSize / 4);
  const unitBytes = splits * parts * rows * (valueQuads * VECTOR_BYTES + END_BYTES);
  const unitsAtOnce = unitsWithRoom(units, unitBytes, scratchRoom(LARGEST_SCRATCH_BYTES, limits));
  return { rows, units, keysPerSplit, splits, valueQuads, unitBytes, unitsAtOnce };
}
