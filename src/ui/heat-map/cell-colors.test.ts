import { describe, expect, it } from 'vitest';
import { fillRandom } from '../../numeric/random';
import { colorCells, poolMax, fractionsFor } from './colors';
import { INFINITY_COLOR, NOT_A_NUMBER_COLOR, paletteColors } from './palette';

const grid = (height: number, width: number) => ({
  height,
  width,
  values: fillRandom(new Float32Array(height * width), { seed: 3 }),
});

describe('poolLargest', () => {
  it.each([2, 3, 7])('by %i takes the largest, at the edges too', (factor) => {
    const source = grid(13, 17);
    const pooled = poolMax(source, factor);
    expect([pooled.height, pooled.width]).toEqual([Math.ceil(13 / factor), Math.ceil(17 / factor)]);
    pooled.values.forEach((value, i) => {
      const inside = [...source.values].filter(
        (_, at) =>
          Math.floor(at / 17 / factor) === Math.floor(i / pooled.width) &&
          Math.floor((at % 17) / factor) === i % pooled.width,
      );
      expect(value).toBe(Math.max(...inside));
    });
  });

  it('keeps NaN, wherever in its cell it comes', () => {
    for (const at of [0, 1, 2, 3]) {
      const values = new Float32Array(4).fill(0.5);
      values[at] = NaN;
      expect(poolMax({ height: 2, width: 2, values }, 2).values[0]).toBeNaN();
    }
  });

  it('is done where one of its rows is, and pools those alone', () => {
    const done = Uint8Array.from([1, 0, 0, 0]);
    const pooled = poolMax({ height: 4, width: 1, values: Float32Array.of(1, 9, 9, 9), done }, 2);
    expect([...pooled.done!]).toEqual([1, 0]);
    expect(pooled.values[0]).toBe(1);
  });
});

describe('shadesFor', () => {
  const values = Float32Array.of(0, 0.5, 0.05, 0.00005, 0.000005, 0.5, NaN, Infinity);

  it('is linear from 0 to the largest', () => {
    const shade = fractionsFor(values, 'linear');
    expect([0, 0.25, 0.5].map(shade)).toEqual([0, 0.5, 1]);
  });

  it('is logarithmic over four powers of ten', () => {
    const shade = fractionsFor(values, 'log');
    expect(shade(0.5)).toBe(1);
    expect(shade(0.05)).toBeCloseTo(0.75, 12);
    expect(shade(0.00005)).toBeCloseTo(0, 12);
    expect(shade(0)).toBe(0);
  });

  it('ranks distinct values', () => {
    const shade = fractionsFor(values, 'rank');
    expect([...values.subarray(0, 6)].map(shade)).toEqual([0, 1, 0.75, 0.5, 0.25, 1]);
  });

  it('gives the lowest where there is nothing', () => {
    for (const scale of ['linear', 'log', 'rank'] as const) {
      expect(fractionsFor(new Float32Array(3), scale)(0)).toBe(0);
    }
  });
});

it('colours have their own for what is not finite, and rows that are not done are clear', () => {
  const values = Float32Array.of(0, 1, NaN, -Infinity, 1, 1);
  const done = Uint8Array.of(1, 1, 0);
  const out = colorCells({ height: 3, width: 2, values, done }, 'viridis', 'linear');
  const palette = paletteColors('viridis');
  const cell = (i: number) => [...out.subarray(4 * i, 4 * i + 4)];
  expect(cell(0)).toEqual([...palette.subarray(0, 4)]);
  expect(cell(1)).toEqual([...palette.subarray(4 * 255)]);
  expect(cell(2)).toEqual([...NOT_A_NUMBER_COLOR]);
  expect(cell(3)).toEqual([...INFINITY_COLOR]);
  expect(cell(4)).toEqual([0, 0, 0, 0]);
});
