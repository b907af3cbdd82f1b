import { colorOfStrange, type PaletteName, paletteColors } from '../palette';

/** How values from 0 to the largest are spread over a palette. */
export type CellScale = 'linear' | 'log' | 'rank';

/** The logarithmic scale ends this many powers of ten below the largest value. */
export const LOG_DECADES = 4;

/** Cells of a picture, row by row. */
export interface CellGrid {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
  /** Rows that hold values, one byte each; all of them without. */
  readonly done?: Uint8Array;
}

/** Largest of each `factor` × `factor` cells; NaN where one is. So a thin line survives a small picture. */
export function poolLargest(grid: CellGrid, factor: number): CellGrid {
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
  const shade = shadesFor(values, scale);
  for (let y = 0; y < height; y++) {
    if (done && !done[y]) continue;
    for (let i = y * width; i < (y + 1) * width; i++) {
      if (Number.isFinite(values[i])) {
        const color = 4 * Math.round(255 * shade(values[i]));
        for (let part = 0; part < 4; part++) out[4 * i + part] = colors[color + part];
      } else {
        out.set(colorOfStrange(values[i]), 4 * i);
      }
    }
  }
  return out;
}

/** The place of a finite value on the scale of all of them, from 0 to 1. */
export function shadesFor(values: Float32Array, scale: CellScale): (value: number) => number {
  if (scale === 'rank') return ranks(values);
  let largest = 0;
  for (const value of values) if (Number.isFinite(value) && value > largest) largest = value;
  if (largest === 0) return () => 0;
  const within = (place: number) => Math.min(1, Math.max(0, place));
  return scale === 'linear'
    ? (value) => within(value / largest)
    : (value) => within(1 + Math.log10(value / largest) / LOG_DECADES);
}

/** Equal values share a rank; 0 is the lowest whether it occurs or not, so that hidden cells look the same everywhere. */
function ranks(values: Float32Array): (value: number) => number {
  const distinct = [...new Set(values.filter((value) => Number.isFinite(value) && value > 0))];
  const rank = new Map(distinct.sort((a, b) => a - b).map((value, i) => [value, i + 1]));
  return (value) => (rank.get(value) ?? 0) / Math.max(1, distinct.length);
}
