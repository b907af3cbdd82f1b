import type { ScaleKind, ValueGrid, ValueRange } from './colors';

/** What a set of cells holds. */
export interface ValueCounts extends ValueRange {
  readonly cells: number;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
}

/** A rectangle of a grid: `left` ≤ column < `right`, `top` ≤ row < `bottom`. */
export interface CellRect {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface CellWindow extends CellRect {
  readonly values: Float32Array;
  /** Cells across the whole array. */
  readonly width: number;
}

const SAMPLE_SIZE = 2048;

/** Counts the values of these windows and finds the range of their magnitudes: 0 to 0 where none is finite. */
export function countValues(windows: readonly CellWindow[]): ValueCounts {
  const cells = windows.reduce((n, w) => n + (w.bottom - w.top) * (w.right - w.left), 0);
  // A prime stride does not sample the same few columns of every row.
  const stride = cells <= SAMPLE_SIZE ? 1 : nextPrime(Math.floor(cells / SAMPLE_SIZE));
  const counts = { zeros: 0, nans: 0, infinities: 0, low: Infinity, high: 0 };
  const sample: number[] = [];
  let untilNext = 0;
  for (const { values, width, top, left, bottom, right } of windows) {
    for (let y = top; y < bottom; y++) {
      for (let at = y * width + left; at < y * width + right; at++) {
        const size = Math.abs(values[at]);
        const isSampled = untilNext-- === 0;
        if (isSampled) untilNext = stride - 1;
        if (size > 0 && size < Infinity) {
          if (size < counts.low) counts.low = size;
          if (size > counts.high) counts.high = size;
          if (isSampled) sample.push(size);
        } else if (size === 0) counts.zeros++;
        else if (size === Infinity) counts.infinities++;
        else counts.nans++;
      }
    }
  }
  if (counts.high === 0) counts.low = 0;
  // The stride may have skipped the ends.
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

export function maxFinite(values: Float32Array): number {
  let max = 0;
  for (const value of values) if (value > max && value < Infinity) max = value;
  return max;
}

/** A thumbnail's logarithmic scale ends this many powers of ten below the largest value. */
const THUMBNAIL_DECADES = 4;

/**
 * The range of a small picture's values, of 0 and above. Its sample holds each distinct value once, and 0 whether it
 * occurs or not, so that hidden cells look the same in every picture.
 */
export function thumbnailRange(values: Float32Array, kind: ScaleKind): ValueRange {
  const high = maxFinite(values);
  const distinct = kind === 'rank' ? new Set(values.filter((v) => v > 0 && v < Infinity)) : [];
  const sample = Float64Array.from([0, ...distinct]).sort();
  return { low: high * 10 ** -THUMBNAIL_DECADES, high, sample };
}

/** Pools blocks of `down` × `across` cells. Each keeps its value of the largest `size`; NaN where it holds one. */
export function poolGrid(
  { rows, columns, values, done }: ValueGrid,
  down: number,
  across: number,
  size: (value: number) => number = (value) => value,
): ValueGrid {
  if (down * across === 1) return { rows, columns, values, done };
  const height = Math.ceil(rows / down);
  const width = Math.ceil(columns / across);
  const pooled = new Float32Array(height * width).fill(-Infinity);
  const sizes = new Float64Array(height * width).fill(-Infinity);
  const pooledDone = new Uint8Array(height);
  for (let y = 0; y < rows; y++) {
    if (done && !done[y]) continue;
    const row = Math.floor(y / down);
    pooledDone[row] = 1;
    for (let x = 0; x < columns; x++) {
      const at = row * width + Math.floor(x / across);
      const value = values[y * columns + x];
      const ofValue = size(value);
      if (ofValue <= sizes[at] || Number.isNaN(sizes[at])) continue;
      sizes[at] = ofValue;
      pooled[at] = value;
    }
  }
  return { rows: height, columns: width, values: pooled, done: pooledDone };
}
