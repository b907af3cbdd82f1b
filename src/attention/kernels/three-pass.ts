import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import storeBlockWgsl from '../../../shaders/shared/store_block.wgsl?raw';
import valueBlockWgsl from '../../../shaders/shared/value_block.wgsl?raw';
import scoresWgsl from '../../../shaders/kernels/three_pass_scores.wgsl?raw';
import softmaxWgsl from '../../../shaders/kernels/three_pass_softmax.wgsl?raw';
import valuesWgsl from '../../../shaders/kernels/three_pass_values.wgsl?raw';
import { LimitError, formatBytes } from '../../webgpu/errors';
import type { Problem } from '../problem';
import type { Kernel } from './kernel';
import { prepareExecution } from './passes';
import {
  type Target,
  type Tile,
  affordableKeys,
  chooseTile,
  isSoftware,
  scratchRoom,
  unitCount,
  unitsWithRoom,
} from './tile';

const SOFTMAX = [blockWgsl, softmaxWgsl];
const SCORES = [blockWgsl, scoreTileWgsl, scoresWgsl];
const VALUES = [blockWgsl, scoreTileWgsl, valueBlockWgsl, storeBlockWgsl, valuesWgsl];
/** Columns of the output that one workgroup of the third pass computes. */
const COLUMNS = 64;
/** More scores at a time gain nothing: the GPU is busy, and its caches are no larger. */
const MAX_SCORES_BYTES = 256 * 2 ** 20;

/** Keeps a unit below 50 ms at 0.4 GFLOP/s (software) or 10 (GPU). */
const AT_ONCE = { software: 2e7, gpu: 5e8 };
const MIN_QUERIES = 4;

/**
 * Scores, softmax and values as three passes with the scores stored. Works on a block of query tiles at a
 * time, so that the scores never outgrow a binding.
 */
export const threePass: Kernel = {
  name: 'three-pass',
  summary: 'Scores, softmax and values as three stored passes.',
  sources: [...SCORES, ...SOFTMAX, ...VALUES],

  scratchBytes(problem, limits) {
    return scoreBlock(problem, chooseTile(problem, limits), limits).bytes;
  },

  prepare(gpu, problem, operands) {
    const tile = chooseRows(problem, gpu);
    const block = scoreBlock(problem, tile, gpu.device.limits);
    return prepareExecution(gpu, problem, operands, {
      label: 'three-pass',
      tile,
      passes: [
        {
          label: 'three-pass scores',
          files: SCORES,
          slots: ['query', 'key', 'scratch'],
          workgroups: (units) => [block.stride / tile.keys, units],
        },
        {
          label: 'three-pass softmax',
          files: SOFTMAX,
          slots: ['logSumExp', 'scratch'],
          // Rows that only pad a tile are skipped: their outputs are never read.
          workgroups: (units) => [Math.min(tile.queries, problem.shape.queryLength), units],
        },
        {
          label: 'three-pass values',
          files: VALUES,
          slots: ['value', 'output', 'scratch'],
          workgroups: (units) => [Math.ceil(problem.shape.valueSize / COLUMNS), units],
        },
      ],
      units: unitCount(problem, tile),
      maxUnits: block.units,
      scratch: { scratch: block.bytes },
    });
  },
};

/** Fewer rows where a unit would take a slow device too long, as this kernel cannot divide the keys. */
function chooseRows(problem: Problem, target: Target): Tile {
  const operations = isSoftware(target) ? AT_ONCE.software : AT_ONCE.gpu;
  let tile = chooseTile(problem, target.device.limits);
  while (
    tile.queries > MIN_QUERIES &&
    affordableKeys(problem, tile, operations) < problem.shape.keyLength
  ) {
    tile = chooseTile(problem, target.device.limits, tile.queries / 2);
  }
  return tile;
}

/** The query tiles whose scores fit at a time. A row of scores is padded to whole tiles of keys. */
function scoreBlock(problem: Problem, tile: Tile, limits: GPUSupportedLimits) {
  const stride = Math.ceil(problem.shape.keyLength / tile.keys) * tile.keys;
  const unitBytes = tile.queries * stride * 4;
  const available = Math.min(scratchRoom(MAX_SCORES_BYTES, limits), limits.maxBufferSize);
  const largestKeys = Math.floor(available / (tile.queries * 4 * tile.keys)) * tile.keys;
  if (problem.shape.keyLength > largestKeys) {
    throw new LimitError(
      'maxStorageBufferBindingSize',
      unitBytes,
      available,
      `three-pass stores ${tile.queries} rows of scores at a time: ${formatBytes(unitBytes)} for keyLength ` +
        `${problem.shape.keyLength}, but a block may hold ${formatBytes(available)}; ` +
        `the largest keyLength that fits is ${largestKeys}.`,
    );
  }
  const units = Math.min(
    unitsWithRoom(unitCount(problem, tile), unitBytes, available),
    limits.maxComputeWorkgroupsPerDimension,
  );
  return { stride, units, bytes: units * unitBytes };
}
