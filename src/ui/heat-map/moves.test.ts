import { describe, expect, it } from 'vitest';
import {
  blockAround,
  closeUp,
  firstCellIn,
  panned,
  cellAtPoint,
  zoomedAt,
  zoomedBy,
} from './geometry';
import { layOutPicture, longestToken, type PictureLayout } from './scene';

const map = { rows: 1000, columns: 1000 };
const plot = { x: 60, y: 40, width: 500, height: 500 };
const transform = { map, plot, view: { row: 400, column: 200, rows: 100, columns: 100 } };

describe('moves', () => {
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

  it('close in on a place', () => {
    const view = closeUp(transform, 25, { row: 10, column: 990 });
    expect(view).toEqual({ row: 0.5, column: 980, rows: 20, columns: 20 });
  });

  it('tell which weight is where', () => {
    expect(cellAtPoint(transform, 60, 40)).toEqual({ row: 400, column: 200 });
    expect(cellAtPoint(transform, 559.9, 539.9)).toEqual({ row: 499, column: 299 });
    expect(cellAtPoint(transform, 59, 100)).toBeNull();
    expect(cellAtPoint(transform, 100, 540)).toBeNull();
    expect(firstCellIn({ ...transform.view, row: 400.2 })).toEqual({ row: 401, column: 200 });
  });

  it('tell which weights a drawn cell pools, cut where the map ends', () => {
    const cell = { rowsOfCell: 64, columnsOfCell: 16 };
    const block = blockAround({ row: 999, column: 17 }, cell, map);
    expect(block).toEqual({ row: 960, column: 16, rows: 40, columns: 16 });
  });
});

describe('layOutPicture', () => {
  const options = { rowToken: 0, columnToken: 0, entropy: true, maxHeight: 720 };
  const inside = ({ width, height, plot: box, entropy, received, legend }: PictureLayout) => {
    for (const part of [box, received, legend, ...(entropy ? [entropy] : [])]) {
      expect(part.x).toBeGreaterThanOrEqual(0);
      expect(part.x + part.width).toBeLessThanOrEqual(width);
      expect(part.y + part.height).toBeLessThanOrEqual(height);
    }
  };

  it.each([330, 390, 700, 1120, 2000])('keeps everything inside %d pixels', (width) => {
    for (const [rows, columns] of [
      [64, 64],
      [65536, 65536],
      [8, 4096],
      [4096, 8],
    ]) {
      for (const entropy of [true, false]) {
        inside(layOutPicture(width, { rows, columns }, { ...options, rowToken: 9, entropy }));
      }
    }
  });

  it('has square cells, but for very oblong maps', () => {
    const shape = (rows: number, columns: number) => {
      const { plot: box } = layOutPicture(1000, { rows, columns }, options);
      return box.height / box.width / (rows / columns);
    };
    expect(shape(64, 64)).toBeCloseTo(1, 2);
    expect(shape(300, 200)).toBeCloseTo(1, 2);
    expect(shape(8, 4096)).toBeGreaterThan(1);
  });

  it('draws few weights no larger than they may be', () => {
    const { plot: box } = layOutPicture(1000, { rows: 3, columns: 3 }, options);
    expect(box.width).toBe(3 * 72);
  });

  it('knows the longest token', () => {
    expect(longestToken(['a', 'prisoner', 'cell'])).toBe(8);
    expect(longestToken([])).toBe(0);
  });
});
