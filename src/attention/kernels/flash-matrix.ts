import stagedWgsl from '../../../shaders/matrix/blocks_staged.wgsl?raw';
import storedWgsl from '../../../shaders/matrix/blocks_stored.wgsl?raw';
import exactWgsl from '../../../shaders/matrix/exact.wgsl?raw';
import flashMatrixWgsl from '../../../shaders/matrix/flash_matrix.wgsl?raw';
import scoresWgsl from '../../../shaders/matrix/scores.wgsl?raw';
import softmaxWgsl from '../../../shaders/matrix/softmax.wgsl?raw';
import stateNewWgsl from '../../../shaders/matrix/state_new.wgsl?raw';
import stateResumedWgsl from '../../../shaders/matrix/state_resumed.wgsl?raw';
import valuesWgsl from '../../../shaders/matrix/values.wgsl?raw';
import type { SubgroupMatrixConfig } from '../../webgpu/device';
import type { Problem } from '../problem';
import { type Kernel, rankVariant } from './kernel';
import { prepareExecution } from './passes';
import {
  type Target,
  type Tile,
  affordableKeys,
  keysAtOnce,
  unitsWithRoom,
  unitCount,
} from './tile';

/** How a workgroup's work is cut into matrix blocks; see shaders/matrix/flash_matrix.wgsl. */
interface MatrixTile extends Tile {
  /** Extents of a block: rows of the left operand, columns of the right one, and their shared depth. */
  readonly block: SubgroupMatrixConfig;
  readonly subgroupSize: number;
  readonly subgroups: number;
  readonly rowBlocks: number;
}

/** Each takes its own keys, then its own columns: a head of 64 values is four blocks of 16. */
const SUBGROUPS = 4;
/** Preferred extents: fewer rows where workgroup memory is short, more keys where blocks are large. */
const MAX_ROW_BLOCKS = 2;
const MIN_KEYS = 64;
/** As in the shaders: elements that pad a row. */
const HALF_PADDING = 8;
const SCORE_PADDING = 4;
/** Flags, row factors and drivers' overhead. */
const SPARE_BYTES = 512;

/** What a device lacks for this kernel, in words; null if nothing. */
export function missingMatrixFeature(target: Target): string | null {
  const { device, info } = target;
  if (!device.features.has('chromium-experimental-subgroup-matrix')) return 'subgroup matrices';
  if (!device.features.has('subgroups') || info.subgroupMinSize !== info.subgroupMaxSize)
    return 'subgroups of one size';
  if (!chooseBlock(target)) return 'subgroup matrices of float16 that add up in float32';
  // The largest sizes need the most memory.
  const problem = { shape: { headSize: 256, valueSize: 256 } } as Problem;
  return chooseMatrixTile(problem, target) ? null : 'workgroup memory for its blocks';
}

/** The tile for a problem, with as many rows as fit; null if the device cannot run the kernel. */
export function chooseMatrixTile({ shape }: Problem, target: Target): MatrixTile | null {
  const block = chooseBlock(target);
  if (!block) return null;
  const { limits } = target.device;
  const subgroupSize = target.info.subgroupMaxSize!;
  const threads = SUBGROUPS * subgroupSize;
  const strip = SUBGROUPS * block.N;
  const keys = strip * Math.max(1, Math.ceil(MIN_KEYS / strip));
  let rowBlocks = MAX_ROW_BLOCKS;
  const tile = () => ({ queries: rowBlocks * block.M, keys, block, subgroupSize, rowBlocks });
  const { maxComputeWorkgroupStorageSize: room } = limits;
  while (rowBlocks > 1 && memoryOf(tile(), shape.headSize) > room) rowBlocks /= 2;
  const chosen = { ...tile(), subgroups: SUBGROUPS };
  return memoryOf(chosen, shape.headSize) <= room && suits(chosen, threads, limits) ? chosen : null;
}

/** The device's largest float16 block with float32 sums, and extents that are powers of two. */
export function chooseBlock({ info }: Pick<Target, 'info'>): SubgroupMatrixConfig | null {
  const usable = [...(info.subgroupMatrixConfigs ?? [])].filter(
    ({ M, N, K, componentType, resultComponentType }) =>
      componentType === 'f16' &&
      resultComponentType === 'f32' &&
      [M, N, K].every((extent) => SIZES.includes(extent)),
  );
  const volume = ({ M, N, K }: SubgroupMatrixConfig) => M * N * K;
  return usable.toSorted((a, b) => volume(b) - volume(a))[0] ?? null;
}

/** The largest extent of a block. */
const MAX_BLOCK = 32;
const SIZES = [8, 16, MAX_BLOCK];

/** Whether rows share the lanes evenly, with each row's lanes within one subgroup. */
function suits(
  { queries, subgroupSize }: Omit<MatrixTile, 'subgroups'>,
  threads: number,
  limits: GPUSupportedLimits,
): boolean {
  const lanes = threads / queries;
  return (
    Number.isInteger(lanes) &&
    lanes <= subgroupSize &&
    threads <= limits.maxComputeInvocationsPerWorkgroup &&
    threads <= limits.maxComputeWorkgroupSizeX
  );
}

