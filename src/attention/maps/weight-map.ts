import { InputError } from '../input-error';

/** A region of one head's map, and how coarsely to pool it. Rows are queries, columns are keys. */
export interface MapRegion {
  /** First query and key. Multiples of the cell's extents. */
  readonly row: number;
  readonly column: number;
  /** Numbers of queries and keys; the last cells may reach past the map's end. */
  readonly rows: number;
  readonly columns: number;
  /** Queries and keys that a cell pools: powers of two; 1 × 1 is the weights themselves. */
  readonly rowsOfCell: number;
  readonly columnsOfCell: number;
}

/** A region's cells, row by row, pooled over visible and hidden weights; a hidden weight is 0. */
export interface MapCells {
  readonly region: MapRegion;
  /** Cells down and across: the region's extents by the cell's, rounded up. */
  readonly height: number;
  readonly width: number;
  /** Largest weight of each cell; NaN where one is NaN. */
  readonly largest: Float32Array;
  /** Mean weight of each cell, over its part on the map; NaN where one is NaN. */
  readonly mean: Float32Array;
  /** One byte per row of cells: 1 once it is done, which all are when `cells` resolves. Other rows hold zeros. */
  readonly done: Uint8Array;
}

export interface MapReadOptions {
  readonly signal?: AbortSignal;
  /** Called with partial results while a region takes longer than a moment; the arrays keep filling up. */
  readonly onPart?: (cells: MapCells) => void;
}

/** The attention weights of one head, computed region by region and never stored whole. */
export interface WeightMap {
  /** Queries. */
  readonly rows: number;
  /** Keys. */
  readonly columns: number;
  /**
   * The cells of a region.
   * @throws InputError for a region off the map; the signal's reason when aborted; errors of the source.
   */
  cells(region: MapRegion, options?: MapReadOptions): Promise<MapCells>;
}

/** Statistics of every row, one number per query. Weights sum to 1, less the sink's share. */
export interface RowStatistics {
  /** Natural logarithm; −∞ for a row that sees no key. */
  readonly logSumExp: Float32Array;
  /** −Σ w ln w, in nats. */
  readonly entropy: Float32Array;
  /** 1 / Σ w²: the effective number of keys. 0 for a row that sees no key. */
  readonly effectiveKeys: Float32Array;
  /** Σ w |query − key|, in tokens. */
  readonly distance: Float32Array;
  /** Weight on the key of the query's own index. */
  readonly diagonal: Float32Array;
  /** Weight on the key before it. */
  readonly previous: Float32Array;
  /** Weight on key 0, where attention sinks are. */
  readonly first: Float32Array;
  /** Weight on the key that the caller marked for this query (an induction target, say); 0 without. */
  readonly marked: Float32Array;
}

/** A region's cells on a map of known extents. */
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
  const maxCount = Math.ceil((extent - first) / cell) * cell;
  if (!Number.isInteger(count) || count < 1 || count > maxCount) {
    throw new InputError(`${axis}s`, count, `a whole number from 1 to ${maxCount}`);
  }
  return Math.ceil(count / cell);
}

/** Cells without values yet. */
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

/** The number of weights that a cell pools: fewer at the map's end. */
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

/** Regions that take no longer are not reported in parts. */
export const PARTIAL_AFTER_MS = 100;

/** 0..count−1 in an order that refines evenly: bit-reversed. */
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

/** Finer cells, one after another: pairs of largest and sum, or weights that are both. */
type FinerCells = { readonly values: ArrayLike<number>; readonly stride: 1 | 2 };

/**
 * Pools a region's cells from finer ones, whose extents divide the cells'. A row of cells is done once all of
 * its queries have been added.
 */
export class CellPool {
  readonly cells: MapCells;
  readonly #sums: Float64Array;
  readonly #missing: Int32Array;

  constructor(
    private readonly region: MapRegion,
    private readonly layout: RegionLayout,
  ) {
    const { height, width, endRow } = layout;
    this.cells = emptyCells(region, layout);
    this.#sums = new Float64Array(height * width);
    this.#missing = Int32Array.from({ length: height }, (_, i) => {
      const first = region.row + i * region.rowsOfCell;
      return Math.min(first + region.rowsOfCell, endRow) - first;
    });
  }

  /** Adds `queries` of the map from `firstQuery` on, as one row of finer cells, `columns` keys each. */
  addRow(firstQuery: number, queries: number, columns: number, finer: FinerCells): void {
    const { region, layout } = this;
    const row = Math.floor((firstQuery - region.row) / region.rowsOfCell);
    const perCell = region.columnsOfCell / columns;
    const { values, stride } = finer;
    const { largest } = this.cells;
    const count = values.length / stride;
    for (let i = 0; i < count; i++) {
      const at = row * layout.width + Math.floor(i / perCell);
      // Math.max propagates NaN.
      largest[at] = Math.max(largest[at], values[stride * i]);
      this.#sums[at] += values[stride * i + stride - 1];
    }
    this.#missing[row] -= queries;
    if (this.#missing[row] === 0) this.#finish(row);
  }

  #finish(row: number): void {
    const { width } = this.layout;
    const whole = cellSize(this.region, this.layout, row, 0);
    const start = row * width;
    for (let i = start; i < start + width - 1; i++) this.cells.mean[i] = this.#sums[i] / whole;
    const last = start + width - 1;
    this.cells.mean[last] = this.#sums[last] / cellSize(this.region, this.layout, row, width - 1);
    this.cells.done[row] = 1;
  }
}
