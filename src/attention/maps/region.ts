import { InputError } from '../input-error';
import type { MapCells, MapRegion } from './weight-map';

/** A region on a map: its cells, and where they end. */
export interface RegionLayout {
  /** Cells down and across. */
  readonly height: number;
  readonly width: number;
  /** One past the last query and key that its cells pool. */
  readonly endRow: number;
  readonly endColumn: number;
}

/** @throws InputError for a region off a map of `mapRows` × `mapColumns`. */
export function layoutOfRegion(
  region: MapRegion,
  mapRows: number,
  mapColumns: number,
): RegionLayout {
  const { row, column, rows, columns, rowsOfCell, columnsOfCell } = region;
  const height = cellsOf('row', row, rows, rowsOfCell, mapRows);
  const width = cellsOf('column', column, columns, columnsOfCell, mapColumns);
  return {
    height,
    width,
    endRow: Math.min(row + height * rowsOfCell, mapRows),
    endColumn: Math.min(column + width * columnsOfCell, mapColumns),
  };
}

function cellsOf(
  axis: 'row' | 'column',
  first: number,
  count: number,
  cell: number,
  extent: number,
): number {
  // Up to the power of two that holds the whole map.
  const largest = 2 ** Math.ceil(Math.log2(extent));
  if (!Number.isInteger(Math.log2(cell)) || cell < 1 || cell > largest) {
    throw new InputError(`${axis}sOfCell`, cell, `a power of two, at most ${largest}`);
  }
  if (!Number.isInteger(first / cell) || first < 0 || first >= extent) {
    throw new InputError(axis, first, `a multiple of ${cell} from 0 to ${extent - 1}`);
  }
  // The last cell may reach past the map's end, but begins on it.
  const most = Math.ceil((extent - first) / cell) * cell;
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new InputError(`${axis}s`, count, `a whole number from 1 to ${most}`);
  }
  return Math.ceil(count / cell);
}

/** Cells without a value yet. */
export function emptyCells(region: MapRegion, { height, width }: RegionLayout): MapCells {
  return {
    region,
    height,
    width,
    largest: new Float32Array(height * width),
    mean: new Float32Array(height * width),
    done: new Uint8Array(height),
  };
}

/** How many weights a cell pools: fewer at the map's end. */
export function cellSize(
  { row, column, rowsOfCell, columnsOfCell }: MapRegion,
  { endRow, endColumn }: RegionLayout,
  cellRow: number,
  cellColumn: number,
): number {
  const firstRow = row + cellRow * rowsOfCell;
  const firstColumn = column + cellColumn * columnsOfCell;
  return (
    (Math.min(firstRow + rowsOfCell, endRow) - firstRow) *
    (Math.min(firstColumn + columnsOfCell, endColumn) - firstColumn)
  );
}

/** 0..count−1 in an order that refines evenly: by their bits read backwards. */
export function refiningOrder(count: number): number[] {
  const bits = Math.ceil(Math.log2(count));
  const order: number[] = [];
  for (let i = 0; i < 2 ** bits; i++) {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
    if (reversed < count) order.push(reversed);
  }
  return order;
}
