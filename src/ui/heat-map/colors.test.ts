import { describe, expect, it } from 'vitest';
import { thumbnailRange } from './cell-values';
import {
  colorOf,
  colorScale,
  colorWord,
  cssColor,
  INFINITY_COLOR,
  NAN_COLOR,
  paintGrid,
  paletteColors,
  paletteOf,
  scaleKinds,
  sequentialPalettes,
  textColorOn,
  type ScaleKind,
} from './colors';
import { legendTicks } from './draw-axes';

const range = { low: 1e-3, high: 0.8, sample: Float64Array.of(1e-3, 0.01, 0.02, 0.4, 0.8) };
const cases = scaleKinds.flatMap((kind) => [[kind, false] as const, [kind, true] as const]);

describe.each(cases)('the %s scale, signed: %s', (kind: ScaleKind, signed) => {
  const scale = colorScale(kind, signed, range);
  const min = signed ? -0.8 : 0;

  it('rises from 0 to 1', () => {
    const values = Array.from({ length: 200 }, (_, i) => min + ((0.8 - min) * i) / 199);
    const fractions = values.map((value) => scale.fractionOf(value));
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    fractions.forEach((fraction, i) =>
      expect(fraction).toBeGreaterThanOrEqual(fractions[i - 1] ?? 0),
    );
  });

  it('stops at its ends', () => {
    expect(scale.fractionOf(1e6)).toBe(1);
    expect(scale.fractionOf(-1e6)).toBe(0);
  });

  it('can be read backwards', () => {
    const fractions = kind === 'rank' && !signed ? [0, 0.25, 0.5, 1] : [0.125, 0.25, 0.75, 1];
    for (const fraction of fractions) {
      expect(scale.fractionOf(scale.valueAt(fraction))).toBeCloseTo(fraction, 9);
    }
  });

  it('has ticks in order, on the bar', () => {
    const ticks = legendTicks(scale, 6, false);
    expect(ticks.length).toBeGreaterThan(1);
    ticks.forEach(({ fraction }, i) => {
      expect(fraction).toBeGreaterThanOrEqual(i > 0 ? ticks[i - 1].fraction : 0);
      expect(fraction).toBeLessThanOrEqual(1);
    });
  });
});

describe('scales', () => {
  it('are symmetric around 0 where signed', () => {
    for (const kind of scaleKinds) {
      const scale = colorScale(kind, true, range);
      expect(scale.fractionOf(0)).toBe(0.5);
      expect(scale.fractionOf(0.2) + scale.fractionOf(-0.2)).toBeCloseTo(1);
    }
  });

  it('give equal shares of values equal shares of colours, by rank', () => {
    const scale = colorScale('rank', false, range);
    expect([1e-3, 0.01, 0.02, 0.4, 0.8].map(scale.fractionOf)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('hold where nothing is above 0', () => {
    for (const kind of scaleKinds) {
      const scale = colorScale(kind, false, { low: 0, high: 0, sample: new Float64Array() });
      expect(scale.fractionOf(0)).toBe(0);
      expect(legendTicks(scale, 4, false).every(({ fraction }) => fraction >= 0)).toBe(true);
    }
  });

  it('hold where all values are one', () => {
    for (const kind of scaleKinds) {
      const one = { low: 0.5, high: 0.5, sample: Float64Array.of(0.5, 0.5) };
      expect(colorScale(kind, false, one).fractionOf(0.5)).toBeGreaterThanOrEqual(0);
      expect(legendTicks(colorScale(kind, false, one), 4, false)).not.toEqual([]);
    }
  });
});

describe('colours', () => {
  const scale = colorScale('linear', false, range);

  it('give NaN, infinities and exact zeros colours of their own, in every palette', () => {
    for (const name of sequentialPalettes) {
      const palette = paletteOf(name, '#e3e4e0');
      const regular = new Set(palette.colors);
      for (const value of [NaN, Infinity, -Infinity, 0]) {
        expect(regular.has(colorOf(value, scale, palette))).toBe(false);
      }
      expect(colorOf(1e-30, scale, palette)).toBe(palette.colors[0]);
      expect(colorOf(0.8, scale, palette)).toBe(palette.colors[255]);
    }
  });

  it('are pale in the middle where signed, and 0 is one of them', () => {
    const palette = paletteOf('diverging', '#e3e4e0');
    expect(palette.zero).toBeNull();
    const signed = colorScale('linear', true, range);
    expect(cssColor(colorOf(0, signed, palette))).toMatch(/^#f/);
  });

  it('leave rows that are not done transparent', () => {
    const palette = paletteOf('grey');
    const values = new Float32Array(6).fill(0.8);
    const grid = { rows: 3, columns: 2, values, done: Uint8Array.of(1, 0, 1) };
    expect([...paintGrid(grid, scale, palette)]).toEqual(
      [255, 0, 255].flatMap((i) => Array(2).fill(i && palette.colors[i])),
    );
  });

  it('repeat the nearest row that is done, within the given reach', () => {
    const values = Float32Array.of(0, 0, 0.8, 0, 0, 0);
    const done = Uint8Array.of(0, 0, 1, 0, 0, 0);
    const palette = paletteOf('grey');
    const grid = { rows: 6, columns: 1, values, done };
    const top = palette.colors[255];
    expect([...paintGrid(grid, scale, palette, 2)]).toEqual([top, top, top, top, top, 0]);
  });

  it('survive being written and read', () => {
    expect(cssColor(colorWord('#12ab9f'))).toBe('#12ab9f');
    expect(cssColor(colorWord('rgb(18, 171, 159)'))).toBe('#12ab9f');
    expect(textColorOn(colorWord('#440154'))).toBe('#ffffff');
    expect(textColorOn(colorWord('#fde725'))).toBe('#000000');
  });
});

it('thumbnails have colours of their own for what is not finite, and rows that are not done are clear', () => {
  const values = Float32Array.of(0, 1, NaN, -Infinity, 1, 1);
  const done = Uint8Array.of(1, 1, 0);
  const scale = colorScale('linear', false, thumbnailRange(values, 'linear'));
  const out = paintGrid({ rows: 3, columns: 2, values, done }, scale, paletteOf('viridis'));
  const palette = paletteColors('viridis');
  expect([...out]).toEqual([palette[0], palette[255], NAN_COLOR, INFINITY_COLOR, 0, 0]);
});

it('colours of signed values are symmetric about 0, with one of their own for what is not finite', () => {
  const values = Float32Array.of(-2, 0, 2, NaN, Infinity);
  const scale = colorScale('linear', true, { low: 0, high: 2, sample: new Float64Array() });
  const out = paintGrid({ rows: 1, columns: 5, values }, scale, paletteOf('diverging'));
  const palette = paletteColors('diverging');
  expect(out[0]).toBe(palette[0]);
  expect(out[2]).toBe(palette[255]);
  // 0 lies between the two middle colours.
  expect([palette[127], palette[128]]).toContain(out[1]);
  expect(out[3]).toBe(NAN_COLOR);
  expect(out[4]).toBe(INFINITY_COLOR);
});

it('colours of non-finite values are those of ImageData: red, green, blue, opacity', () => {
  const bytes = (word: number) => [...new Uint8Array(Uint32Array.of(word).buffer)];
  expect(bytes(NAN_COLOR)).toEqual([255, 31, 208, 255]);
  expect(bytes(INFINITY_COLOR)).toEqual([0, 224, 255, 255]);
});
