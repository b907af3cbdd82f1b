import { TimeSlice } from '../../async/yield';
import { CellPool } from './cell-pool';
import { layoutOfRegion, refiningOrder } from './region';
import type { MapCells, MapReadOptions, MapRegion, WeightMap } from './weight-map';

/** Weights of a query for keys [first, end). They may be overwritten at the next call. */
export type WeightsOfRow = (query: number, first: number, end: number) => ArrayLike<number>;

const MOMENT_MS = 100;

/** A map on the CPU, from rows of weights. Gives way to the page while it pools. */
export function mapOfRows(rows: number, columns: number, weightsOf: WeightsOfRow): WeightMap {
  return {
    rows,
    columns,
    cells: (region, options = {}) => poolRows(rows, columns, weightsOf, region, options),
  };
}

async function poolRows(
  rows: number,
  columns: number,
  weightsOf: WeightsOfRow,
  region: MapRegion,
  { signal, onPart }: MapReadOptions,
): Promise<MapCells> {
  signal?.throwIfAborted();
  const layout = layoutOfRegion(region, rows, columns);
  const pool = new CellPool(region, layout);
  const slice = new TimeSlice(signal);
  let reported = performance.now();
  for (const cellRow of refiningOrder(layout.height)) {
    const first = region.row + cellRow * region.rowsOfCell;
    const end = Math.min(first + region.rowsOfCell, layout.endRow);
    for (let query = first; query < end; query++) {
      const values = weightsOf(query, region.column, layout.endColumn);
      pool.addRow(query, 1, 1, { values, stride: 1 });
      await slice.yieldIfOver();
    }
    if (onPart && performance.now() - reported >= MOMENT_MS) {
      onPart(pool.cells);
      reported = performance.now();
    }
  }
  return pool.cells;
}
