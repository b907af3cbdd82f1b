import { describe, expect, it } from 'vitest';
import { denseMap } from '../../attention/maps/cpu-maps';
import type { MapCells } from '../../attention/maps/weight-map';
import { fillRandom } from '../../numeric/random';
import { countValues } from './cell-values';
import { cellFile } from './export';
import {
  frameOf,
  gatherCells,
  overviewOf,
  progressOf,
  drawnValue,
  valueWindows,
  binnedMeans,
  receivedAttention,
} from './frame';
import { regionOf, wholeOf } from './geometry';
import { tableRegion } from './map-table';
import { TileCache } from './tile-cache';

const [ROWS, COLUMNS] = [700, 611];
const values = fillRandom(new Float32Array(ROWS * COLUMNS), { seed: 9, distribution: 'uniform' });
const map = denseMap(ROWS, COLUMNS, values);
const size = { width: 300, height: 280 };

/** A cache that holds all tiles of a view. */
async function filled(view = wholeOf(map)) {
  const frame = frameOf(view, map, size);
  const cache = new TileCache(map, {
    onChange: () => {},
    onError: (error) => expect(error).toBe(0),
  });
  cache.request([...frame.tiles, ...frame.strips]);
  while (cache.busy) await new Promise((resolve) => setTimeout(resolve, 1));
  return { frame, cache };
}

const views = [
  wholeOf(map),
  { row: 10.5, column: 300.25, rows: 280, columns: 300 },
  { row: 250, column: 250, rows: 12.5, columns: 13 },
  { row: 100, column: 0, rows: 600, columns: 611 },
];

describe.each(views)('the frame of %o', (view) => {
  it('gathers exactly the cells in view, whatever tiles they come from', async () => {
    const { frame, cache } = await filled(view);
    const cells = gatherCells(frame, cache);
    const expected = await map.cells(cells.region);
    expect(cells.region.row).toBeLessThanOrEqual(view.row);
    expect(cells.region.row + cells.region.rows).toBeGreaterThanOrEqual(view.row + view.rows);
    expect(cells.largest).toEqual(expected.largest);
    expect(cells.mean).toEqual(expected.mean);
  });

  it('counts and finds the same cells', async () => {
    const { frame, cache } = await filled(view);
    const { largest, region, width } = gatherCells(frame, cache);
    const tiles = frame.tiles.map((id) => cache.get(id));
    const found = countValues(valueWindows(tiles, view, 'largest'));
    expect(found.cells).toBe(largest.length);
    expect(found.high).toBe(largest.reduce((max, value) => Math.max(max, Math.abs(value)), 0));
    const corner = { row: region.row + region.rows - 1, column: region.column + 3 };
    const y = Math.floor((region.rows - 1) / region.rowsOfCell);
    const x = Math.floor(3 / region.columnsOfCell);
    expect(drawnValue(frame, cache, corner, 'largest')).toBe(largest[y * width + x]);
  });

  it('sums what each key receives, from its own tiles or from strips', async () => {
    const { frame, cache } = await filled(view);
    const series = receivedAttention(frame, cache);
    expect(series.length).toBeGreaterThan(0);
    for (const { from, binSize, values: sums } of series) {
      sums.forEach((sum, bin) => {
        const first = from + bin * binSize;
        const end = Math.min(COLUMNS, first + binSize);
        let expected = 0;
        let sizes = 0;
        for (let i = 0; i < ROWS; i++) {
          for (let j = first; j < end; j++) {
            expected += values[i * COLUMNS + j] / (end - first);
            sizes += Math.abs(values[i * COLUMNS + j]) / (end - first);
          }
        }
        // Means of at most 1024 rows in float32, rounded once, then times their number.
        expect(Math.abs(sum - expected)).toBeLessThanOrEqual(sizes * 2 ** -20);
      });
    }
  });
});

describe('frames', () => {
  it('know how far they are', async () => {
    const { frame, cache } = await filled();
    expect(progressOf(frame, cache, null).fraction).toBe(1);
    const empty = new TileCache(map, { onChange: () => {}, onError: () => {} });
    expect(progressOf(frame, empty, null)).toMatchObject({ fraction: 0, outdated: false });
    expect(progressOf(frame, empty, cache)).toMatchObject({ fraction: 0, outdated: true });
  });

  it('have the whole map in one tile', () => {
    for (const rows of [1, 255, 256, 257, 65536]) {
      const region = regionOf(overviewOf({ ...map, rows }), { rows, columns: COLUMNS });
      expect(region.rows).toBe(rows);
      expect(region.columns).toBe(COLUMNS);
    }
  });

  it('show at most 50 × 50 cells in a table, whole cells of the view', () => {
    const frame = frameOf(views[1], map, size);
    expect(tableRegion(frame, map)).toMatchObject({ row: 10, rows: 50, column: 300, columns: 50 });
    const near = frameOf(views[2], map, size);
    expect(tableRegion(near, map)).toMatchObject({ row: 250, rows: 13, columns: 13 });
  });
});

describe('binned', () => {
  it('takes means of bins that start at multiples, and keeps NaN', () => {
    const entropy = Float32Array.of(1, 3, 5, 7, NaN, 2, 9);
    const view = { row: 3, column: 0, rows: 4, columns: 1 };
    const { from, values: means } = binnedMeans(entropy, view, 2);
    expect(from).toBe(2);
    expect([...means]).toEqual([6, NaN, 9]);
  });
});

describe('cellFile', () => {
  const region = { row: 2, column: 0, rows: 3, columns: 2, rowsOfCell: 2, columnsOfCell: 1 };
  const largest = Float32Array.of(0.1, 0.2, 0.3, NaN);
  const cells: MapCells = {
    region,
    height: 2,
    width: 2,
    largest,
    mean: largest,
    done: Uint8Array.of(1, 1),
  };

  it('names rows and columns by token or by range, in CSV', async () => {
    const csv = await cellFile('csv', cells, 'largest', [], ['a', 'b']).text();
    expect(csv.split('\r\n')).toEqual(['query / key,0 a,1 b', '2-3,0.1,0.2', '4-4,0.3,NaN', '']);
  });

  it('is a float32 array of its shape, in NPY', async () => {
    const bytes = await cellFile('npy', cells, 'mean', [], []).arrayBuffer();
    expect(new TextDecoder().decode(bytes.slice(0, 128))).toContain("'shape': (2, 2)");
    expect([...new Float32Array(bytes.slice(-16))]).toEqual([...largest]);
  });
});
