import type { WorkOptions } from '../../async/abort';
import largestDifferenceWgsl from '../../../shaders/maps/largest_difference.wgsl?raw';
import { type Cleanup, type CountedBuffer, destroyAfter } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { type CompiledPipeline, bindInOrder, dispatch } from '../../webgpu/pipelines';
import { Pace } from '../../webgpu/submission';
import { submitPass } from '../../webgpu/timing';
import { download } from '../../webgpu/transfer';
import { storageLimit } from '../fit';
import { CELL_BYTES, type GpuWeightMap, regionWords } from './gpu-weight-map';
import type { MapExtent } from './programs';
import type { RowStats } from './row-stats';
import { type MapRegion, layoutOfRegion } from './weight-map';

/** Where two maps differ most, and by how much; Infinity if one of them is NaN there. */
interface FoundDifference {
  readonly row: number;
  readonly column: number;
  readonly size: number;
}

/** Most bytes of a block on each side: 4,194,304 weights, or 64 rows at 65,536 keys. */
const MAX_BLOCK_BYTES = 32 * 2 ** 20;
/** Most blocks that are searched before their candidates are read. */
const MAX_BLOCKS = 64;
/** Fewest weights for a workgroup to search, and most workgroups for a block; each leaves one candidate. */
const MIN_GROUP_WEIGHTS = 1024;
const MAX_GROUPS = 256;
const CANDIDATE_WORDS = 2;

/** Bindings of shaders/maps/largest_difference.wgsl. */
const BINDINGS = { 0: 'uniform', 1: 'read', 2: 'read', 3: 'read-write' } as const;

/** The extents of single weights that a map's kernel computes in one unit. */
const unitOf = ({ resources }: GpuWeightMap) => resources.shaders.unit({ rows: 1, columns: 1 });

/** The tiles that blocks are made of, and the most of them in a block. */
interface BlockSize {
  readonly tile: MapExtent;
  readonly maxTiles: number;
  readonly bytes: number;
}

function blockSize(a: GpuWeightMap, b: GpuWeightMap): BlockSize {
  const [ofA, ofB] = [unitOf(a), unitOf(b)];
  const tile = {
    rows: Math.max(ofA.rows, ofB.rows),
    columns: Math.max(ofA.columns, ofB.columns),
  };
  const tileBytes = tile.rows * tile.columns * CELL_BYTES;
  const all = Math.ceil(a.rows / tile.rows) * Math.ceil(a.columns / tile.columns);
  const room = Math.min(MAX_BLOCK_BYTES, storageLimit(a.resources.gpu.device.limits).available);
  const maxTiles = Math.min(all, Math.max(1, Math.floor(room / tileBytes)));
  return { tile, maxTiles, bytes: maxTiles * tileBytes };
}

/** The buffers of blocks, and the kernel that searches them. */
class DifferenceSearch {
  /** The blocks of the candidates that have not been read yet, in their order. */
  #regions: MapRegion[] = [];

  private constructor(
    readonly gpu: Gpu,
    readonly size: BlockSize,
    readonly ours: CountedBuffer,
    readonly theirs: CountedBuffer,
    private readonly block: CountedBuffer,
    private readonly candidates: CountedBuffer,
    private readonly pipeline: CompiledPipeline,
    private readonly group: GPUBindGroup,
  ) {}

