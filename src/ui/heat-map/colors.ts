import {
  interpolateCividis,
  interpolateMagma,
  interpolatePuOr,
  interpolateViridis,
} from 'd3-scale-chromatic';

// ---- Palettes. A colour is a word as ImageData has it on little-endian machines: 0xAABBGGRR.

export const sequentialPalettes = ['viridis', 'cividis', 'magma', 'grey'] as const;
/** For values without a sign. */
export type SequentialPalette = (typeof sequentialPalettes)[number];
export type PaletteName = SequentialPalette | 'diverging';

const wordFromRgb = ([red, green, blue]: readonly number[]): number =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** Colours of non-finite values: far from every palette. */
export const NAN_COLOR = wordFromRgb([255, 31, 208]);
export const INFINITY_COLOR = wordFromRgb([0, 224, 255]);

const interpolators: Record<PaletteName, (fraction: number) => string> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  magma: interpolateMagma,
  grey: (fraction) => {
    const level = Math.round(255 * (1 - fraction) * 0.94 + 6);
    return `rgb(${level}, ${level}, ${level})`;
  },
  // Purple below 0, orange above, pale between: distinguishable without red and green.
  diverging: interpolatePuOr,
};

const paletteCache = new Map<PaletteName, Uint32Array<ArrayBuffer>>();

/** A palette's 256 colours, from the minimum to the maximum. */
export function paletteColors(name: PaletteName): Uint32Array<ArrayBuffer> {
  let colors = paletteCache.get(name);
  if (!colors) {
    colors = Uint32Array.from({ length: 256 }, (_, i) => colorWord(interpolators[name](i / 255)));
    paletteCache.set(name, colors);
  }
  return colors;
}

export interface Palette {
  readonly colors: Uint32Array;
  /** Of values that are exactly 0, which a mask hides or float32 cannot hold; null where 0 is like any other value. */
  readonly zero: number | null;
}

/** @param zero CSS colour of values that are exactly 0; null to draw them as the minimum. */
export const paletteOf = (name: PaletteName, zero: string | null = null): Palette => ({
  colors: paletteColors(name),
  zero: zero === null || name === 'diverging' ? null : colorWord(zero),
});

/** Of "#rrggbb" or "rgb(r, g, b)", opaque. */
export function colorWord(color: string): number {
  const parts = color.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
    : color.match(/[\d.]+/g)!.map(Number);
  return wordFromRgb(parts.map(Math.round));
}

export const cssColor = (word: number): string =>
  `#${[word, word >>> 8, word >>> 16].map((part) => (part & 255).toString(16).padStart(2, '0')).join('')}`;

