import type { ValueRange } from './color-scale';

/** What the cells of a view hold, counted one by one. */
export interface Census extends ValueRange {
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
export function census(windows: readonly CellWindow[]): Census {
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
