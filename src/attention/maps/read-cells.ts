import type { CountedBuffer } from '../../webgpu/buffers';
import { LimitError, formatBytes } from '../../webgpu/errors';
import { submitPiece } from '../../webgpu/submission';
import { download } from '../../webgpu/transfer';
import { storageLimit } from '../fit';
import { CellPool } from './cell-pool';
import { type BoundCells, MOST_LISTED, type MapDevice } from './map-device';
import { type RegionLayout, layoutOfRegion, refiningOrder } from './region';
import type { Extent } from './shaders';
import type { WalkedRows } from './walked-rows';
import type { MapCells, MapReadOptions, MapRegion } from './weight-map';

/** Cells that wait on the GPU to be read. */
const MOST_CELLS_BYTES = 16 * 2 ** 20;
const CELL_BYTES = 8;
/** What takes no longer is not reported in parts. */
const MOMENT_MS = 100;
/** Where a chunk of strips should end: rows walked and cells pooled. */
const CHUNK_MS = 60;
const LARGEST_GROWTH = 4;

/** Computes a region of a head's map. */
export async function readCells(
  device: MapDevice,
  sequence: number,
  rows: WalkedRows,
  region: MapRegion,
  options: MapReadOptions,
): Promise<MapCells> {
  options.signal?.throwIfAborted();
  const { queryLength, keyLength } = device.problem.shape;
  const layout = layoutOfRegion(region, queryLength, keyLength);
  const plan = planCells(device, region, layout);
  const buffer = await device.gpu.buffers.create(
    'map cells',
    plan.stripBytes * plan.stripsAtOnce,
    GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  );
  try {
    const bound = device.bindCells(sequence, rows.buffer, buffer);
    return await new Reading(device, sequence, rows, plan, buffer, bound, options).run();
  } finally {
    buffer.destroy();
  }
}

interface CellsPlan {
  readonly region: MapRegion;
  readonly layout: RegionLayout;
  /** What the GPU pools: a cell of the region, or a part of one. */
  readonly cell: Extent;
  /** A unit of work; a strip is a row of units. */
  readonly unit: Extent;
  /** GPU cells and units across. */
  readonly width: number;
  readonly blocks: number;
  /** Strips, in the order that they are computed in. */
  readonly strips: readonly number[];
  readonly stripBytes: number;
  readonly stripsAtOnce: number;
}

function planCells(
  { shaders, gpu }: MapDevice,
  region: MapRegion,
  layout: RegionLayout,
): CellsPlan {
  const cell = {
    rows: Math.min(region.rowsOfCell, shaders.mostOfCell.rows),
    columns: Math.min(region.columnsOfCell, shaders.mostOfCell.columns),
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
  const room = Math.min(MOST_CELLS_BYTES, available);
  const stripsAtOnce = Math.min(
    strips.length,
    MOST_LISTED,
    Math.max(1, Math.floor(room / stripBytes)),
  );
  return {
    region,
    layout,
    cell,
    unit,
    width,
    blocks: Math.ceil(columns / unit.columns),
    strips,
    stripBytes,
    stripsAtOnce,
  };
}

/** Refines evenly by rows of cells, of which one may have many strips. */
function orderOfStrips(region: MapRegion, { endRow }: RegionLayout, rows: number): number[] {
  const count = Math.ceil((endRow - region.row) / rows);
  const together = Math.max(1, region.rowsOfCell / rows);
  return refiningOrder(Math.ceil(count / together)).flatMap((group) => {
    const first = group * together;
    return Array.from({ length: Math.min(together, count - first) }, (_, i) => first + i);
  });
}

/** One reading of a region, chunk by chunk. */
class Reading {
  readonly #pool: CellPool;
  /** Strips in the buffer, not read yet. */
  #waiting: number[] = [];

  constructor(
    private readonly device: MapDevice,
    private readonly sequence: number,
    private readonly rows: WalkedRows,
    private readonly plan: CellsPlan,
    private readonly buffer: CountedBuffer,
    private readonly bound: BoundCells,
    private readonly options: MapReadOptions,
  ) {
    this.#pool = new CellPool(plan.region, plan.layout);
  }

  async run(): Promise<MapCells> {
    const { strips, stripsAtOnce } = this.plan;
    let reported = performance.now();
    let wanted = 1;
    for (let next = 0; next < strips.length;) {
      const count = Math.min(wanted, strips.length - next, stripsAtOnce - this.#waiting.length);
      const start = performance.now();
      await this.#compute(strips.slice(next, next + count));
      const ms = Math.max(performance.now() - start, 0.1);
      next += count;
      wanted = Math.max(1, Math.min(Math.floor((count * CHUNK_MS) / ms), count * LARGEST_GROWTH));
      const finished = next === strips.length;
      const late = performance.now() - reported >= MOMENT_MS;
      if (finished || late || this.#waiting.length === stripsAtOnce) await this.#read();
      if (late && !finished) {
        this.options.onPart?.(this.#pool.cells);
        reported = performance.now();
      }
    }
    return this.#pool.cells;
  }

  async #compute(strips: readonly number[]): Promise<void> {
    const { plan, device, options } = this;
    const { region, layout, unit } = plan;
    const tiles = strips.flatMap((strip) => {
      const first = region.row + strip * unit.rows;
      return this.rows.tilesOf(first, Math.min(first + unit.rows, layout.endRow));
    });
    await this.rows.walk([...new Set(tiles)], options);
    const units = strips.length * plan.blocks;
    for (let first = 0; first < units;) {
      first += await device.turns.take(() => this.#piece(strips, first, units), options.signal);
    }
    this.#waiting.push(...strips);
  }

  /** Computes some of the strips' units; returns how many. */
  async #piece(strips: readonly number[], first: number, units: number): Promise<number> {
    const { device, bound, options } = this;
    const { gpu, cellsPace } = device;
    device.assertOpen();
    const most = gpu.device.limits.maxComputeWorkgroupsPerDimension;
    const count = cellsPace.next(units - first, most);
    const work = {
      label: 'map cells',
      prepare: () => bound.prepare(this.#regionWords(), strips, first, count),
      encode: (pass: GPUComputePassEncoder) => bound.encode(pass, count),
    };
    const { wallMs } = await submitPiece(gpu, work, first, count, options);
    cellsPace.learn(count, wallMs);
    return count;
  }

  /** As in shaders/maps/region.wgsl. */
  #regionWords(): number[] {
    const { region, layout, cell, unit, width, blocks } = this.plan;
    return [
      this.sequence,
      region.row,
      region.column,
      layout.endRow,
      cell.rows,
      cell.columns,
      unit.rows,
      unit.columns,
      width,
      blocks,
      this.#waiting.length,
      0,
    ];
  }

  /** Brings the waiting strips home. */
  async #read(): Promise<void> {
    const { region, layout, cell, unit, width, stripBytes } = this.plan;
    const strips = this.#waiting;
    this.#waiting = [];
    const bytes = strips.length * stripBytes;
    // Not cut short: what is being copied must not be freed.
    const pairs = new Float32Array(await download(this.device.gpu, this.buffer, bytes));
    this.options.signal?.throwIfAborted();
    strips.forEach((strip, i) => {
      for (let row = 0; row < unit.rows; row += cell.rows) {
        const query = region.row + strip * unit.rows + row;
        if (query >= layout.endRow) break;
        const at = (i * (unit.rows / cell.rows) + row / cell.rows) * 2 * width;
        const queries = Math.min(cell.rows, layout.endRow - query);
        const values = pairs.subarray(at, at + 2 * width);
        this.#pool.addRow(query, queries, cell.columns, { values, stride: 2 });
      }
    });
  }
}
