import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_CELL_PIXELS,
  TILE_CELLS,
  blockAround,
  cellAtPoint,
  clampView,
  closeUp,
  coarserOf,
  firstCellIn,
  fullLevel,
  levelOf,
  panned,
  regionOf,
  reveal,
  tilesOf,
  wholeOf,
  zoomAbout,
  zoomedAt,
  zoomedBy,
} from './geometry';

const size = { width: 640, height: 480 };
const plot = { x: 0, y: 0, ...size };
const extent = fc.record({
  rows: fc.integer({ min: 1, max: 65536 }),
  columns: fc.integer({ min: 1, max: 65536 }),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** A view somewhere on the map, at some zoom. */
const mapAndView = fc.tuple(extent, share, share, share).map(([map, zoom, down, across]) => {
  const shrink = 2 ** (-12 * zoom);
  const [rows, columns] = [map.rows * shrink, map.columns * shrink];
  const view = { row: down * map.rows, column: across * map.columns, rows, columns };
  return { map, view: clampView(view, map, size) };
});

describe('clampView', () => {
  it('keeps any view on the map, and no weight larger than allowed', () => {
    fc.assert(
      fc.property(mapAndView, ({ map, view }) => {
        expect(view.row).toBeGreaterThanOrEqual(0);
        expect(view.column).toBeGreaterThanOrEqual(0);
        expect(view.row + view.rows).toBeLessThanOrEqual(map.rows * (1 + 1e-12));
        expect(view.column + view.columns).toBeLessThanOrEqual(map.columns * (1 + 1e-12));
        const min = Math.min(map.columns, size.width / MAX_CELL_PIXELS);
        expect(view.columns).toBeGreaterThanOrEqual(min * (1 - 1e-12));
      }),
    );
  });

  it('leaves alone what is on the map already', () => {
    const view = { row: 3.5, column: 20, rows: 40, columns: 60 };
    expect(clampView(view, { rows: 100, columns: 100 }, size)).toEqual(view);
  });
});

describe('zoomAbout', () => {
  it('keeps the weight under the pointer in place', () => {
    const map = { rows: 4096, columns: 4096 };
    const view = { row: 1000, column: 2000, rows: 400, columns: 400 };
    const zoomed = zoomAbout({ view, map, plot }, 0.5, { row: 1100, column: 2300 });
    expect(zoomed).toEqual({ row: 1050, column: 2150, rows: 200, columns: 200 });
    expect((1100 - zoomed.row) / zoomed.rows).toBe((1100 - view.row) / view.rows);
  });

  it('goes out to the whole map and no further', () => {
    const map = { rows: 300, columns: 70 };
    const view = { row: 10, column: 10, rows: 30, columns: 7 };
    expect(zoomAbout({ view, map, plot }, 1e9, { row: 20, column: 12 })).toEqual(wholeOf(map));
  });

  it('zooms along the keys where all of a few queries are as large as can be', () => {
    const map = { rows: 2, columns: 4096 };
    const zoomed = zoomAbout({ view: wholeOf(map), map, plot }, 1 / 16, { row: 1, column: 2048 });
    expect(zoomed.rows).toBe(2);
    expect(zoomed.columns).toBe(256);
  });
});

describe('closeUp and reveal', () => {
  it('shows a weight at the requested size', () => {
    const map = { rows: 65536, columns: 65536 };
    const view = closeUp({ view: wholeOf(map), map, plot }, 32, { row: 40000, column: 123 });
    expect(size.width / view.columns).toBeCloseTo(32);
    expect(size.height / view.rows).toBeCloseTo(32);
    expect(view.row + view.rows / 2).toBeCloseTo(40000.5);
  });

  it('moves no further than it must', () => {
    const map = { rows: 100, columns: 100 };
    const view = { row: 10, column: 10, rows: 20, columns: 20 };
    const cell = (row: number, column: number) => ({ row, column, rows: 1, columns: 1 });
    expect(reveal({ view, map, plot }, cell(15, 29))).toEqual(view);
    expect(reveal({ view, map, plot }, cell(30, 9))).toEqual({ ...view, row: 11, column: 9 });
  });
});

describe('levelOf', () => {
  it.each([
    [0.1, 0],
    [1, 0],
    [1.01, 1],
    [2, 1],
    [64, 6],
    [65, 7],
    [1e9, 10],
  ])('at %d weights a pixel is %d, for 1,000 weights', (weights, level) => {
    expect(levelOf(weights, 1000)).toBe(level);
  });

  it('is full where one cell pools all', () => {
    expect([1, 2, 3, 1024, 1025].map(fullLevel)).toEqual([0, 1, 2, 10, 11]);
  });
});

describe('tiles', () => {
  it('cover the view, each once, within the map', () => {
    fc.assert(
      fc.property(mapAndView, ({ map, view }) => {
        const rowLevel = levelOf(view.rows / size.height, map.rows);
        const columnLevel = levelOf(view.columns / size.width, map.columns);
        const tiles = tilesOf(view, rowLevel, columnLevel, map);
        const regions = tiles.map((id) => regionOf(id, map));
        for (const { row, column, rows, columns } of regions) {
          expect(rows).toBeGreaterThan(0);
          expect(columns).toBeGreaterThan(0);
          expect(row + rows).toBeLessThanOrEqual(map.rows);
          expect(column + columns).toBeLessThanOrEqual(map.columns);
        }
        const keys = new Set(regions.map(({ row, column }) => `${row} ${column}`));
        expect(keys.size).toBe(tiles.length);
        for (const [u, v] of [
          [0, 0],
          [0.999, 0.999],
          [0.5, 0],
        ]) {
          const row = Math.min(map.rows - 1, view.row + u * view.rows);
          const column = Math.min(map.columns - 1, view.column + v * view.columns);
          const holds = regions.some(
            (r) =>
              row >= r.row &&
              row < r.row + r.rows &&
              column >= r.column &&
              column < r.column + r.columns,
          );
          expect(holds).toBe(true);
        }
        // A cell is a pixel or more: so many tiles are enough for any screen.
        expect(tiles.length).toBeLessThanOrEqual(
          (size.width / TILE_CELLS + 2) * (size.height / TILE_CELLS + 2),
        );
      }),
    );
  });

  it('are below their coarser tile', () => {
    const map = { rows: 3000, columns: 100 };
    for (const id of tilesOf(wholeOf(map), 1, 0, map)) {
      const up = coarserOf(id, map)!;
      const [inner, outer] = [regionOf(id, map), regionOf(up, map)];
      expect(inner.row).toBeGreaterThanOrEqual(outer.row);
      expect(inner.row + inner.rows).toBeLessThanOrEqual(outer.row + outer.rows);
      expect(outer.rowsOfCell).toBe(2 * inner.rowsOfCell);
    }
    const top = { rowLevel: 12, columnLevel: 7, i: 0, j: 0 };
    expect(coarserOf(top, map)).toBeNull();
  });
});

describe('moves', () => {
  const map = { rows: 1000, columns: 1000 };
  const plot = { x: 60, y: 40, width: 500, height: 500 };
  const transform = { map, plot, view: { row: 400, column: 200, rows: 100, columns: 100 } };

  it('drag the picture along with the pointer', () => {
    expect(panned(transform, 50, -25)).toEqual({ ...transform.view, row: 405, column: 190 });
    expect(panned(transform, 1e6, 1e6)).toMatchObject({ row: 0, column: 0 });
  });

  it('zoom about the pointer, and beside the plot about its edge', () => {
    expect(zoomedAt(transform, 0.5, 310, 290)).toEqual({
      row: 425,
      column: 225,
      rows: 50,
      columns: 50,
    });
    expect(zoomedAt(transform, 0.5, 0, 0)).toMatchObject({ row: 400, column: 200 });
  });

  it('zoom about the cursor where that is in view', () => {
    expect(zoomedBy(transform, 0.5, { row: 400, column: 299 }).row).toBeCloseTo(400.25);
    expect(zoomedBy(transform, 0.5, { row: 4, column: 2 })).toMatchObject({
      row: 425,
      column: 225,
    });
    expect(zoomedBy(transform, 0.5, null)).toMatchObject({ row: 425, column: 225 });
  });

  it('zoom in to a cell', () => {
    const view = closeUp(transform, 25, { row: 10, column: 990 });
    expect(view).toEqual({ row: 0.5, column: 980, rows: 20, columns: 20 });
  });

  it('find the weight at a point', () => {
    expect(cellAtPoint(transform, 60, 40)).toEqual({ row: 400, column: 200 });
    expect(cellAtPoint(transform, 559.9, 539.9)).toEqual({ row: 499, column: 299 });
    expect(cellAtPoint(transform, 59, 100)).toBeNull();
    expect(cellAtPoint(transform, 100, 540)).toBeNull();
    expect(firstCellIn({ ...transform.view, row: 400.2 })).toEqual({ row: 401, column: 200 });
  });

  it('find the weights a drawn cell pools, clipped where the map ends', () => {
    const cell = { rowsOfCell: 64, columnsOfCell: 16 };
    const block = blockAround({ row: 999, column: 17 }, cell, map);
    expect(block).toEqual({ row: 960, column: 16, rows: 40, columns: 16 });
  });
});
