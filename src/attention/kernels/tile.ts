import broadcastWgsl from '../../../shaders/shared/key_rows_broadcast.wgsl?raw';
import loadedWgsl from '../../../shaders/shared/key_rows_loaded.wgsl?raw';
import type { Problem } from '../problem';

/** The properties of a device that plans depend on; a `Gpu` has them. */
export interface Target {
  readonly device: Pick<GPUDevice, 'limits' | 'features'>;
  readonly info: Pick<
    GPUAdapterInfo,
    'architecture' | 'subgroupMinSize' | 'subgroupMaxSize' | 'subgroupMatrixConfigs'
  >;
}

/** Whether the adapter is software: a CPU emulates the GPU. */
export const isSoftware = ({ info }: Pick<Target, 'info'>): boolean =>
  info.architecture === 'swiftshader' || info.architecture === 'software';

/** Extents of a workgroup's tile. */
export interface Tile {
  readonly queries: number;
  readonly keys: number;
  /** Queries of a thread; 4 by default. */
  readonly rowsOfThread?: 4 | 8;
  /** Whether a tile's queries stay in workgroup memory for all of its keys. Undefined for kernels without workgroup memory. */
  readonly queriesResident?: boolean;
  /** Whether values are staged in workgroup memory like keys; false by default. */
  readonly valuesStaged?: boolean;
}

/** Sixteen threads of four keys; see shaders/shared/score_tile.wgsl. */
export const TILE_KEYS = 64;
export const TILE_QUERIES = 32;
/** Depth of the operands staged at a time, in vectors of four (DEPTH_QUADS in the shader). */
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

/** As in the shader: a tile's weights or one depth of its keys; both where values are staged in place of the keys. */
function scratchVectors(queries: number, valuesStaged: boolean): number {
  const staged = 4 * DEPTH_QUADS;
  return ((valuesStaged ? queries + staged : Math.max(queries, staged)) * TILE_KEYS) / 4;
}

/** Workgroup memory of a tile of so many queries, with as few of their values staged at a time as possible. */
export const minWorkgroupBytes = (queries: number, valuesStaged = false): number =>
  (scratchVectors(queries, valuesStaged) + queries * DEPTH_QUADS) * VECTOR_BYTES;

/** Threads of a tile: each has four keys of its queries. */
export const threadsOf = ({ queries, keys, rowsOfThread = 4 }: Tile): number =>
  (queries * keys) / (4 * rowsOfThread);

/** Units of work: tiles of queries, over all heads and batch elements. */
export function unitCount(problem: Problem, tile: Tile): number {
  const { batch, heads, queryLength } = problem.shape;
  return batch * heads * Math.ceil(queryLength / tile.queries);
}

/** Rows of a thread and keys of a tile; see shaders/shared/attend_direct.wgsl. */
export const ROWS_OF_THREAD = 8;
const DIRECT_TILE_KEYS = 16;
/** Lanes that share their loads. */
export const LANES = 4;
const MAX_DIRECT_THREADS = 32;
export const MAX_DIRECT_QUERIES = MAX_DIRECT_THREADS * ROWS_OF_THREAD;

/** Whether the device has subgroups, none smaller than the four lanes that share a load. */
export const canShareLoads = ({ device, info }: Target): boolean =>
  device.features.has('subgroups') && (info.subgroupMinSize ?? 0) >= LANES;

export const keyRowsSources: readonly string[] = [broadcastWgsl, loadedWgsl];

/** How a device's threads load keys and values into registers. */
export const chooseKeyRows = (gpu: Target) =>
  canShareLoads(gpu)
    ? ({ wgsl: broadcastWgsl, enable: ['subgroups'] } as const)
    : ({ wgsl: loadedWgsl, enable: [] } as const);

/** One subgroup's rows. More would only make mask tiles coarser, as threads cooperate within a subgroup alone. */
export function directTile(gpu: Target): Tile {
  const lanes = (canShareLoads(gpu) && gpu.info.subgroupMaxSize) || LANES;
  const threads = Math.min(MAX_DIRECT_THREADS, Math.max(LANES, lanes));
  return {
    queries: threads * ROWS_OF_THREAD,
    keys: DIRECT_TILE_KEYS,
    rowsOfThread: ROWS_OF_THREAD,
  };
}

/** Scratch bytes to allocate: `worth` of them, or as many as one binding can hold. */
export const scratchRoom = (
  worth: number,
  { maxStorageBufferBindingSize }: GPUSupportedLimits,
): number => Math.min(worth, maxStorageBufferBindingSize);

/** How many units fit at the same time; at least one. */
export const unitsWithRoom = (units: number, unitBytes: number, room: number): number =>
  Math.min(units, Math.max(1, Math.floor(room / unitBytes)));

/** Arithmetic operations that a workgroup may do in one submission: tens of milliseconds on a slow device. */
interface OperationsAtOnce {
  readonly software: number;
  readonly gpu: number;
}

/** Keys that a tile of queries processes in one submission: a multiple of the tile's, or all of them. */
export function keysAtOnce(
  problem: Problem,
  tile: Tile,
  target: Target,
  { software, gpu }: OperationsAtOnce,
): number {
  return affordableKeys(problem, tile, isSoftware(target) ? software : gpu);
}

/** The same for a given number of operations. */
export function affordableKeys({ shape }: Problem, tile: Tile, operations: number): number {
  const operationsOfKey = 2 * tile.queries * (shape.headSize + shape.valueSize);
  const tiles = Math.max(1, Math.floor(operations / operationsOfKey / tile.keys));
  return Math.min(tiles * tile.keys, shape.keyLength);
}

/** Keys of one submission. */
export interface KeyRange {
  readonly firstKey: number;
  readonly endKey: number;
}

/** The tile, slot and keys of a unit of work. */
export interface UnitPosition extends KeyRange {
  /** The tile of queries, counted over all heads and batch elements. */
  readonly tile: number;
  /** Its slot among the tiles in flight; 0 where no state is saved between submissions. */
  readonly slot: number;
}

/**
 * Tiles of queries that process their keys in chunks, so that submissions stay short however many keys there
 * are. `width` tiles are in flight at a time, with their state saved in as many slots: all of them process the
 * first chunk, then all process the second.
 */
export class KeyParts {
  readonly #parts: number;

  constructor(
    private readonly tiles: number,
    private readonly width: number,
    private readonly keys: number,
    private readonly keyLength: number,
  ) {
    this.#parts = Math.ceil(keyLength / keys);
  }

  get units(): number {
    return this.tiles * this.#parts;
  }

  at(unit: number): UnitPosition {
    const { first, width, rest } = this.#group(unit);
    const firstKey = Math.floor(rest / width) * this.keys;
    const endKey = Math.min(firstKey + this.keys, this.keyLength);
    const index = rest % width;
    return { tile: first + index, slot: this.#parts === 1 ? 0 : index, firstKey, endKey };
  }

  /** Units from this one on that process the same keys. */
  maxUnitsFrom(unit: number): number {
    const { width, rest } = this.#group(unit);
    return width - (rest % width);
  }

  /** The group of tiles in flight at a unit, and the unit's index in it. */
  #group(unit: number) {
    const unitsOfGroup = this.width * this.#parts;
    const group = Math.floor(unit / unitsOfGroup);
    const first = group * this.width;
    const width = Math.min(this.width, this.tiles - first);
    return { first, width, rest: unit - group * unitsOfGroup };
  }
}
