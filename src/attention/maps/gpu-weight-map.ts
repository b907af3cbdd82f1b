import { TimeSlice } from '../../async/yield';
import type { CountedBuffer } from '../../webgpu/buffers';
import { LimitError, formatBytes } from '../../webgpu/errors';
import { submitPiece } from '../../webgpu/submission';
import { download } from '../../webgpu/transfer';
import { storageLimit } from '../fit';
import { MAX_LISTED, type MapResources } from './resources';
import type { MapExtent } from './programs';
import type { RowStats } from './row-stats';
import {
  type RegionLayout,
  refiningOrder,
  type MapRegion,
  PARTIAL_AFTER_MS,
  CellPool,
  layoutOfRegion,
  type MapCells,
  type MapReadOptions,
  type WeightMap,
} from './weight-map';

/** Most bytes of cells on the GPU that were not read yet. */
const MAX_CELLS_BYTES = 16 * 2 ** 20;
/** The largest weight and the sum. */
export const CELL_BYTES = 8;

/** How a region is divided into units of work. */
interface CellsPlan {
  readonly region: MapRegion;
  readonly layout: RegionLayout;
  /** Extents that the GPU pools: a cell of the region, or a part of one. */
  readonly cell: MapExtent;
  /** A unit of work; a strip is a row of units. */
  readonly unit: MapExtent;
  /** GPU cells and units across. */
  readonly width: number;
  readonly blocks: number;
  /** Strips in the order of their computation. */
  readonly strips: readonly number[];
  readonly stripBytes: number;
  readonly stripsAtOnce: number;
}

/** @throws LimitError if one strip of cells exceeds a binding. */
function planCells(
  { shaders, gpu }: MapResources,
  region: MapRegion,
  layout: RegionLayout,
): CellsPlan {
  const cell = {
    rows: Math.min(region.rowsOfCell, shaders.maxCell.rows),
    columns: Math.min(region.columnsOfCell, shaders.maxCell.columns),
  };
  const unit = shaders.unit(cell);
  const columns = layout.endColumn - region.column;
  const width = Math.ceil(columns / cell.columns);
  const stripBytes = (unit.rows / cell.rows) * width * CELL_BYTES;
  const strips = orderOfStrips(region, layout, unit.rows);
  const { limit, available } = storageLimit(gpu.device.limits);
  if (stripBytes > available) {
    throw new LimitError(
      limit,
      stripBytes,
      available,
      `${width} cells across need ${formatBytes(stripBytes)} at a time, but this device's ${limit} is ` +
        `${formatBytes(available)}; ask for fewer, or larger ones.`,
    );
  }
  const room = Math.min(MAX_CELLS_BYTES, available);
  const fitting = Math.max(1, Math.floor(room / stripBytes));
  const stripsAtOnce = Math.min(strips.length, MAX_LISTED, fitting);
  const blocks = Math.ceil(columns / unit.columns);
  return { region, layout, cell, unit, width, blocks, strips, stripBytes, stripsAtOnce };
}

/** Refines evenly by rows of cells, each of which may have many strips. */
function orderOfStrips(region: MapRegion, { endRow }: RegionLayout, rows: number): number[] {
  const count = Math.ceil((endRow - region.row) / rows);
  const together = Math.max(1, region.rowsOfCell / rows);
  return refiningOrder(Math.ceil(count / together)).flatMap((group) => {
    const first = group * together;
    return Array.from({ length: Math.min(together, count - first) }, (_, i) => first + i);
  });
}

/** `Region` of shaders/maps/cells_common.wgsl. `stripsBefore` strips are in the buffer already. */
export function regionWords(
  sequence: number,
  plan: Omit<CellsPlan, 'strips' | 'stripBytes' | 'stripsAtOnce'>,
  stripsBefore: number,
): number[] {
  const { region, layout, cell, unit, width, blocks } = plan;
  const origin = [sequence, region.row, region.column, layout.endRow];
  const extents = [cell.rows, cell.columns, unit.rows, unit.columns];
  return [...origin, ...extents, width, blocks, stripsBefore, 0];
}

/** Target time of a chunk of strips on the device, for row statistics and cells. */
const CHUNK_MS = 60;
const MAX_GROWTH = 4;

/** One reading of a region, chunk by chunk. */
class CellsReader {
  readonly #pool: CellPool;
  /** Strips in the buffer, not read yet. */
  #unread: number[] = [];

  constructor(
    private readonly resources: MapResources,
    private readonly sequence: number,
    private readonly rows: RowStats,
    private readonly plan: CellsPlan,
    private readonly buffer: CountedBuffer,
    private readonly options: MapReadOptions,
  ) {
    this.#pool = new CellPool(plan.region, plan.layout);
  }