  static async create(gpu: Gpu, size: BlockSize, owned: Cleanup): Promise<DifferenceSearch> {
    const label = 'largest difference';
    const request = { label, code: largestDifferenceWgsl, bindings: BINDINGS };
    const pipeline = await gpu.raceLoss(gpu.pipelines.get(request));
    const make = async (name: string, bytes: number, usage: GPUBufferUsageFlags) =>
      owned.add(await gpu.buffers.create(name, bytes, usage));
    const { STORAGE, UNIFORM, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const ours = await make('a block of the first map', size.bytes, STORAGE);
    const theirs = await make('a block of the second map', size.bytes, STORAGE);
    const block = await make('block to search', 8, UNIFORM | COPY_DST);
    const bytes = MAX_BLOCKS * MAX_GROUPS * CANDIDATE_WORDS * 4;
    const candidates = await make('candidates', bytes, STORAGE | COPY_SRC);
    const resources = [block, ours, theirs, candidates].map(({ raw: buffer }) => ({ buffer }));
    const group = bindInOrder(gpu.device, label, pipeline.layout, resources);
    return new DifferenceSearch(gpu, size, ours, theirs, block, candidates, pipeline, group);
  }

  /** Searches the block in the two buffers; its candidates are read later, together with others. */
  submit(region: MapRegion): void {
    const cells = region.rows * region.columns;
    const groups = Math.min(MAX_GROUPS, Math.ceil(cells / MIN_GROUP_WEIGHTS));
    const words = Uint32Array.of(cells, this.#regions.length);
    this.gpu.device.queue.writeBuffer(this.block.raw, 0, words);
    submitPass(this.gpu, 'largest difference', null, (pass) =>
      dispatch(pass, this.pipeline, this.group, groups),
    );
    for (let i = 0; i < groups; i++) this.#regions.push(region);
  }

  /** Candidates of all blocks since the last call, unordered. */
  async read(): Promise<FoundDifference[]> {
    const regions = this.#regions;
    this.#regions = [];
    const bytes = regions.length * CANDIDATE_WORDS * 4;
    const candidates = new Uint32Array(await download(this.gpu, this.candidates, bytes));
    const sizes = new Float32Array(candidates.buffer);
    return regions.map(({ row, column, columns }, i) => {
      const at = CANDIDATE_WORDS * i;
      const cell = candidates[at + 1];
      const down = Math.floor(cell / columns);
      return { row: row + down, column: column + (cell % columns), size: sizes[at] };
    });
  }
}

/** Whether one difference is larger than the other, or equal and first in the map. */
function isBefore(one: FoundDifference, other: FoundDifference): boolean {
  if (one.size !== other.size) return one.size > other.size;
  return one.row !== other.row ? one.row < other.row : one.column < other.column;
}

/** Whether two maps are on the same device, so that they can be compared there. */
export const onOneDevice = (a: GpuWeightMap, b: GpuWeightMap): boolean =>
  a.resources.gpu === b.resources.gpu;

/**
 * Compares every weight of two maps of equal extents on one device, block by block; only candidates are read back.
 * Returns the first of equal differences, by row and then by column. Differences are rounded to float32.
 * @throws the signal's reason; OutOfMemoryError; DeviceLostError; an error where one of the maps is destroyed.
 */
export async function scanDifferences(
  a: GpuWeightMap,
  b: GpuWeightMap,
  { signal, onProgress }: WorkOptions = {},
): Promise<FoundDifference> {
  signal?.throwIfAborted();
  return a.reading((rowsOfA) =>
    b.reading(async (rowsOfB) => {
      // Row statistics may be there already; the scan itself is the other half of the progress.
      const stage = (first: number, share: number) => (fraction: number) =>
        onProgress?.(first + share * fraction);
      await rowsOfA.compute(rowsOfA.tiles, { signal, onProgress: stage(0, 0.25) });
      await rowsOfB.compute(rowsOfB.tiles, { signal, onProgress: stage(0.25, 0.25) });
      return destroyAfter(async (owned) => {
        const search = await DifferenceSearch.create(a.resources.gpu, blockSize(a, b), owned);
        const sides = [
          { map: a, rows: rowsOfA, cells: search.ours },
          { map: b, rows: rowsOfB, cells: search.theirs },
        ];
        return new DifferenceScan(a, sides, search, signal).run(stage(0.5, 0.5));
      });
    }),
  );
}

/** One of the two maps, and the buffer for blocks of it. */
interface Side {
  readonly map: GpuWeightMap;
  readonly rows: RowStats;
  readonly cells: CountedBuffer;
}

/** One scan of two maps: block by block, in rows of tiles. */
class DifferenceScan {
  readonly #pace = new Pace();
  readonly #across: number;
  readonly #tiles: number;
  #best: FoundDifference = { row: 0, column: 0, size: -1 };

  constructor(
    private readonly map: GpuWeightMap,
    private readonly sides: readonly Side[],
    private readonly search: DifferenceSearch,
    private readonly signal: AbortSignal | undefined,
  ) {
    const { tile } = search.size;
    this.#across = Math.ceil(map.columns / tile.columns);
    this.#tiles = Math.ceil(map.rows / tile.rows) * this.#across;
  }

  async run(onProgress: (fraction: number) => void): Promise<FoundDifference> {
    for (let done = 0; done < this.#tiles;) {
      // Not aborted midway: a buffer that is being copied must not be freed.
      done += await this.map.resources.shared.queue.run(() => this.#searchSome(done));
      onProgress(done / this.#tiles);
    }
    this.signal?.throwIfAborted();
    return this.#best;
  }

  /** Searches some blocks from a tile on; returns the number of tiles. */
  async #searchSome(first: number): Promise<number> {
    this.signal?.throwIfAborted();
    for (const { map } of this.sides) map.resources.assertOpen();
    const count = this.#pace.next(this.#tiles - first, MAX_BLOCKS * this.search.size.maxTiles);
    const start = performance.now();
    let blocks = 0;
    let at = first;
    while (at < first + count && blocks < MAX_BLOCKS) {
      const block = this.#blockAt(at, first + count - at);
      for (const side of this.sides) this.#submitCells(side, block);
      this.search.submit(block);
      blocks++;
      at += this.#tilesOf(block);
    }
    const found = await this.search.read();
    this.#pace.learn(at - first, performance.now() - start);
    for (const one of found) if (isBefore(one, this.#best)) this.#best = one;
    return at - first;
  }

  /** Whole rows of tiles where they fit, else a part of one. */
  #blockAt(first: number, tiles: number): MapRegion {
    const { tile, maxTiles } = this.search.size;
    const count = Math.min(tiles, maxTiles);
    const [down, across] = [Math.floor(first / this.#across), first % this.#across];
    const rowsOfTiles = across === 0 ? Math.floor(count / this.#across) : 0;
    const wide = rowsOfTiles > 0 ? this.#across : Math.min(count, this.#across - across);
    const high = Math.max(1, rowsOfTiles);
    const [row, column] = [down * tile.rows, across * tile.columns];
    return {
      row,
      column,
      rows: Math.min(high * tile.rows, this.map.rows - row),
      columns: Math.min(wide * tile.columns, this.map.columns - column),
      rowsOfCell: 1,
      columnsOfCell: 1,
    };
  }

  #tilesOf({ rows, columns }: MapRegion): number {
    const { tile } = this.search.size;
    return Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns);
  }

  /** Computes the weights of a block, row by row. */
  #submitCells({ map, rows, cells }: Side, region: MapRegion): void {
    const unit = unitOf(map);
    const strips = Array.from({ length: Math.ceil(region.rows / unit.rows) }, (_, i) => i);
    const blocks = Math.ceil(region.columns / unit.columns);
    const layout = layoutOfRegion(region, map.rows, map.columns);
    const cell = { rows: 1, columns: 1 };
    const plan = { region, layout, cell, unit, width: region.columns, blocks };
    const words = regionWords(map.sequence, plan, 0);
    const work = map.resources.cellsWork(map.sequence, rows.buffer, cells, words, strips);
    const units = strips.length * blocks;
    work.prepare(0, units);
    submitPass(this.search.gpu, work.label, null, (pass) => work.encode(pass, 0, units));
  }
}
