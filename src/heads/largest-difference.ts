import { InputError } from '../attention/input-error';
import type { WeightMap } from '../attention/maps/weight-map';
import { breather } from './breathe';

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

/**
 * Where two maps differ most, found by looking at every weight of both. The first of equals, window by
 * window: first rows, then columns.
 * @throws InputError for maps of different extents; the signal's reason; what the maps throw.
 */
export async function largestDifference(
  a: WeightMap,
  b: WeightMap,
  { signal, onProgress }: ScanOptions = {},
): Promise<LargestDifference> {
  const { rows, columns } = a;
  if (b.rows !== rows || b.columns !== columns) {
    throw new InputError('map', `${b.rows} × ${b.columns}`, `${rows} × ${columns}, as the other`);
  }
  const width = Math.min(columns, WIDEST);
  const height = Math.min(rows, Math.floor(WINDOW / width));
  let best: LargestDifference = { row: 0, column: 0, a: 0, b: 0 };
  let most = -1;
  // Maps may answer at once; a page must have its turn all the same.
  const breathe = breather(signal);
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
      const found = largestOf(ofA, ofB);
      if (found.difference > most) {
        most = found.difference;
        const at = {
          row: Math.floor(found.at / region.columns),
          column: found.at % region.columns,
        };
        best = {
          row: row + at.row,
          column: column + at.column,
          a: ofA[found.at],
          b: ofB[found.at],
        };
      }
      const seen = row * columns + region.rows * (column + region.columns);
      onProgress?.(seen / (rows * columns));
      await breathe();
    }
  }
  return best;
}

/** NaN in one alone is the largest difference there is; in both, or the same infinity, none. */
function largestOf(a: Float32Array, b: Float32Array): { at: number; difference: number } {
  let at = 0;
  let difference = -1;
  for (let i = 0; i < a.length; i++) {
    let here = Object.is(a[i], b[i]) ? 0 : Math.abs(a[i] - b[i]);
    if (Number.isNaN(here)) here = Infinity;
    if (here > difference) {
      difference = here;
      at = i;
    }
  }
  return { at, difference };
}
