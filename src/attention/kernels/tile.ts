import type { Problem } from '../problem';

/** Extents of a workgroup's tile. */
export interface Tile {
  readonly queries: number;
  readonly keys: number;
  /** Queries of a thread: 4 unless told, or 8. */
  readonly rowsOfThread?: 4 | 8;
  /** Whether a tile's queries stay in workgroup memory for all of its keys. Nothing for who has none there. */
  readonly queriesResident?: boolean;
}

/** Sixteen threads of four keys; see shaders/shared/score_tile.wgsl. */
export const TILE_KEYS = 64;
export const TILE_QUERIES = 32;
/** Depth, in vectors of four, of what is staged at a time (DEPTH_QUADS in the shader). */
const DEPTH_QUADS = 8;
const VECTOR_BYTES = 16;

/** The tile for a problem: queries stay resident where workgroup memory has room for them. */
export function chooseTile(
  problem: Problem,
  limits: GPUSupportedLimits,
  queries = TILE_QUERIES,
  rowsOfThread: Tile['rowsOfThread'] = 4,
): Tile {
  const headQuads = Math.ceil(problem.shape.headSize / 4);
  const available = limits.maxComputeWorkgroupStorageSize / VECTOR_BYTES - scratchVectors(queries);
  const queriesResident = queries * headQuads <= available || headQuads <= DEPTH_QUADS;
  return { queries, keys: TILE_KEYS, rowsOfThread, queriesResident };
}

/** As in the shader: weights of a tile, or keys of one depth. */
const scratchVectors = (queries: number): number =>
  (Math.max(queries, 4 * DEPTH_QUADS) * TILE_KEYS) / 4;

/** What a tile of so many queries takes with the least of them staged at a time. */
export const leastWorkgroupBytes = (queries: number): number =>
  (scratchVectors(queries) + queries * DEPTH_QUADS) * VECTOR_BYTES;

/** Threads of a tile: each has four keys of its queries. */
export const threadsOf = ({ queries, keys, rowsOfThread = 4 }: Tile): number =>
  (queries * keys) / (4 * rowsOfThread);

/** Units of work: tiles of queries, over all heads and batch elements. */
export function unitCount(problem: Problem, tile: Tile): number {
  const { batch, heads, queryLength } = problem.shape;
  return batch * heads * Math.ceil(queryLength / tile.queries);
}
