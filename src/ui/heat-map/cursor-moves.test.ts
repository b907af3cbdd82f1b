import { describe, expect, it } from 'vitest';
import type { WeightMap } from '../../attention/maps/weight-map';
import type { MapView } from './geometry';
import { layOutPicture, type Cell } from './scene';
import { CursorMoves, OpenedMap, Viewport } from './view-controller';

const SIDE = 1024;
const map: WeightMap = {
  rows: SIDE,
  columns: SIDE,
  cells: () => Promise.reject(new Error('Nothing here reads weights.')),
};
const options = { rowToken: 0, columnToken: 0, entropy: false, mostHeight: 720 };

/** An element with a map of 1024 × 1024 on it, and the parts that move its view and its cursor. */
class Host extends EventTarget {
  view?: MapView;
  cursor: Cell | null = null;
  readonly shownLayout = layOutPicture(700, map, options);
  readonly heard: [string, unknown][] = [];
  readonly opened = new OpenedMap();
  readonly viewport = new Viewport(this, this.opened);
  readonly moves: CursorMoves;

  constructor(ofCell = 1) {
    super();
    this.opened.open(map, 'largest');
    const cellExtent = { rowsOfCell: ofCell, columnsOfCell: ofCell };
    this.moves = new CursorMoves(this, this.viewport, { cellExtent });
    for (const name of ['map-view', 'map-cursor']) {
      this.addEventListener(name, (event) =>
        this.heard.push([name, (event as CustomEvent<unknown>).detail]),
      );
    }
  }

  requestUpdate() {}

  /** The pixel in the middle of a weight, as it is shown. */
  pixelOf({ row, column }: Cell): [x: number, y: number] {
    const { plot } = this.shownLayout;
    const { shown } = this.viewport;
    return [
      plot.x + ((column + 0.5 - shown.column) / shown.columns) * plot.width,
      plot.y + ((row + 0.5 - shown.row) / shown.rows) * plot.height,
    ];
  }
}

describe('the viewport', () => {
  it('is the whole map until it moves, and says so by having no view', () => {
    const host = new Host();
    expect(host.viewport.isWhole).toBe(true);
    expect(host.viewport.shown).toEqual({ row: 0, column: 0, rows: SIDE, columns: SIDE });
    host.viewport.zoom(0.5);
    expect(host.view).toEqual({ row: 256, column: 256, rows: 512, columns: 512 });
    expect(host.viewport.isWhole).toBe(false);
    host.viewport.showWhole();
    expect(host.view).toBeUndefined();
    expect(host.heard.map(([name]) => name)).toEqual(['map-view', 'map-view']);
  });

  it('tells that it can go no further, and fires nothing then', () => {
    const host = new Host();
    expect(host.viewport.move(({ view }) => view)).toBe(false);
    host.viewport.zoom(2);
    expect(host.heard).toEqual([]);
  });

  it('shows a view that is set within the map', () => {
    const host = new Host();
    host.view = { row: 1000, column: -50, rows: 100, columns: 100 };
    expect(host.viewport.shown).toEqual({ row: SIDE - 100, column: 0, rows: 100, columns: 100 });
    expect(host.heard).toEqual([]);
  });

  it('knows nothing without a map', () => {
    const host = new Host();
    host.opened.close();
    expect(host.viewport.transform).toBeNull();
    expect(host.viewport.move(({ view }) => ({ ...view, rows: 1 }))).toBe(false);
    expect(host.heard).toEqual([]);
  });
});

describe('the cursor', () => {
  it('goes with the pointer until a click holds it, and again after another there', () => {
    const host = new Host();
    const at = (row: number, column: number) => host.pixelOf({ row, column });
    host.moves.point(...at(10, 20));
    expect(host.cursor).toEqual({ row: 10, column: 20 });
    host.moves.press(...at(10, 20));
    host.moves.point(...at(500, 20));
    expect(host.cursor).toEqual({ row: 10, column: 20 });
    host.moves.press(...at(10, 20));
    host.moves.point(...at(500, 20));
    expect(host.cursor).toEqual({ row: 500, column: 20 });
    expect(host.heard).toEqual([
      ['map-cursor', { row: 10, column: 20 }],
      ['map-cursor', { row: 500, column: 20 }],
    ]);
  });

  it('is held elsewhere by a click elsewhere', () => {
    const host = new Host();
    host.moves.press(...host.pixelOf({ row: 10, column: 20 }));
    host.moves.press(...host.pixelOf({ row: 30, column: 20 }));
    expect(host.moves.isHeld).toBe(true);
    expect(host.cursor).toEqual({ row: 30, column: 20 });
  });

  it('is let go by a click anywhere on the cell it is held on', () => {
    const host = new Host(64);
    host.moves.press(...host.pixelOf({ row: 10, column: 20 }));
    host.moves.press(...host.pixelOf({ row: 60, column: 3 }));
    expect(host.moves.isHeld).toBe(false);
    expect(host.cursor).toEqual({ row: 10, column: 20 });
  });

  it('stays where it is beside the plot', () => {
    const host = new Host();
    host.moves.point(2, 2);
    host.moves.press(2, 2);
    expect(host.cursor).toBeNull();
    expect(host.moves.isHeld).toBe(false);
  });

  it('is shown by the first key, and moved by cells with the next, the view after it', () => {
    const host = new Host(4);
    const down = { type: 'move', rows: 1, columns: 0 } as const;
    host.view = { row: 100, column: 200, rows: 8, columns: 8 };
    host.moves.step(down);
    expect(host.cursor).toEqual({ row: 100, column: 200 });
    host.moves.step(down);
    host.moves.step(down);
    expect(host.cursor).toEqual({ row: 108, column: 200 });
    // Its cell is rows 108 to 111.
    expect(host.view.row + host.view.rows).toBeGreaterThanOrEqual(112);
    expect(host.view.row).toBeLessThanOrEqual(108);
  });

  it('has a place as soon as the keyboard comes, and keeps the one that it has', () => {
    const host = new Host();
    host.moves.enter();
    expect([host.cursor, host.moves.byKeys]).toEqual([{ row: 0, column: 0 }, true]);
    host.moves.put({ row: 5, column: 6 });
    host.moves.enter();
    expect(host.cursor).toEqual({ row: 5, column: 6 });
  });
});
