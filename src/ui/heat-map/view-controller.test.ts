import { describe, expect, it } from 'vitest';
import type { WeightMap } from '../../attention/maps/weight-map';
import type { Cell, MapView, PooledExtent } from './geometry';
import { layOutPicture } from './scene';
import { ViewController, type ViewHost } from './view-controller';

const SIDE = 1024;
const map: WeightMap = {
  rows: SIDE,
  columns: SIDE,
  cells: () => Promise.reject(new Error('Nothing here reads weights.')),
};
const options = { rowToken: 0, columnToken: 0, entropy: false, maxHeight: 720 };

/** An element with a map of 1024 × 1024, and the controller that moves its view and its cursor. */
class Host extends EventTarget implements ViewHost {
  view?: MapView;
  cursor: Cell | null = null;
  openMap: WeightMap | null = map;
  readonly shownLayout = layOutPicture(700, map, options);
  readonly pooled: PooledExtent;
  readonly heard: [string, unknown][] = [];
  readonly controller = new ViewController(this);

  constructor(ofCell = 1) {
    super();
    this.pooled = { rowsOfCell: ofCell, columnsOfCell: ofCell };
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
    const { view } = this.controller;
    return [
      plot.x + ((column + 0.5 - view.column) / view.columns) * plot.width,
      plot.y + ((row + 0.5 - view.row) / view.rows) * plot.height,
    ];
  }
}

describe('the viewport', () => {
  it('is the whole map until it moves, and then has no view', () => {
    const host = new Host();
    expect(host.controller.isWhole).toBe(true);
    expect(host.controller.view).toEqual({ row: 0, column: 0, rows: SIDE, columns: SIDE });
    host.controller.zoom(0.5);
    expect(host.view).toEqual({ row: 256, column: 256, rows: 512, columns: 512 });
    expect(host.controller.isWhole).toBe(false);
    host.controller.showWhole();
    expect(host.view).toBeUndefined();
    expect(host.heard.map(([name]) => name)).toEqual(['map-view', 'map-view']);
  });

  it('reports that it can go no further, and fires nothing then', () => {
    const host = new Host();
    expect(host.controller.move(({ view }) => view)).toBe(false);
    host.controller.zoom(2);
    expect(host.heard).toEqual([]);
  });

  it('shows a view that is set within the map', () => {
    const host = new Host();
    host.view = { row: 1000, column: -50, rows: 100, columns: 100 };
    expect(host.controller.view).toEqual({ row: SIDE - 100, column: 0, rows: 100, columns: 100 });
    expect(host.heard).toEqual([]);
  });

  it('knows nothing without a map', () => {
    const host = new Host();
    host.openMap = null;
    expect(host.controller.transform).toBeNull();
    expect(host.controller.move(({ view }) => ({ ...view, rows: 1 }))).toBe(false);
    expect(host.heard).toEqual([]);
  });
});

describe('the cursor', () => {
  it('goes with the pointer until a click holds it, and again after another there', () => {
    const host = new Host();
    const at = (row: number, column: number) => host.pixelOf({ row, column });
    host.controller.point(...at(10, 20));
    expect(host.cursor).toEqual({ row: 10, column: 20 });
    host.controller.press(...at(10, 20));
    host.controller.point(...at(500, 20));
    expect(host.cursor).toEqual({ row: 10, column: 20 });
    host.controller.press(...at(10, 20));
    host.controller.point(...at(500, 20));
    expect(host.cursor).toEqual({ row: 500, column: 20 });
    expect(host.heard).toEqual([
      ['map-cursor', { row: 10, column: 20 }],
      ['map-cursor', { row: 500, column: 20 }],
    ]);
  });

  it('is held elsewhere by a click elsewhere', () => {
    const host = new Host();
    host.controller.press(...host.pixelOf({ row: 10, column: 20 }));
    host.controller.press(...host.pixelOf({ row: 30, column: 20 }));
    expect(host.controller.isHeld).toBe(true);
    expect(host.cursor).toEqual({ row: 30, column: 20 });
  });

  it('is let go by a click anywhere on the cell it is held on', () => {
    const host = new Host(64);
    host.controller.press(...host.pixelOf({ row: 10, column: 20 }));
    host.controller.press(...host.pixelOf({ row: 60, column: 3 }));
    expect(host.controller.isHeld).toBe(false);
    expect(host.cursor).toEqual({ row: 10, column: 20 });
  });

  it('stays where it is beside the plot', () => {
    const host = new Host();
    host.controller.point(2, 2);
    host.controller.press(2, 2);
    expect(host.cursor).toBeNull();
    expect(host.controller.isHeld).toBe(false);
  });

  it('is shown by the first key, and moved by cells with the next, the view after it', () => {
    const host = new Host(4);
    const down = { type: 'move', rows: 1, columns: 0 } as const;
    host.view = { row: 100, column: 200, rows: 8, columns: 8 };
    host.controller.step(down);
    expect(host.cursor).toEqual({ row: 100, column: 200 });
    host.controller.step(down);
    host.controller.step(down);
    expect(host.cursor).toEqual({ row: 108, column: 200 });
    // Its cell is rows 108 to 111.
    expect(host.view.row + host.view.rows).toBeGreaterThanOrEqual(112);
    expect(host.view.row).toBeLessThanOrEqual(108);
  });

  it('gets a cell as soon as the keyboard focuses the map, and keeps the one that it has', () => {
    const host = new Host();
    host.controller.enterByKeys();
    expect([host.cursor, host.controller.movedByKeys]).toEqual([{ row: 0, column: 0 }, true]);
    host.controller.setCursor({ row: 5, column: 6 });
    host.controller.enterByKeys();
    expect(host.cursor).toEqual({ row: 5, column: 6 });
  });
});