  async run(): Promise<MapCells> {
    const { strips, stripsAtOnce } = this.plan;
    let reported = performance.now();
    let target = 1;
    for (let next = 0; next < strips.length;) {
      const count = Math.min(target, strips.length - next, stripsAtOnce - this.#unread.length);
      // Not wall-clock time, in which other readers' submissions would keep chunks as small as the first.
      const ms = Math.max(await this.#compute(strips.slice(next, next + count)), 0.1);
      next += count;
      target = Math.max(1, Math.min(Math.floor((count * CHUNK_MS) / ms), count * MAX_GROWTH));
      const finished = next === strips.length;
      const late = performance.now() - reported >= PARTIAL_AFTER_MS;
      if (finished || late || this.#unread.length === stripsAtOnce) await this.#read();
      if (late && !finished) {
        this.options.onPart?.(this.#pool.cells);
        reported = performance.now();
      }
    }
    return this.#pool.cells;
  }

  /** Returns the milliseconds that its submissions took. */
  async #compute(strips: readonly number[]): Promise<number> {
    const { plan, resources, options } = this;
    const { region, layout, unit } = plan;
    const tiles = strips.flatMap((strip) => {
      const first = region.row + strip * unit.rows;
      return this.rows.tilesOf(first, Math.min(first + unit.rows, layout.endRow));
    });
    let ms = await this.rows.compute([...new Set(tiles)], options);
    const units = strips.length * plan.blocks;
    for (let first = 0; first < units;) {
      const run = () => this.#piece(strips, first, units);
      const piece = await resources.shared.queue.run(run, options.signal);
      first += piece.count;
      ms += piece.wallMs;
    }
    this.#unread.push(...strips);
    return ms;
  }

  /** Computes some of the strips' units. */
  async #piece(strips: readonly number[], first: number, units: number) {
    const { resources, options } = this;
    const { gpu, shared } = resources;
    resources.assertOpen();
    const maxCount = gpu.device.limits.maxComputeWorkgroupsPerDimension;
    const count = shared.cellsPace.next(units - first, maxCount);
    const { sequence, rows, buffer } = this;
    const words = regionWords(sequence, this.plan, this.#unread.length);
    const work = resources.cellsWork(sequence, rows.buffer, buffer, words, strips);
    const { wallMs } = await submitPiece(gpu, work, first, count, options);
    shared.cellsPace.learn(count, wallMs);
    return { count, wallMs };
  }

  /** Reads the computed strips back and pools them. */
  async #read(): Promise<void> {
    const { region, layout, cell, unit, width, stripBytes } = this.plan;
    const strips = this.#unread;
    this.#unread = [];
    const bytes = strips.length * stripBytes;
    // Not aborted midway: a buffer that is being copied must not be freed.
    const pairs = new Float32Array(await download(this.resources.gpu, this.buffer, bytes));
    this.options.signal?.throwIfAborted();
    // Pooling millions of cells takes longer than a frame.
    const slice = new TimeSlice(this.options.signal);
    for (const [i, strip] of strips.entries()) {
      await slice.yieldIfOver();
      for (let row = 0; row < unit.rows; row += cell.rows) {
        const query = region.row + strip * unit.rows + row;
        if (query >= layout.endRow) break;
        const at = (i * (unit.rows / cell.rows) + row / cell.rows) * 2 * width;
        const queries = Math.min(cell.rows, layout.endRow - query);
        const values = pairs.subarray(at, at + 2 * width);
        this.#pool.addRow(query, queries, cell.columns, { values, stride: 2 });
      }
    }
  }
}

/** One head's weights, on the device that computes them. */
export class GpuWeightMap implements WeightMap {
  /** @param reading Calls its argument with the head's row statistics, which live until it has ended. */
  constructor(
    readonly resources: MapResources,
    /** Index of the head, counted over all batch elements. */
    readonly sequence: number,
    readonly reading: <T>(read: (rows: RowStats) => Promise<T>) => Promise<T>,
  ) {}

  get rows() {
    return this.resources.problem.shape.queryLength;
  }

  get columns() {
    return this.resources.problem.shape.keyLength;
  }

  cells(region: MapRegion, options: MapReadOptions = {}): Promise<MapCells> {
    const { resources, sequence } = this;
    return this.reading(async (rows) => {
      options.signal?.throwIfAborted();
      const plan = planCells(resources, region, layoutOfRegion(region, this.rows, this.columns));
      const bytes = plan.stripBytes * plan.stripsAtOnce;
      const pool = resources.shared.cellsFor(rows.buffer, bytes);
      const buffer = await pool.acquire(bytes);
      try {
        return await new CellsReader(resources, sequence, rows, plan, buffer, options).run();
      } finally {
        pool.release(buffer);
      }
    });
  }
}
