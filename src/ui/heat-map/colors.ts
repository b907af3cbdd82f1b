import {
  INFINITY_COLOR,
  NOT_A_NUMBER_COLOR,
  type PaletteName as AnyPalette,
  type Rgba,
  paletteColors,
  nonFiniteColor,
  type PaletteName,
} from './palette';

export type ScaleKind = 'linear' | 'log' | 'rank';

export const scaleKinds: readonly ScaleKind[] = ['linear', 'log', 'rank'];

/** What the colours must span: found by looking at what is visible, or told. */
interface ValueRange {
  /** Smallest and largest finite value; of a signed map, by magnitude, never below 0. */
  readonly low: number;
  readonly high: number;
  /** Finite magnitudes above 0 in ascending order, a sample where there are many: what ranks are read from. */
  readonly sample: Float64Array;
}

export interface ColorScale {
  /** Linear where nothing is above 0, whatever was asked for. */
  readonly kind: ScaleKind;
  readonly signed: boolean;
  readonly low: number;
  readonly high: number;
  /** Where a finite value stands among the colours: 0 to 1. */
  place(value: number): number;
  /** The value that stands there: the other way round, for the legend. */
  valueAt(place: number): number;
}

/** A logarithmic scale goes no deeper than this share of its largest value: below it, all is one colour. */
const LOG_DEPTH = 1e-6;

/** Places of values among colours. Signed scales are symmetric: 0 is in the middle. */
export function colorScale(kind: ScaleKind, signed: boolean, range: ValueRange): ColorScale {
  const up = magnitudeScale(kind, signed, range);
  if (!signed) return { signed, ...up };
  return {
    kind: up.kind,
    signed,
    low: -up.high,
    high: up.high,
    place: (value) => 0.5 + (Math.sign(value) * up.place(Math.abs(value))) / 2,
    valueAt: (place) => Math.sign(place - 0.5) * up.valueAt(Math.abs(2 * place - 1)),
  };
}

const within = (place: number): number => (place > 0 ? Math.min(1, place) : 0);

function magnitudeScale(kind: ScaleKind, signed: boolean, { low, high, sample }: ValueRange) {
  if (!(high > 0)) return linear(0, 1);
  if (kind === 'linear') return linear(0, high);
  if (kind === 'rank' && sample.length > 1) return ranked(sample);
  const floor = Math.max(low > 0 ? low : high * LOG_DEPTH, high * LOG_DEPTH);
  // Around 0 a signed scale has nothing to be logarithmic about: it starts at its floor.
  return logarithmic(signed || floor === high ? high * LOG_DEPTH : floor, high);
}

function linear(low: number, high: number) {
  const span = high - low;
  return {
    kind: 'linear' as const,
    low,
    high,
    place: (value: number) => within((value - low) / span),
    valueAt: (place: number) => low + place * span,
  };
}

function logarithmic(low: number, high: number) {
  const depth = Math.log(high / low);
  return {
    kind: 'log' as const,
    low,
    high,
    place: (value: number) => within(Math.log(value / low) / depth),
    valueAt: (place: number) => low * Math.exp(place * depth),
  };
}

/** Equal shares of the values get equal shares of the colours. */
function ranked(sample: Float64Array) {
  const last = sample.length - 1;
  const place = (value: number) => {
    let [from, to] = [0, last];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (sample[middle] < value) from = middle + 1;
      else to = middle;
    }
    return value > sample[last] ? 1 : from / last;
  };
  const valueAt = (at: number) => sample[Math.round(within(at) * last)];
  return { kind: 'rank' as const, low: sample[0], high: sample[last], place, valueAt };
}

/** What the cells of a view hold, counted one by one. */
export interface ValueCounts extends ValueRange {
  readonly cells: number;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
}

