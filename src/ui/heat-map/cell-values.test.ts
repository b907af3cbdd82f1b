import { describe, expect, it } from 'vitest';
import { fillRandom } from '../../numeric/random';
import { countValues, poolGrid, thumbnailRange } from './cell-values';
import { colorScale, type ScaleKind } from './colors';

const grid = (rows: number, columns: number, seed = 3) => ({
  rows,
  columns,
  values: fillRandom(new Float32Array(rows * columns), { seed }),
});

describe('poolGrid', () => {
  it.each([2, 3, 7])('by %i takes the largest, at the edges too', (factor) => {
    const source = grid(13, 17);
    const pooled = poolGrid(source, factor, factor);
    expect([pooled.rows, pooled.columns]).toEqual([Math.ceil(13 / factor), Math.ceil(17 / factor)]);
    pooled.values.forEach((value, i) => {
      const inside = [...source.values].filter(
        (_, at) =>
          Math.floor(at / 17 / factor) === Math.floor(i / pooled.columns) &&
          Math.floor((at % 17) / factor) === i % pooled.columns,
      );
      expect(value).toBe(Math.max(...inside));
    });
  });

  it('keeps NaN, wherever in its cell it comes', () => {
    for (const at of [0, 1, 2, 3]) {
      const values = new Float32Array(4).fill(0.5);
      values[at] = NaN;
      expect(poolGrid({ rows: 2, columns: 2, values }, 2, 2).values[0]).toBeNaN();
    }
  });

  it('is done where one of its rows is, and pools those alone', () => {
    const done = Uint8Array.from([1, 0, 0, 0]);
    const values = Float32Array.of(1, 9, 9, 9);
    const pooled = poolGrid({ rows: 4, columns: 1, values, done }, 2, 2);
    expect([...pooled.done!]).toEqual([1, 0]);
    expect(pooled.values[0]).toBe(1);
  });
});

describe('the scale of a thumbnail', () => {
  const scaleOf = (of: Float32Array, kind: ScaleKind) =>
    colorScale(kind, false, thumbnailRange(of, kind)).fractionOf;
  const values = Float32Array.of(0, 0.5, 0.05, 0.00005, 0.000005, 0.5, NaN, Infinity);

  it('is linear from 0 to the largest', () => {
    const fractionOf = scaleOf(values, 'linear');
    expect([0, 0.25, 0.5].map(fractionOf)).toEqual([0, 0.5, 1]);
  });

  it('is logarithmic over four powers of ten', () => {
    const fractionOf = scaleOf(values, 'log');
    expect(fractionOf(0.5)).toBe(1);
    expect(fractionOf(0.05)).toBeCloseTo(0.75, 12);
    expect(fractionOf(0.00005)).toBeCloseTo(0, 12);
    expect(fractionOf(0)).toBe(0);
  });

  it('ranks distinct values', () => {
    const fractionOf = scaleOf(values, 'rank');
    expect([...values.subarray(0, 6)].map(fractionOf)).toEqual([0, 1, 0.75, 0.5, 0.25, 1]);
  });

  it('gives the lowest where there is nothing', () => {
    for (const scale of ['linear', 'log', 'rank'] as const) {
      expect(scaleOf(new Float32Array(3), scale)(0)).toBe(0);
    }
  });
});

describe('poolGrid of rows, by magnitude', () => {
  const [ROWS, COLUMNS] = [13, 5];

  it.each([2, 4, 13, 20])('by %i keeps the value farthest from 0', (factor) => {
    const source = grid(ROWS, COLUMNS, 1);
    const pooled = poolGrid(source, factor, 1, Math.abs);
    expect(pooled.rows).toBe(Math.ceil(ROWS / factor));
    pooled.values.forEach((value, i) => {
      const [row, column] = [Math.floor(i / COLUMNS), i % COLUMNS];
      const own = [...source.values].filter(
        (_, at) => at % COLUMNS === column && Math.floor(at / COLUMNS / factor) === row,
      );
      expect(value).toBe(own.find((it) => Math.abs(it) === Math.max(...own.map(Math.abs))));
    });
  });

  it('keeps NaN wherever it comes', () => {
    for (const at of [0, 1, 2]) {
      const values = Float32Array.of(3, -4, 5);
      values[at] = NaN;
      const pooled = poolGrid({ rows: 3, columns: 1, values }, 3, 1, Math.abs);
      expect(pooled.values[0]).toBeNaN();
    }
  });
});

describe('countValues', () => {
  it('counts what is odd and spans what is finite, by magnitude', () => {
    const values = Float32Array.of(9, NaN, 0, -0.5, 0.25, Infinity, 9, -Infinity);
    const found = countValues([{ values, width: 4, top: 0, bottom: 2, left: 1, right: 4 }]);
    expect(found).toMatchObject({ cells: 6, nans: 1, zeros: 1, infinities: 2 });
    expect(found).toMatchObject({ low: 0.5, high: 9 });
    const all = countValues([{ values, width: 4, top: 0, bottom: 2, left: 0, right: 4 }]);
    expect(all).toMatchObject({ cells: 8, infinities: 2, low: 0.25, high: 9 });
  });

  it('samples large windows, their ends included', () => {
    const values = Float32Array.from({ length: 100_000 }, (_, i) => (i + 1) / 100_000);
    const { sample } = countValues([
      { values, width: 100, top: 0, bottom: 1000, left: 0, right: 100 },
    ]);
    expect(sample.length).toBeLessThan(5000);
    expect(sample[0]).toBe(values[0]);
    expect(sample.at(-1)).toBe(1);
    expect(sample[sample.length >> 1]).toBeCloseTo(0.5, 2);
  });
});
