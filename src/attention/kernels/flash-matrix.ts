import stagedWgsl from '../../../shaders/matrix/blocks_staged.wgsl?raw';
import storedWgsl from '../../../shaders/matrix/blocks_stored.wgsl?raw';
import exactWgsl from '../../../shaders/matrix/exact.wgsl?raw';
import flashMatrixWgsl from '../../../shaders/matrix/flash_matrix.wgsl?raw';
import scoresWgsl from '../../../shaders/matrix/scores.wgsl?raw';
import softmaxWgsl from '../../../shaders/matrix/softmax.wgsl?raw';
import valuesWgsl from '../../../shaders/matrix/values.wgsl?raw';
import type { Problem } from '../problem';
import type { Kernel } from './kernel';
import { type MatrixTile, chooseMatrixTile, lacksMatrices } from './matrix-tile';
import { prepareExecution } from './passes';
import { unitCount } from './tile';

const FILES = [scoresWgsl, softmaxWgsl, valuesWgsl, exactWgsl, flashMatrixWgsl];
const BLOCKS = [stagedWgsl, storedWgsl];

/** Fused attention on subgroup matrices; see shaders/matrix/flash_matrix.wgsl. */
export const flashMatrix: Kernel = {
  name: 'flash-matrix',
  summary:
    'Fused, on subgroup matrices (tensor cores): float16, where Chrome has them behind a flag.',
  onMatrices: true,
  lacks: lacksMatrices,
  sources: [...BLOCKS, ...FILES],
  scratchBytes: () => 0,

  refuses: ({ type }) =>
    type === 'f16' ? null : { field: 'type', value: type, allowed: `'f16' for flash-matrix` },

  async prepare(gpu, problem, operands) {
    const tile = chooseMatrixTile(problem, gpu)!;
    const { block, subgroupSize, subgroups, rowBlocks } = tile;
    const logSumExp = operands.logSumExp ? (['logSumExp'] as const) : [];
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
          files: [hasWholeTile(problem, tile) ? storedWgsl : stagedWgsl, ...FILES],
          slots: ['query', 'key', 'value', 'output', ...logSumExp],
          workgroups: (units) => [units],
        },
      ],
      units: unitCount(problem, tile),
      maxUnits: Infinity,
    });
  },
};

/** Whether there is a tile of keys that needs no padding, and operands are not smaller than a block. */
function hasWholeTile({ shape }: Problem, { keys, block }: MatrixTile): boolean {
  const { keyLength, headSize, valueSize } = shape;
  return keyLength >= keys && keyLength * Math.min(headSize, valueSize) >= block.K * block.N;
}