/** A rectangle of one array of cells. */
export interface CellWindow {
  readonly values: Float32Array;
  /** Cells across the whole array. */
  readonly width: number;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

const SAMPLE = 2048;

/** Counts what is in these windows and finds the range of what is finite. Nothing finite: 0 to 0. */
export function countValues(windows: readonly CellWindow[]): ValueCounts {
  const cells = windows.reduce((n, w) => n + (w.bottom - w.top) * (w.right - w.left), 0);
  // Every so-manieth value: a prime stride does not fall into step with the rows.
  const stride = cells <= SAMPLE ? 1 : nextPrime(Math.floor(cells / SAMPLE));
  const counts = { zeros: 0, nans: 0, infinities: 0, low: Infinity, high: 0 };
  const sample: number[] = [];
  let untilNext = 0;
  for (const { values, width, top, left, bottom, right } of windows) {
    for (let y = top; y < bottom; y++) {
      for (let at = y * width + left; at < y * width + right; at++) {
        const size = Math.abs(values[at]);
        const taken = untilNext-- === 0;
        if (taken) untilNext = stride - 1;
        if (size > 0 && size < Infinity) {
          if (size < counts.low) counts.low = size;
          if (size > counts.high) counts.high = size;
          if (taken) sample.push(size);
        } else if (size === 0) counts.zeros++;
        else if (size === Infinity) counts.infinities++;
        else counts.nans++;
      }
    }
  }
  if (counts.high === 0) counts.low = 0;
  // The ends are in the sample, whatever the stride has met.
  else sample.push(counts.low, counts.high);
  return { cells, ...counts, sample: Float64Array.from(sample).sort() };
}

function nextPrime(from: number): number {
  for (let n = Math.max(2, from); ; n++) {
    let divisor = 2;
    while (divisor * divisor <= n && n % divisor !== 0) divisor++;
    if (divisor * divisor > n) return n;
  }
}

/** Those of values that have no sign. */
export type SequentialPalette = Exclude<AnyPalette, 'diverging'>;

export const sequentialPalettes: readonly SequentialPalette[] = [
  'viridis',
  'cividis',
  'magma',
  'grey',
];

/** 256 colours from the least to the most, and those of what has no place among them. */
export interface Palette {
  /** As ImageData has them: one 32-bit word a colour, opaque. */
  readonly colors: Uint32Array;
  readonly nan: number;
  readonly infinity: number;
  /** A weight of exactly 0, that a mask hides or float32 cannot hold; null where 0 is a value like others. */
  readonly zero: number | null;
}

/** The palette's own bytes, a word a colour. */
const paletteWords = (name: AnyPalette): Uint32Array =>
  new Uint32Array(paletteColors(name).buffer as ArrayBuffer);

/** @param zero CSS colour of weights that are exactly 0; null to draw them as the least. */
export function paletteOf(name: SequentialPalette, signed: boolean, zero: string | null): Palette {
  return {
    colors: paletteWords(signed ? 'diverging' : name),
    nan: wordFromRgb(NOT_A_NUMBER_COLOR),
    infinity: wordFromRgb(INFINITY_COLOR),
    zero: zero === null || signed ? null : colorWord(zero),
  };
}

/** "#rrggbb" or "rgb(r, g, b)" as an opaque word in the order that ImageData has on little-endian machines. */
export function colorWord(color: string): number {
  const parts = color.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
    : color
        .match(/[\d.]+/g)!
        .slice(0, 3)
        .map(Number);
  return wordFromRgb(parts.map(Math.round));
}

const wordFromRgb = ([r, g, b]: Rgba | readonly number[]): number =>
  ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

/** The word as CSS writes it. */
export const cssColor = (word: number): string =>
  `#${[word, word >>> 8, word >>> 16].map((part) => (part & 255).toString(16).padStart(2, '0')).join('')}`;

/** Black or white, whichever is read better on this colour (relative luminance of WCAG 2). */
export function textColorOn(word: number): string {
  const linear = (part: number) => {
    const share = (part & 255) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance =
    0.2126 * linear(word) + 0.7152 * linear(word >>> 8) + 0.0722 * linear(word >>> 16);
  return luminance > 0.179 ? '#000000' : '#ffffff';
}

/** The colour of one value, as ImageData has it. */
export function colorOf(value: number, scale: ColorScale, palette: Palette): number {
  if (value === 0 && palette.zero !== null) return palette.zero;
  if (Number.isFinite(value)) {
    const { colors } = palette;
    return colors[Math.round(scale.place(value) * (colors.length - 1))];
  }
  return Number.isNaN(value) ? palette.nan : palette.infinity;
}

/**
 * Colours cells row by row; rows that are not done stay transparent.
 * @param out One word a cell.
 * @param reach Rows that are not done repeat the nearest that is, if it is no further away than this.
 */
export function paintCells(
  out: Uint32Array,
  values: Float32Array,
  done: Uint8Array,
  scale: ColorScale,
  palette: Palette,
  reach = 0,
): void {
  const width = values.length / Math.max(1, done.length);
  for (let y = 0; y < done.length; y++) {
    if (!done[y]) {
      out.fill(0, y * width, (y + 1) * width);
      continue;
    }
    for (let at = y * width; at < (y + 1) * width; at++) {
      out[at] = colorOf(values[at], scale, palette);
    }
  }
  if (reach > 0) repeatRows(out, done, width, reach);
}

function repeatRows(out: Uint32Array, done: Uint8Array, width: number, reach: number): void {
  const nearest = (y: number) => {
    for (let away = 1; away <= reach; away++) {
      if (done[y - away]) return y - away;
      if (done[y + away]) return y + away;
    }
    return -1;
  };
  for (let y = 0; y < done.length; y++) {
    const from = done[y] ? -1 : nearest(y);
    if (from >= 0) out.copyWithin(y * width, from * width, (from + 1) * width);
  }
}

/** How values from 0 to the largest are spread over a palette. */
export type CellScale = 'linear' | 'log' | 'rank';

/** The logarithmic scale ends this many powers of ten below the largest value. */
const LOG_DECADES = 4;

/** Cells of a picture, row by row. */
interface CellGrid {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
  /** Rows that hold values, one byte each; all of them without. */
  readonly done?: Uint8Array;
}

/** Largest of each `factor` × `factor` cells; NaN where one is. So a thin line survives a small picture. */
export function poolMax(grid: CellGrid, factor: number): CellGrid {
  if (factor <= 1) return grid;
  const height = Math.ceil(grid.height / factor);
  const width = Math.ceil(grid.width / factor);
  const values = new Float32Array(height * width).fill(-Infinity);
  const done = new Uint8Array(height);
  for (let y = 0; y < grid.height; y++) {
    if (grid.done && !grid.done[y]) continue;
    const row = Math.floor(y / factor);
    done[row] = 1;
    for (let x = 0; x < grid.width; x++) {
      const at = row * width + Math.floor(x / factor);
      const value = grid.values[y * grid.width + x];
      // NaN compares false with everything: once there, it stays.
      if (!(value <= values[at])) values[at] = Number.isNaN(values[at]) ? NaN : value;
    }
  }
  return { height, width, values, done };
}

/** Red, green, blue, opacity of every cell, for values of 0 and above; rows that are not done are clear. */
export function colorCells(
  { height, width, values, done }: CellGrid,
  palette: PaletteName,
  scale: CellScale,
): Uint8ClampedArray<ArrayBuffer> {
  const colors = paletteColors(palette);
  const out = new Uint8ClampedArray(height * width * 4);
  const shade = fractionsFor(values, scale);
  for (let y = 0; y < height; y++) {
    if (done && !done[y]) continue;
    for (let i = y * width; i < (y + 1) * width; i++) {
      if (Number.isFinite(values[i])) {
        const color = 4 * Math.round(255 * shade(values[i]));
        for (let part = 0; part < 4; part++) out[4 * i + part] = colors[color + part];
      } else {
        out.set(nonFiniteColor(values[i]), 4 * i);
      }
    }
  }
  return out;
}

/** The place of a finite value on the scale of all of them, from 0 to 1. */
export function fractionsFor(values: Float32Array, scale: CellScale): (value: number) => number {
  if (scale === 'rank') return rankFractions(values);
  let largest = 0;
  for (const value of values) if (Number.isFinite(value) && value > largest) largest = value;
  if (largest === 0) return () => 0;
  const within = (place: number) => Math.min(1, Math.max(0, place));
  return scale === 'linear'
    ? (value) => within(value / largest)
    : (value) => within(1 + Math.log10(value / largest) / LOG_DECADES);
}

/** Equal values share a rank; 0 is the lowest whether it occurs or not, so that hidden cells look the same everywhere. */
function rankFractions(values: Float32Array): (value: number) => number {
  const distinct = [...new Set(values.filter((value) => Number.isFinite(value) && value > 0))];
  const rank = new Map(distinct.sort((a, b) => a - b).map((value, i) => [value, i + 1]));
  return (value) => (rank.get(value) ?? 0) / Math.max(1, distinct.length);
}
