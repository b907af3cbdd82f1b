import { describe, expect, it } from 'vitest';
import { cellSize, layoutOfRegion, refiningOrder } from './weight-map';

const region = {
  row: 8,
  column: 16,
  rows: 20,
  columns: 40,
  rowsOfCell: 4,
  columnsOfCell: 16,
};

describe('a region of a map', () => {
  it('has cells down and across, and ends where they do, or at the map’s end', () => {
    expect(layoutOfRegion(region, 100, 100)).toEqual({
      height: 5,
      width: 3,
      endRow: 28,
      endColumn: 64,
    });
    expect(layoutOfRegion(region, 27, 60)).toMatchObject({ endRow: 27, endColumn: 60 });
  });

  it('has smaller cells at the map’s end', () => {
    const layout = layoutOfRegion(region, 27, 60);
    expect(cellSize(region, layout, 0, 0)).toBe(64);
    expect(cellSize(region, layout, 4, 0)).toBe(3 * 16);
    expect(cellSize(region, layout, 4, 2)).toBe(3 * 12);
  });

  it('may be one cell that is larger than the map', () => {
    const all = { row: 0, column: 0, rows: 5, columns: 3, rowsOfCell: 8, columnsOfCell: 4 };
    expect(layoutOfRegion(all, 5, 3)).toEqual({ height: 1, width: 1, endRow: 5, endColumn: 3 });
  });

  it.each([
    [{ row: 6 }, 'row is 6; allowed: a multiple of 4 from 0 to 99'],
    [{ row: -4 }, 'row is -4'],
    [{ row: 100 }, 'row is 100'],
    [{ column: 0.5 }, 'column is 0.5'],
    [{ rows: 0 }, 'rows is 0; allowed: a whole number from 1 to 92'],
    [{ rows: 93 }, 'rows is 93'],
    [{ columns: 1.5 }, 'columns is 1.5'],
    [{ rowsOfCell: 0 }, 'rowsOfCell is 0; allowed: a power of two, at most 128'],
    [{ rowsOfCell: 12 }, 'rowsOfCell is 12'],
    [{ columnsOfCell: 256 }, 'columnsOfCell is 256'],
    [{ columnsOfCell: NaN }, 'columnsOfCell is NaN'],
  ])('%o is refused by name', (wrong, message) => {
    expect(() => layoutOfRegion({ ...region, ...wrong }, 100, 100)).toThrow(message);
  });
});

describe('the order that refines', () => {
  it.each([1, 2, 3, 8, 13, 64, 100])('visits each of %i once', (count) => {
    const order = refiningOrder(count);
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  it('leaves no gap much wider than another, wherever it stops', () => {
    const count = 64;
    const order = refiningOrder(count);
    for (let known = 1; known <= count; known++) {
      const seen = order.slice(0, known).toSorted((a, b) => a - b);
      const gaps = seen.map((place, i) => (seen[i + 1] ?? count) - place);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(
        2 * (count / 2 ** Math.floor(Math.log2(known))),
      );
    }
  });
});