/** Bytes of workgroup memory, as the shaders declare it. */
function memoryOf(
  { queries, keys, block: { N, K } }: Pick<MatrixTile, 'queries' | 'keys' | 'block'>,
  headSize: number,
): number {
  const depth = Math.ceil(headSize / K) * K;
  const query = queries * (depth + HALF_PADDING) * 2;
  const scores = queries * (keys + SCORE_PADDING) * 4;
  const weights = queries * (2 * keys + HALF_PADDING) * 2;
  const staged = 2 * Math.max(keys * (K + HALF_PADDING), K * (SUBGROUPS * N + HALF_PADDING));
  return query + scores + weights + staged + queries * 4 + SPARE_BYTES;
}

const FILES = [scoresWgsl, softmaxWgsl, valuesWgsl, exactWgsl, flashMatrixWgsl];
const BLOCKS = [stagedWgsl, storedWgsl];
/** Keeps a workgroup below 5 ms at 2 GFLOP/s (software) or 10 ms at 200 (GPU): non-finite values take some ten times that. */
const AT_ONCE = { software: 1e7, gpu: 2e9 };
/** `Softmax` in shaders/matrix/softmax.wgsl. */
const SOFTMAX_BYTES = 8;
/** Blocks of eight rows, in subgroups of 128. */
const MAX_ROW_LANES = 64;
/** Most bytes of saved state of tiles in flight. */
const MAX_SCRATCH_BYTES = 32 * 2 ** 20;

/** Fused attention on subgroup matrices; see shaders/matrix/flash_matrix.wgsl. */
export const flashMatrix: Kernel = {
  name: 'flash-matrix',
  summary:
    'Fused, on subgroup matrices (tensor cores): float16, where Chrome has them behind a flag.',
  onMatrices: true,
  rank: rankVariant(
    'float16 on a device with subgroup matrices: perhaps faster, for tuning to find out.',
  ),
  missingFeature: missingMatrixFeature,
  sources: [...BLOCKS, ...FILES, stateNewWgsl, stateResumedWgsl],

  /** For the largest tiles of any device: they process the fewest keys at a time, and have the most padding. */
  scratchBytes(problem) {
    const queries = MAX_ROW_BLOCKS * MAX_BLOCK;
    const tile = { queries, keys: SUBGROUPS * MAX_BLOCK };
    const keys = affordableKeys(problem, tile, AT_ONCE.software);
    if (keys >= problem.shape.keyLength) return 0;
    const columns = paddedTo(SUBGROUPS * MAX_BLOCK, problem.shape.valueSize);
    const bytes = queries * (columns * 4 + MAX_ROW_LANES * SOFTMAX_BYTES);
    return Math.min(MAX_SCRATCH_BYTES, unitCount(problem, tile) * bytes);
  },

  unsupported: ({ type }) =>
    type === 'f16' ? null : { field: 'type', value: type, allowed: `'f16' for flash-matrix` },

  async prepare(gpu, problem, operands) {
    const tile = chooseMatrixTile(problem, gpu)!;
    const { block, subgroupSize, subgroups, rowBlocks } = tile;
    const keys = keysAtOnce(problem, tile, gpu, AT_ONCE);
    const inParts = keys < problem.shape.keyLength;
    const carried = stateBytes(problem, tile);
    const bytes = carried.scratch + carried.rowState;
    const width = unitsWithRoom(unitCount(problem, tile), bytes, MAX_SCRATCH_BYTES);
    return prepareExecution(gpu, problem, operands, {
      label: 'flash-matrix',
      tile,
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
          files: [
            hasWholeTile(problem, tile) ? storedWgsl : stagedWgsl,
            inParts ? stateResumedWgsl : stateNewWgsl,
            ...FILES,
          ],
          slots: ['query', 'key', 'value', 'output', 'scratch', 'rowState', 'logSumExp'],
        },
      ],
      units: unitCount(problem, tile),
      maxUnits: inParts ? width : Infinity,
      keysAtOnce: keys,
      scratch: inParts
        ? { scratch: width * carried.scratch, rowState: width * carried.rowState }
        : undefined,
    });
  },
};

const paddedTo = (step: number, extent: number): number => Math.ceil(extent / step) * step;

/** A tile's saved state between chunks of keys: its outputs in whole strips, and each thread's softmax. */
function stateBytes({ shape }: Problem, { queries, block, subgroups, subgroupSize }: MatrixTile) {
  const columns = paddedTo(subgroups * block.N, shape.valueSize);
  return { scratch: queries * columns * 4, rowState: subgroups * subgroupSize * SOFTMAX_BYTES };
}

/** Whether some tile of keys needs no padding, and no operand is smaller than a block. */
function hasWholeTile({ shape }: Problem, { keys, block }: MatrixTile): boolean {
  const { keyLength, headSize, valueSize } = shape;
  return keyLength >= keys && keyLength * Math.min(headSize, valueSize) >= block.K * block.N;
}
