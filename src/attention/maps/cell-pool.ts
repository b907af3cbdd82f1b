import { type RegionLayout, cellSize, emptyCells } from './region';
import type { MapCells, MapRegion } from './weight-map';

/** Finer cells, one after another: pairs of largest and sum, or weights that are both. */
export type FinerCells = { readonly values: ArrayLike<number>; readonly stride: 1 | 2 };

/**
 * Collects a region's cells from finer ones, whose extents divide the cells'. A row of cells is done once all
 * of its queries have been added.
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
      // Math.max lets a NaN through.
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
