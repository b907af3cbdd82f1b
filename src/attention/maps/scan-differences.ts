import { Cleanup } from '../../webgpu/buffers';
import { Pace } from '../../webgpu/submission';
import { regionWords } from './cells-plan';
import type { DeviceMap } from './device-map';
import {
  DifferenceSearch,
  type FoundDifference,
  MOST_BLOCKS,
  blockSize,
  isBefore,
  submitPass,
  unitOf,
} from './difference-search';
import type { BoundCells } from './map-device';
import type { Extent } from './shaders';
import type { WalkOptions } from './walked-rows';
import type { MapRegion } from './weight-map';

/** Whether two maps are on one device, so that they can be held against each other there. */
export const onOneDevice = (a: DeviceMap, b: DeviceMap): boolean => a.device.gpu === b.device.gpu;

/**
 * Looks at every weight of two maps of equal extents on one device. Blocks of both are computed side by side and
 * searched there; of each only candidates are read. The first of equals, by row and then by column. Differences are
 * rounded to float32.
 * @throws the signal's reason; OutOfMemoryError; DeviceLostError; an error where one of the maps is destroyed.
 */
export async function scanDifferences(
  a: DeviceMap,
  b: DeviceMap,
  { signal, onProgress }: WalkOptions = {},
): Promise<FoundDifference> {
  signal?.throwIfAborted();
  return a.reading((rowsOfA) =>
    b.reading(async (rowsOfB) => {
      // Rows that were walked before take no time: then it is all in the scan.
      const stage = (first: number, share: number) => (fraction: number) =>
        onProgress?.(first + share * fraction);
      await rowsOfA.walk(rowsOfA.tiles, { signal, onProgress: stage(0, 0.25) });
      await rowsOfB.walk(rowsOfB.tiles, { signal, onProgress: stage(0.25, 0.25) });
      const owned = new Cleanup();
      try {
        const search = await DifferenceSearch.create(a.device.gpu, blockSize(a, b), owned);
        const sides = [
          sideOf(a, a.device.bindCells(a.sequence, rowsOfA.buffer, search.ours)),
          sideOf(b, b.device.bindCells(b.sequence, rowsOfB.buffer, search.theirs)),
        ];
        return await new Scan(a, sides, search, signal).run(stage(0.5, 0.5));
      } finally {
        owned.destroy();
      }
    }),
  );
}

/** One of the two maps, as blocks of it are computed. */
interface Side {
  readonly map: DeviceMap;
  readonly bound: BoundCells;
  readonly unit: Extent;
}

const sideOf = (map: DeviceMap, bound: BoundCells): Side => ({ map, bound, unit: unitOf(map) });

/** One scan of two maps: block by block, in rows of tiles. */
class Scan {
  readonly #pace = new Pace();
  readonly #across: number;
  readonly #tiles: number;
  #best: FoundDifference = { row: 0, column: 0, size: -1 };

  constructor(
    private readonly map: DeviceMap,
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
      // Not cut short: what is being copied must not be freed.
      done += await this.map.device.queue.run(() => this.#turn(done));
      onProgress(done / this.#tiles);
    }
    this.signal?.throwIfAborted();
    return this.#best;
  }

  /** Some blocks from a tile on; returns how many tiles that were. */
  async #turn(first: number): Promise<number> {
    this.signal?.throwIfAborted();
    for (const { map } of this.sides) map.device.assertOpen();
    const count = this.#pace.next(this.#tiles - first, MOST_BLOCKS * this.search.size.most);
    const start = performance.now();
    let blocks = 0;
    let at = first;
    while (at < first + count && blocks < MOST_BLOCKS) {
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

  /** Whole rows of tiles where there is room for them, else part of one. */
  #blockAt(first: number, wanted: number): MapRegion {
    const { tile, most } = this.search.size;
    const count = Math.min(wanted, most);
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

  /** The weights of a block, row by row. */
  #submitCells({ map, bound, unit }: Side, region: MapRegion): void {
    const strips = Array.from({ length: Math.ceil(region.rows / unit.rows) }, (_, i) => i);
    const blocks = Math.ceil(region.columns / unit.columns);
    const endRow = region.row + region.rows;
    const cell = { rows: 1, columns: 1 };
    const plan = { region, layout: { endRow }, cell, unit, width: region.columns, blocks };
    const units = strips.length * blocks;
    bound.prepare(regionWords(map.sequence, plan, 0), strips, 0, units);
    submitPass(this.search.gpu, 'map cells', (pass) => bound.encode(pass, units));
  }
}
