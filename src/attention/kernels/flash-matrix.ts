import afreshWgsl from '../../../shaders/matrix/afresh.wgsl?raw';
import stagedWgsl from '../../../shaders/matrix/blocks_staged.wgsl?raw';
import storedWgsl from '../../../shaders/matrix/blocks_stored.wgsl?raw';
import carriedWgsl from '../../../shaders/matrix/carried.wgsl?raw';
import exactWgsl from '../../../shaders/matrix/exact.wgsl?raw';
import flashMatrixWgsl from '../../../shaders/matrix/flash_matrix.wgsl?raw';
import scoresWgsl from '../../../shaders/matrix/scores.wgsl?raw';
import softmaxWgsl from '../../../shaders/matrix/softmax.wgsl?raw';
import valuesWgsl from '../../../shaders/matrix/values.wgsl?raw';
import type { Problem } from '../problem';
import type { Slot } from './bindings';
import { affordableKeys, keysAtOnce } from './key-parts';
import type { Kernel } from './kernel';
import {
  LARGEST_BLOCK,
  type MatrixTile,
  MOST_ROW_BLOCKS,
  SUBGROUPS,
  chooseMatrixTile,
  lacksMatrices,
} from './matrix-tile';
import { prepareExecution } from './passes';
import { unitsWithRoom } from './scratch';
import { unitCount } from './tile';

const FILES = [scoresWgsl, softmaxWgsl, valuesWgsl, exactWgsl, flashMatrixWgsl];
const BLOCKS = [stagedWgsl, storedWgsl];
/** So that a workgroup is done within 5 ms at 2 GFLOP/s, or 10 ms at 200: what is not finite takes some ten times that. */
const AT_ONCE = { software: 1e7, gpu: 2e9 };
/** `Softmax` in shaders/matrix/softmax.wgsl. */
const SOFTMAX_BYTES = 8;
/** Blocks of eight rows, in subgroups of 128. */
const MOST_ROW_LANES = 64;
/** What tiles under way have found so far. */
const LARGEST_SCRATCH_BYTES = 32 * 2 ** 20;

/** Fused attention on subgroup matrices; see shaders/matrix/flash_matrix.wgsl. */
export const flashMatrix: Kernel = {
  name: 'flash-matrix',
  summary:
    'Fused, on subgroup matrices (tensor cores): float16, where Chrome has them behind a flag.',
  onMatrices: true,
  lacks: lacksMatrices,
  sources: [...BLOCKS, ...FILES, afreshWgsl, carriedWgsl],

  /** For the largest tiles, whatever the device has: they meet the fewest keys at a time, and are padded the most. */
  scratchBytes(problem) {
    const queries = MOST_ROW_BLOCKS * LARGEST_BLOCK;
    const tile = { queries, keys: SUBGROUPS * LARGEST_BLOCK };
    const keys = affordableKeys(problem, tile, AT_ONCE.software);
    if (keys >= problem.shape.keyLength) return 0;
    const columns = paddedTo(SUBGROUPS * LARGEST_BLOCK, problem.shape.valueSize);
    const bytes = queries * (columns * 4 + MOST_ROW_LANES * SOFTMAX_BYTES);
    return Math.min(LARGEST_SCRATCH_BYTES, unitCount(problem, tile) * bytes);
  },

  refuses: ({ type }) =>
    type === 'f16' ? null : { field: 'type', value: type, allowed: `'f16' for flash-matrix` },

  async prepare(gpu, problem, operands) {
    const tile = chooseMatrixTile(problem, gpu)!;
    const { block, subgroupSize, subgroups, rowBlocks } = tile;
    const keys = keysAtOnce(problem, tile, gpu, AT_ONCE);
    const inParts = keys < problem.shape.keyLength;
    const carried = carriedBytes(problem, tile);
    const bytes = carried.scratch + carried.ends;
    const width = unitsWithRoom(unitCount(problem, tile), bytes, LARGEST_SCRATCH_BYTES);
    const slots: Slot[] = ['query', 'key', 'value', 'output'];
    if (inParts) slots.push('scratch', 'ends');
    if (operands.logSumExp) slots.push('logSumExp');
    return prepareExecution(gpu, problem, operands, {
      label: 'flash-matrix',
      tile,
      rows: 'head',
      operands: 'scalar',
      enable: ['subgroups', 'chromium_experimental_subgroup_matrix'],
      constants: {
        MATRIX_ROWS: block.M,
        MATRIX_COLUMNS: block.N,
        MATRIX_DEPTH: block.K,
        SUBGROUP_SIZE: subgroupSize,
        SUBGROUPS: subgroups,
        ROW_BLOCKS: rowBlocks,
      },
      passes: [
        {
          label: 'flash-matrix',
          files: [
            hasWholeTile(problem, tile) ? storedWgsl : stagedWgsl,
            inParts ? carriedWgsl : afreshWgsl,
            ...FILES,
          ],
          slots,
          workgroups: (units) => [units],
        },
      ],
      units: unitCount(problem, tile),
      maxUnits: inParts ? width : Infinity,
      keysAtOnce: keys,
      scratch: inParts
        ? { scratch: width * carried.scratch, ends: width * carried.ends }
        : undefined,
    });
  },
};

const paddedTo = (step: number, extent: number): number => Math.ceil(extent / step) * step;

/** What waits between two parts of a tile's keys: its outputs in whole strips, and each thread's softmax. */
function carriedBytes({ shape }: Problem, { queries, block, subgroups, subgroupSize }: MatrixTile) {
  const columns = paddedTo(subgroups * block.N, shape.valueSize);
  return { scratch: queries * columns * 4, ends: subgroups * subgroupSize * SOFTMAX_BYTES };
}

/** Whether there is a tile of keys that needs no padding, and operands are not smaller than a block. */
function hasWholeTile({ shape }: Problem, { keys, block }: MatrixTile): boolean {
  const { keyLength, headSize, valueSize } = shape;
  return keyLength >= keys && keyLength * Math.min(headSize, valueSize) >= block.K * block.N;
}
