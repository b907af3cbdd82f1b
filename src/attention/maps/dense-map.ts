import { InputError } from '../input-error';
import type { MapCells, MapReadOptions, MapRegion, WeightMap } from './weight-map';

/**
 * A map of weights that are stored already.
 * @param values (rows, columns), row by row.
 * @throws InputError unless there are as many values as that takes.
 */
export function denseMap(rows: number, columns: number, values: Float32Array): WeightMap {
  if (values.length !== rows * columns) {
    const allowed = `rows × columns = ${rows} × ${columns} = ${rows * columns}`;
    throw new InputError('values.length', values.length, allowed);
  }
  return {
    rows,
    columns,
    cells: async (region, options) => pool(rows, columns, values, region, options),
  };
}

/** The event loop has its turn after so many weights. */
const WEIGHTS_AT_ONCE = 1 << 21;

async function pool(
  rows: number,
  columns: number,
  values: Float32Array,
  region: MapRegion,
  { signal, onPart }: MapReadOptions = {},
): Promise<MapCells> {
  signal?.throwIfAborted();
  check(region, rows, columns);
  const height = Math.ceil(region.rows / region.rowsOfCell);
  const width = Math.ceil(region.columns / region.columnsOfCell);
  const cells = {
    region,
    height,
    width,
    largest: new Float32Array(height * width),
    mean: new Float32Array(height * width),
    done: new Uint8Array(height),
  };
  let walked = 0;
  for (let y = 0; y < height; y++) {
    if (walked > WEIGHTS_AT_ONCE) {
      walked = 0;
      onPart?.(cells);
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    }
    for (let x = 0; x < width; x++) poolCell(cells, x, y, rows, columns, values);
    cells.done[y] = 1;
    walked += region.rowsOfCell * region.columns;
  }
  return cells;
}

function poolCell(
  { region, width, largest, mean }: MapCells,
  x: number,
  y: number,
  rows: number,
  columns: number,
  values: Float32Array,
): void {
  const top = region.row + y * region.rowsOfCell;
  const left = region.column + x * region.columnsOfCell;
  const bottom = Math.min(top + region.rowsOfCell, rows);
  const right = Math.min(left + region.columnsOfCell, columns);
  let most = -Infinity;
  let sum = 0;
  for (let row = top; row < bottom; row++) {
    for (let at = row * columns + left; at < row * columns + right; at++) {
      const value = values[at];
      // Written so that NaN is the largest once met.
      if (!(value <= most)) most = Number.isNaN(most) ? most : value;
      sum += value;
    }
  }
  largest[y * width + x] = most;
  mean[y * width + x] = sum / ((bottom - top) * (right - left));
}

function check(region: MapRegion, rows: number, columns: number): void {
  const { rowsOfCell, columnsOfCell } = region;
  for (const [name, extent] of Object.entries({ rowsOfCell, columnsOfCell })) {
    if (!(extent >= 1 && Number.isInteger(Math.log2(extent)))) {
      throw new InputError(name, extent, 'a power of two');
    }
  }
  const inside = (at: number, length: number, extent: number, all: number) =>
    at >= 0 && length >= 1 && at % extent === 0 && at + length <= Math.ceil(all / extent) * extent;
  if (!inside(region.row, region.rows, rowsOfCell, rows)) {
    throw new InputError('rows', [region.row, region.rows], `within 0 to ${rows}, at whole cells`);
  }
  if (!inside(region.column, region.columns, columnsOfCell, columns)) {
    const allowed = `within 0 to ${columns}, at whole cells`;
    throw new InputError('columns', [region.column, region.columns], allowed);
  }
}
