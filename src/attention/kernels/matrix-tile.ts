import type { SubgroupMatrixConfig } from '../../webgpu/subgroup-matrix';
import type { Problem } from '../problem';
import type { Target } from './target';
import type { Tile } from './tile';

/** How a workgroup's work is cut into matrix blocks; see shaders/matrix/flash_matrix.wgsl. */
export interface MatrixTile extends Tile {
  /** Extents of a block: rows of the left, columns of the right, and what they share. */
  readonly block: SubgroupMatrixConfig;
  readonly subgroupSize: number;
  readonly subgroups: number;
  readonly rowBlocks: number;
}

/** Each has keys of its own, then columns of its own: a head of 64 values is four blocks of 16. */
export const SUBGROUPS = 4;
/** Wanted; fewer rows where workgroup memory is short, more keys where four blocks are. */
export const MOST_ROW_BLOCKS = 2;
const FEWEST_KEYS = 64;
/** As in the shaders: elements that pad a row. */
const HALF_PADDING = 8;
const SCORE_PADDING = 4;
/** Flags and row factors, and what drivers add. */
const SPARE_BYTES = 512;

/** What a device lacks for this kernel, in words; null for nothing. */
export function lacksMatrices(target: Target): string | null {
  const { device, info } = target;
  if (!device.features.has('chromium-experimental-subgroup-matrix')) return 'subgroup matrices';
  if (!device.features.has('subgroups') || info.subgroupMinSize !== info.subgroupMaxSize)
    return 'subgroups of one size';
  if (!chooseBlock(target)) return 'subgroup matrices of float16 that add up in float32';
  // The largest sizes need the most memory.
  const problem = { shape: { headSize: 256, valueSize: 256 } } as Problem;
  return chooseMatrixTile(problem, target) ? null : 'workgroup memory for its blocks';
}

/** The tile for a problem, with as many rows as there is room for; null for a device that cannot do it. */
export function chooseMatrixTile({ shape }: Problem, target: Target): MatrixTile | null {
  const block = chooseBlock(target);
  if (!block) return null;
  const { limits } = target.device;
  const subgroupSize = target.info.subgroupMaxSize!;
  const threads = SUBGROUPS * subgroupSize;
  const strip = SUBGROUPS * block.N;
  const keys = strip * Math.max(1, Math.ceil(FEWEST_KEYS / strip));
  let rowBlocks = MOST_ROW_BLOCKS;
  const tile = () => ({ queries: rowBlocks * block.M, keys, block, subgroupSize, rowBlocks });
  const { maxComputeWorkgroupStorageSize: room } = limits;
  while (rowBlocks > 1 && memoryOf(tile(), shape.headSize) > room) rowBlocks /= 2;
  const chosen = { ...tile(), subgroups: SUBGROUPS };
  return memoryOf(chosen, shape.headSize) <= room && suits(chosen, threads, limits) ? chosen : null;
}

/** The largest of the device's blocks of float16 that add up in float32, with extents that are powers of two. */
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
export const LARGEST_BLOCK = 32;
const SIZES = [8, 16, LARGEST_BLOCK];

/** Rows share the lanes evenly, and a row's lanes are within a subgroup. */
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
