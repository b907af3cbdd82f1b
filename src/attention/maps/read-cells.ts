import type { CountedBuffer } from '../../webgpu/buffers';
import { submitPiece } from '../../webgpu/submission';
import { download } from '../../webgpu/transfer';
import { TimeSlice } from '../../async/yield';
import { CellPool } from './cell-pool';
import { type CellsPlan, planCells, regionWords } from './cells-plan';
import type { BoundCells, MapDevice } from './map-device';
import { layoutOfRegion } from './region';
import type { WalkedRows } from './walked-rows';
import type { MapCells, MapReadOptions, MapRegion } from './weight-map';

/** What takes no longer is not reported in parts. */
const MOMENT_MS = 100;
/** What a chunk of strips should take of the device: rows walked and cells pooled. */
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
      // Not the wall's time: while others have their turns, chunks would stay as small as the first.
      const ms = Math.max(await this.#compute(strips.slice(next, next + count)), 0.1);
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

  /** Returns the milliseconds that it took in its own turns. */
  async #compute(strips: readonly number[]): Promise<number> {
    const { plan, device, options } = this;
    const { region, layout, unit } = plan;
    const tiles = strips.flatMap((strip) => {
      const first = region.row + strip * unit.rows;
      return this.rows.tilesOf(first, Math.min(first + unit.rows, layout.endRow));
    });
    let ms = await this.rows.walk([...new Set(tiles)], options);
    const units = strips.length * plan.blocks;
    for (let first = 0; first < units;) {
      const { signal } = options;
      const piece = await device.queue.run(() => this.#piece(strips, first, units), signal);
      first += piece.count;
      ms += piece.wallMs;
    }
    this.#waiting.push(...strips);
    return ms;
  }

  /** Computes some of the strips' units. */
  async #piece(strips: readonly number[], first: number, units: number) {
    const { device, bound, options } = this;
    const { gpu, cellsPace } = device;
    device.assertOpen();
    const most = gpu.device.limits.maxComputeWorkgroupsPerDimension;
    const count = cellsPace.next(units - first, most);
    const words = regionWords(this.sequence, this.plan, this.#waiting.length);
    const work = {
      label: 'map cells',
      prepare: () => bound.prepare(words, strips, first, count),
      encode: (pass: GPUComputePassEncoder) => bound.encode(pass, count),
    };
    const { wallMs } = await submitPiece(gpu, work, first, count, options);
    cellsPace.learn(count, wallMs);
    return { count, wallMs };
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
    // Millions of cells take longer than a frame to pool.
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
