import { InputError } from '../attention/input-error';
import { DeviceMap } from '../attention/maps/device-map';
import { onOneDevice, scanDifferences } from '../attention/maps/scan-differences';
import type { WeightMap } from '../attention/maps/weight-map';
import { TimeSlice } from '../async/yield';

export interface LargestDifference {
  readonly row: number;
  readonly column: number;
  /** The weights there; NaN in one of them counts as more than any difference. */
  readonly a: number;
  readonly b: number;
}

export interface ScanOptions {
  readonly signal?: AbortSignal;
  /** Share of the map that has been looked at. */
  readonly onProgress?: (fraction: number) => void;
}

/** Weights read at a time, of each map: 4 MiB of float32, a few milliseconds to look through. */
const WINDOW = 2 ** 20;
const WIDEST = 4096;
/** GPUs may take what is smaller for 0. */
const LEAST_NORMAL = 2 ** -126;

/**
 * Where two maps differ most, found by looking at every weight of both: on the device that both are on, else
 * here. Of equal differences, rounded to float32, the first row's counts, and of those the first column's.
 * @throws InputError for maps of different extents; the signal's reason; what the maps throw.
 */
export async function largestDifference(
  a: WeightMap,
  b: WeightMap,
  options: ScanOptions = {},
): Promise<LargestDifference> {
  const { rows, columns } = a;
  if (b.rows !== rows || b.columns !== columns) {
    throw new InputError('map', `${b.rows} × ${b.columns}`, `${rows} × ${columns}, as the other`);
  }
  return a instanceof DeviceMap && b instanceof DeviceMap && onOneDevice(a, b)
    ? scanOnDevice(a, b, options)
    : scanWindows(a, b, options);
}

/** The device tells the place; what is there is read as any weight is, and must be as far apart as it said. */
async function scanOnDevice(
  a: DeviceMap,
  b: DeviceMap,
  options: ScanOptions,
): Promise<LargestDifference> {
  const { row, column, size } = await scanDifferences(a, b, options);
  const region = { row, column, rows: 1, columns: 1, rowsOfCell: 1, columnsOfCell: 1 };
  const [ofA] = (await a.cells(region, options)).mean;
  const [ofB] = (await b.cells(region, options)).mean;
  const there = sizeOf(ofA, ofB);
  if (there !== size && Math.max(there, size) >= LEAST_NORMAL) {
    throw new Error(
      `The GPU found a difference of ${size} at ${row}, ${column}, where the weights differ by ${there}.`,
    );
  }
  return { row, column, a: ofA, b: ofB };
}

/** Window by window, in order of rows where they are as wide as the maps. */
async function scanWindows(
  a: WeightMap,
  b: WeightMap,
  { signal, onProgress }: ScanOptions,
): Promise<LargestDifference> {
  const { rows, columns } = a;
  const width = Math.min(columns, WIDEST);
  const height = Math.min(rows, Math.floor(WINDOW / width));
  let best: LargestDifference = { row: 0, column: 0, a: 0, b: 0 };
  let most = -1;
  // Maps may answer without ever yielding to the page.
  const slice = new TimeSlice(signal);
  for (let row = 0; row < rows; row += height) {
    for (let column = 0; column < columns; column += width) {
      const region = {
        row,
        column,
        rows: Math.min(height, rows - row),
        columns: Math.min(width, columns - column),
        rowsOfCell: 1,
        columnsOfCell: 1,
      };
      // One after the other: they may share a device, and a stop has one thing to stop.
      const ofA = (await a.cells(region, { signal })).mean;
      const ofB = (await b.cells(region, { signal })).mean;
      const { at, size } = largestOf(ofA, ofB);
      const place = {
        row: row + Math.floor(at / region.columns),
        column: column + (at % region.columns),
      };
      // Windows beside one another hold parts of the same rows.
      if (size > most || (size === most && place.row < best.row)) {
        best = { ...place, a: ofA[at], b: ofB[at] };
        most = size;
      }
      const seen = row * columns + region.rows * (column + region.columns);
      onProgress?.(seen / (rows * columns));
      await slice.yieldIfOver();
    }
  }
  return best;
}

/** The first of the largest. */
function largestOf(a: Float32Array, b: Float32Array): { at: number; size: number } {
  let at = 0;
  let size = -1;
  for (let i = 0; i < a.length; i++) {
    const here = sizeOf(a[i], b[i]);
    if (here > size) {
      size = here;
      at = i;
    }
  }
  return { at, size };
}

/** NaN in one alone is the largest difference there is; in both, or the same infinity, none. */
function sizeOf(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  const size = Math.fround(Math.abs(a - b));
  return Number.isNaN(size) ? Infinity : size;
}
