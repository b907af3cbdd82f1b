import { describe, expect, it } from 'vitest';
import {
  colorScale,
  scaleKinds,
  type ScaleKind,
  colorOf,
  paintCells,
  cssColor,
  textColorOn,
  sequentialPalettes,
  paletteOf,
  colorWord,
  countValues,
} from './colors';
import { legendTicks } from './draw-axes';

const range = { low: 1e-3, high: 0.8, sample: Float64Array.of(1e-3, 0.01, 0.02, 0.4, 0.8) };
const cases = scaleKinds.flatMap((kind) => [[kind, false] as const, [kind, true] as const]);

describe.each(cases)('the %s scale, signed: %s', (kind: ScaleKind, signed) => {
  const scale = colorScale(kind, signed, range);
  const least = signed ? -0.8 : 0;

  it('rises from 0 to 1', () => {
    const values = Array.from({ length: 200 }, (_, i) => least + ((0.8 - least) * i) / 199);
    const places = values.map((value) => scale.place(value));
    expect(places[0]).toBe(0);
    expect(places.at(-1)).toBe(1);
    places.forEach((place, i) => expect(place).toBeGreaterThanOrEqual(places[i - 1] ?? 0));
  });

  it('stops at its ends', () => {
    expect(scale.place(1e6)).toBe(1);
    expect(scale.place(-1e6)).toBe(0);
  });

  it('can be read backwards', () => {
    const places = kind === 'rank' && !signed ? [0, 0.25, 0.5, 1] : [0.125, 0.25, 0.75, 1];
    for (const place of places) expect(scale.place(scale.valueAt(place))).toBeCloseTo(place, 9);
  });

  it('has ticks in order, on the bar', () => {
    const ticks = legendTicks(scale, 6, false);
    expect(ticks.length).toBeGreaterThan(1);
    ticks.forEach(({ place }, i) => {
      expect(place).toBeGreaterThanOrEqual(i > 0 ? ticks[i - 1].place : 0);
      expect(place).toBeLessThanOrEqual(1);
    });
  });
});

describe('scales', () => {
  it('are symmetric around 0 where signed', () => {
    for (const kind of scaleKinds) {
      const scale = colorScale(kind, true, range);
      expect(scale.place(0)).toBe(0.5);
      expect(scale.place(0.2) + scale.place(-0.2)).toBeCloseTo(1);
    }
  });

  it('give equal shares of values equal shares of colours, by rank', () => {
    const scale = colorScale('rank', false, range);
    expect([1e-3, 0.01, 0.02, 0.4, 0.8].map(scale.place)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('hold where nothing is above 0', () => {
    for (const kind of scaleKinds) {
      const scale = colorScale(kind, false, { low: 0, high: 0, sample: new Float64Array() });
      expect(scale.place(0)).toBe(0);
      expect(legendTicks(scale, 4, false).every(({ place }) => place >= 0)).toBe(true);
    }
  });

  it('hold where all values are one', () => {
    for (const kind of scaleKinds) {
      const one = { low: 0.5, high: 0.5, sample: Float64Array.of(0.5, 0.5) };
      expect(colorScale(kind, false, one).place(0.5)).toBeGreaterThanOrEqual(0);
      expect(legendTicks(colorScale(kind, false, one), 4, false)).not.toEqual([]);
    }
  });
});

describe('colours', () => {
  const scale = colorScale('linear', false, range);

  it('give NaN, infinities and exact zeros colours of their own, in every palette', () => {
    for (const name of sequentialPalettes) {
      const palette = paletteOf(name, false, '#e3e4e0');
      const regular = new Set(palette.colors);
      for (const value of [NaN, Infinity, -Infinity, 0]) {
        expect(regular.has(colorOf(value, scale, palette))).toBe(false);
      }
      expect(colorOf(1e-30, scale, palette)).toBe(palette.colors[0]);
      expect(colorOf(0.8, scale, palette)).toBe(palette.colors[255]);
    }
  });

  it('are pale in the middle where signed, and 0 is one of them', () => {
    const palette = paletteOf('viridis', true, '#e3e4e0');
    expect(palette.zero).toBeNull();
    const signed = colorScale('linear', true, range);
    expect(cssColor(colorOf(0, signed, palette))).toMatch(/^#f/);
  });

  it('leave rows that are not done transparent', () => {
    const out = new Uint32Array(6).fill(7);
    const palette = paletteOf('grey', false, null);
    paintCells(out, new Float32Array(6).fill(0.8), Uint8Array.of(1, 0, 1), scale, palette);
    expect([...out]).toEqual([255, 0, 255].flatMap((i) => Array(2).fill(i && palette.colors[i])));
  });

  it('repeat the nearest row that is done, as far as told', () => {
    const out = new Uint32Array(6);
    const values = Float32Array.of(0, 0, 0.8, 0, 0, 0);
    const done = Uint8Array.of(0, 0, 1, 0, 0, 0);
    const palette = paletteOf('grey', false, null);
    paintCells(out, values, done, scale, palette, 2);
    const top = palette.colors[255];
    expect([...out]).toEqual([top, top, top, top, top, 0]);
  });

  it('survive being written and read', () => {
    expect(cssColor(colorWord('#12ab9f'))).toBe('#12ab9f');
    expect(cssColor(colorWord('rgb(18, 171, 159)'))).toBe('#12ab9f');
    expect(textColorOn(colorWord('#440154'))).toBe('#ffffff');
    expect(textColorOn(colorWord('#fde725'))).toBe('#000000');
  });
});

describe('census', () => {
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
