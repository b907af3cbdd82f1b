import type { Problem } from '../problem';

/** Extents of a workgroup's tile. */
export interface Tile {
  readonly queries: number;
  readonly keys: number;
  /** Queries of a thread: 4 unless told, or 8. */
  readonly rowsOfThread?: 4 | 8;
  /** Whether a tile's queries stay in workgroup memory for all of its keys. Nothing for who has none there. */
  readonly queriesResident?: boolean;
  /** Whether values go through workgroup memory as keys do: no unless told. */
  readonly valuesStaged?: boolean;
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
  { rowsOfThread = 4, valuesStaged = false }: Pick<Tile, 'rowsOfThread' | 'valuesStaged'> = {},
): Tile {
  const headQuads = Math.ceil(problem.shape.headSize / 4);
  const room = limits.maxComputeWorkgroupStorageSize / VECTOR_BYTES;
  const available = room - scratchVectors(queries, valuesStaged);
  const queriesResident = queries * headQuads <= available || headQuads <= DEPTH_QUADS;
  return { queries, keys: TILE_KEYS, rowsOfThread, queriesResident, valuesStaged };
}

/** As in the shader: weights of a tile, or keys of one depth; both where values take the place of the keys. */
function scratchVectors(queries: number, valuesStaged: boolean): number {
  const staged = 4 * DEPTH_QUADS;
  return ((valuesStaged ? queries + staged : Math.max(queries, staged)) * TILE_KEYS) / 4;
}

/** What a tile of so many queries takes with the least of them staged at a time. */
export const leastWorkgroupBytes = (queries: number, valuesStaged = false): number =>
  (scratchVectors(queries, valuesStaged) + queries * DEPTH_QUADS) * VECTOR_BYTES;

/** Threads of a tile: each has four keys of its queries. */
export const threadsOf = ({ queries, keys, rowsOfThread = 4 }: Tile): number =>
  (queries * keys) / (4 * rowsOfThread);

/** Units of work: tiles of queries, over all heads and batch elements. */
export function unitCount(problem: Problem, tile: Tile): number {
  const { batch, heads, queryLength } = problem.shape;
  return batch * heads * Math.ceil(queryLength / tile.queries);
}
