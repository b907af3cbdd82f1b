import type { WorkOptions } from '../../../async/abort';
import { TimeSlice } from '../../../async/yield';
import { InputError } from '../../../attention/input-error';
import { onOneDevice, scanDifferences } from '../../../attention/maps/differences';
import { GpuWeightMap } from '../../../attention/maps/gpu-weight-map';
import type { Cell } from '../../../ui/heat-map/geometry';
import type {
  MapCells,
  MapReadOptions,
  MapRegion,
  WeightMap,
} from '../../../attention/maps/weight-map';

/**
 * The weights of `a` minus those of `b`. A cell's mean difference is exactly the difference of its means. The largest
 * difference within a cell does not follow from the cells of either map, so `largest` holds the mean, too; at 1 × 1 both
 * are the difference itself. `largestDifference` finds the largest.
 * @throws InputError for maps of different extents.
 */
export function differenceMap(a: WeightMap, b: WeightMap): WeightMap {
  assertSameExtent(a, b);
  return {
    rows: a.rows,
    columns: a.columns,
    async cells(region, options = {}) {
      const [ofA, ofB] = await readBoth(a, b, region, options);
      return subtract(ofA, ofB);
    },
  };
}

function assertSameExtent({ rows, columns }: WeightMap, b: WeightMap): void {
  if (b.rows === rows && b.columns === columns) return;
  throw new InputError('map', `${b.rows} × ${b.columns}`, `${rows} × ${columns}, as the other`);
}

/** Reads both maps at once; when one fails, the other is aborted. Partial results come once both maps have one. */
async function readBoth(a: WeightMap, b: WeightMap, region: MapRegion, options: MapReadOptions) {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const parts: (MapCells | undefined)[] = [undefined, undefined];
  const onPart = (which: number) => (cells: MapCells) => {
    parts[which] = cells;
    const [ofA, ofB] = parts;
    if (ofA && ofB) options.onPart?.(subtract(ofA, ofB));
  };
  const read = async (map: WeightMap, which: number) => {
    const cells = await map.cells(region, { signal, onPart: options.onPart && onPart(which) });
    parts[which] = cells;
    return cells;
  };
  try {
    return await Promise.all([read(a, 0), read(b, 1)]);
  } catch (error) {
    stop.abort(error);
    throw error;
  }
}

/** A row of cells is done where it is done in both maps; until then it holds zeros. */
function subtract(a: MapCells, b: MapCells): MapCells {
  const { region, height, width } = a;
  const mean = new Float32Array(height * width);
  const done = a.done.map((byte, row) => byte & b.done[row]);
  for (let row = 0; row < height; row++) {
    if (!done[row]) continue;
    for (let at = row * width; at < (row + 1) * width; at++) mean[at] = a.mean[at] - b.mean[at];
  }
  return { region, height, width, largest: mean, mean, done };
}

export interface LargestDifference extends Cell {
  /** The two weights. NaN in one alone is the largest difference there is. */
  readonly a: number;
  readonly b: number;
}

/** Weights of each map that are read at a time: 4 MiB of float32, a few milliseconds of comparing. */
const WINDOW_VALUES = 2 ** 20;
const MAX_WINDOW_WIDTH = 4096;
/** GPUs may flush smaller numbers to 0. */
const MIN_NORMAL = 2 ** -126;

/**
 * The largest difference of two maps, by comparing every weight: on the GPU where both maps are on the same device, else
 * here. Of differences that are equal in float32, the first in row-major order.
 * @throws InputError for maps of different extents; the signal's reason; what the maps throw.
 */
export async function largestDifference(
  a: WeightMap,
  b: WeightMap,
  options: WorkOptions = {},
): Promise<LargestDifference> {
  assertSameExtent(a, b);
  return a instanceof GpuWeightMap && b instanceof GpuWeightMap && onOneDevice(a, b)
    ? scanOnDevice(a, b, options)
    : scanWindows(a, b, options);
}

/** The GPU finds the cell; its weights are then read as any others and must differ by what the GPU found. */
async function scanOnDevice(
  a: GpuWeightMap,
  b: GpuWeightMap,
  options: WorkOptions,
): Promise<LargestDifference> {
  const { row, column, size } = await scanDifferences(a, b, options);
  const region = { row, column, rows: 1, columns: 1, rowsOfCell: 1, columnsOfCell: 1 };
  const [ofA] = (await a.cells(region, options)).mean;
  const [ofB] = (await b.cells(region, options)).mean;
  const there = differenceSize(ofA, ofB);
  if (there !== size && Math.max(there, size) >= MIN_NORMAL) {
    throw new Error(
      `The GPU found a difference of ${size} at ${row}, ${column}, where the weights differ by ${there}.`,
    );
  }
  return { row, column, a: ofA, b: ofB };
}

async function scanWindows(
  a: WeightMap,
  b: WeightMap,
  { signal, onProgress }: WorkOptions,
): Promise<LargestDifference> {
  const { rows, columns } = a;
  const width = Math.min(columns, MAX_WINDOW_WIDTH);
  const height = Math.min(rows, Math.floor(WINDOW_VALUES / width));
  let best: LargestDifference = { row: 0, column: 0, a: 0, b: 0 };
  let maximum = -1;
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
      // One after the other: both may share a device.
      const ofA = (await a.cells(region, { signal })).mean;
      const ofB = (await b.cells(region, { signal })).mean;
      const { at, size } = largestDifferenceOf(ofA, ofB);
      const cell = {
        row: row + Math.floor(at / region.columns),
        column: column + (at % region.columns),
      };
      // Windows side by side hold parts of the same rows: among equals the first row counts.
      if (size > maximum || (size === maximum && cell.row < best.row)) {
        best = { ...cell, a: ofA[at], b: ofB[at] };
        maximum = size;
      }
      const seen = row * columns + region.rows * (column + region.columns);
      onProgress?.(seen / (rows * columns));
      await slice.yieldIfOver();
    }
  }
  return best;
}

function largestDifferenceOf(a: Float32Array, b: Float32Array): { at: number; size: number } {
  let at = 0;
  let size = -1;
  for (let i = 0; i < a.length; i++) {
    const here = differenceSize(a[i], b[i]);
    if (here > size) {
      size = here;
      at = i;
    }
  }
  return { at, size };
}

/** Infinity where NaN is in one alone; 0 where it is in both, and for equal infinities. */
function differenceSize(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  const size = Math.fround(Math.abs(a - b));
  return Number.isNaN(size) ? Infinity : size;
}
