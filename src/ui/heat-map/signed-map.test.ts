import { describe, expect, it } from 'vitest';
import { fillRandom } from '../../numeric/random';
import { INFINITY_COLOR, NOT_A_NUMBER_COLOR, paletteColors } from './palette';
import { colorSigned, differenceOf, formatSigned, largestMagnitude, poolRows } from './signed-map';

const ROWS = 13;
const COLUMNS = 5;
const grid = (seed: number) => ({
  rows: ROWS,
  columns: COLUMNS,
  values: fillRandom(new Float32Array(ROWS * COLUMNS), { seed }),
});

describe('poolRows', () => {
  it.each([2, 4, 13, 20])('by %i keeps the value farthest from 0', (factor) => {
    const source = grid(1);
    const pooled = poolRows(source, factor);
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
      expect(poolRows({ rows: 3, columns: 1, values }, 3).values[0]).toBeNaN();
    }
  });
});

it('a difference is that of each value, and no number where there is none', () => {
  const [a, b] = [grid(1), grid(2)];
  a.values[7] = b.values[7] = Infinity;
  const { values } = differenceOf(a, b);
  values.forEach((value, i) => {
    expect(value).toBe(i === 7 ? NaN : Math.fround(a.values[i] - b.values[i]));
  });
});

it('the largest magnitude is that of a finite value', () => {
  const source = grid(3);
  const sizes = [...source.values].map(Math.abs);
  sizes[4] = 0;
  source.values[4] = -Infinity;
  const size = Math.max(...sizes);
  const at = sizes.indexOf(size);
  expect(largestMagnitude(source)).toEqual({
    row: Math.floor(at / COLUMNS),
    column: at % COLUMNS,
    size,
  });
  expect(largestMagnitude({ rows: 1, columns: 1, values: Float32Array.of(NaN) })).toBeNull();
});

it('colours are symmetric about 0, with one of their own for what is not finite', () => {
  const values = Float32Array.of(-2, 0, 2, NaN, Infinity);
  const out = colorSigned({ rows: 1, columns: 5, values }, 2);
  const palette = paletteColors('diverging');
  const cell = (i: number) => [...out.subarray(4 * i, 4 * i + 4)];
  expect(cell(0)).toEqual([...palette.subarray(0, 4)]);
  expect(cell(2)).toEqual([...palette.subarray(4 * 255)]);
  // 0 lies between the two middle colours.
  expect([127, 128].map((i) => [...palette.subarray(4 * i, 4 * i + 4)])).toContainEqual(cell(1));
  expect(cell(3)).toEqual([...NOT_A_NUMBER_COLOR]);
  expect(cell(4)).toEqual([...INFINITY_COLOR]);
});

it.each([
  [0, '0.000'],
  [-0.23414, '−0.2341'],
  [1234.5, '1235'],
  [0.00001234, '1.234e-5'],
  [-123456, '−1.235e+5'],
  [NaN, 'NaN'],
  [-Infinity, '−∞'],
])('formatSigned(%d) is %s', (value, text) => {
  expect(formatSigned(Math.fround(value))).toBe(text);
});