/** Black or white, whichever has more contrast with this colour (relative luminance of WCAG 2). */
export function textColorOn(word: number): string {
  const linear = (part: number) => {
    const share = (part & 255) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance =
    0.2126 * linear(word) + 0.7152 * linear(word >>> 8) + 0.0722 * linear(word >>> 16);
  return luminance > 0.179 ? '#000000' : '#ffffff';
}

// ---- Scales: from a value to a fraction of the palette.

export const scaleKinds = ['linear', 'log', 'rank'] as const;
export type ScaleKind = (typeof scaleKinds)[number];

export interface ValueRange {
  /** Smallest magnitude above 0 and largest finite magnitude. */
  readonly low: number;
  readonly high: number;
  /** Finite magnitudes in ascending order, a sample where there are many: ranks are read from it. */
  readonly sample: Float64Array;
}

export interface ColorScale {
  /** Linear where nothing is above 0, regardless of what was requested. */
  readonly kind: ScaleKind;
  readonly signed: boolean;
  readonly low: number;
  readonly high: number;
  /** From a finite value to 0 … 1; beyond the ends it is clamped. */
  fractionOf(value: number): number;
  /** The inverse, for the legend. */
  valueAt(fraction: number): number;
}

/** A logarithmic scale ends at this share of its largest value at the latest. */
const LOG_DEPTH = 1e-6;

/** Signed scales are symmetric: 0 is in the middle. */
export function colorScale(kind: ScaleKind, signed: boolean, range: ValueRange): ColorScale {
  const magnitudes = magnitudeScale(kind, signed, range);
  if (!signed) return { signed, ...magnitudes };
  return {
    kind: magnitudes.kind,
    signed,
    low: -magnitudes.high,
    high: magnitudes.high,
    fractionOf: (value) => 0.5 + (Math.sign(value) * magnitudes.fractionOf(Math.abs(value))) / 2,
    valueAt: (fraction) =>
      Math.sign(fraction - 0.5) * magnitudes.valueAt(Math.abs(2 * fraction - 1)),
  };
}

const clamp = (fraction: number): number => (fraction > 0 ? Math.min(1, fraction) : 0);

function magnitudeScale(kind: ScaleKind, signed: boolean, { low, high, sample }: ValueRange) {
  if (!(high > 0)) return linear(1);
  if (kind === 'linear') return linear(high);
  if (kind === 'rank' && sample.length > 1) return ranked(sample);
  const floor = high * LOG_DEPTH;
  // Near 0 a signed scale has no smallest value to start from: it starts at the floor.
  return logarithmic(signed || low >= high ? floor : Math.max(low, floor), high);
}

const linear = (high: number) => ({
  kind: 'linear' as const,
  low: 0,
  high,
  fractionOf: (value: number) => clamp(value / high),
  valueAt: (fraction: number) => fraction * high,
});

function logarithmic(low: number, high: number) {
  const depth = Math.log(high / low);
  return {
    kind: 'log' as const,
    low,
    high,
    fractionOf: (value: number) => clamp(Math.log(value / low) / depth),
    valueAt: (fraction: number) => low * Math.exp(fraction * depth),
  };
}

/** Equal shares of the values get equal shares of the colours. */
function ranked(sample: Float64Array) {
  const last = sample.length - 1;
  const fractionOf = (value: number) => {
    if (value > sample[last]) return 1;
    let [from, to] = [0, last];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (sample[middle] < value) from = middle + 1;
      else to = middle;
    }
    return from / last;
  };
  const valueAt = (fraction: number) => sample[Math.round(clamp(fraction) * last)];
  return { kind: 'rank' as const, low: sample[0], high: sample[last], fractionOf, valueAt };
}

// ---- Painting: from values to words.

export function colorOf(value: number, scale: ColorScale, palette: Palette): number {
  if (value === 0 && palette.zero !== null) return palette.zero;
  if (Number.isFinite(value)) {
    const { colors } = palette;
    return colors[Math.round(scale.fractionOf(value) * (colors.length - 1))];
  }
  return Number.isNaN(value) ? NAN_COLOR : INFINITY_COLOR;
}

/** Values, row by row. */
export interface ValueGrid {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  /** Rows that hold values, one byte each; all of them when absent. */
  readonly done?: Uint8Array;
}

/**
 * One word a cell; rows that are not done stay transparent.
 * @param reach Rows that are not done repeat the nearest that is, if it is no further away than this.
 */
export function paintGrid(
  { rows, columns, values, done }: ValueGrid,
  scale: ColorScale,
  palette: Palette,
  reach = 0,
): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(rows * columns);
  for (let y = 0; y < rows; y++) {
    if (done && !done[y]) continue;
    for (let at = y * columns; at < (y + 1) * columns; at++) {
      words[at] = colorOf(values[at], scale, palette);
    }
  }
  if (done && reach > 0) repeatRows(words, done, columns, reach);
  return words;
}

function repeatRows(words: Uint32Array, done: Uint8Array, columns: number, reach: number): void {
  const nearest = (y: number) => {
    for (let away = 1; away <= reach; away++) {
      if (done[y - away]) return y - away;
      if (done[y + away]) return y + away;
    }
    return -1;
  };
  for (let y = 0; y < done.length; y++) {
    const from = done[y] ? -1 : nearest(y);
    if (from >= 0) words.copyWithin(y * columns, from * columns, (from + 1) * columns);
  }
}

/** Fills a canvas, whose size becomes the image's: one pixel a word. */
export function putPixels(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  words: Uint32Array<ArrayBuffer>,
  width: number,
): void {
  const height = words.length / width;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d') as
    CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  context.putImageData(new ImageData(new Uint8ClampedArray(words.buffer), width), 0, 0);
}
