import type { WeightMap } from '../../../attention/maps/weight-map';
import type { Pool } from './readout';

/** Rows kept: going to and fro between a few costs nothing. */
const KEPT = 8;

/** Whole rows of weights, read exactly and kept while they are of use. */
export class RowReader {
  private readonly rows = new Map<number, Float32Array>();

  /** @param pool `mean` for maps of differences, which have no largest; at 1 × 1 it is the value itself. */
  constructor(
    private readonly map: WeightMap,
    private readonly pool: Pool,
  ) {}

  /** The row, if it was read before. */
  kept(row: number): Float32Array | undefined {
    return this.rows.get(row);
  }

  /** @throws the signal's reason when aborted; what the map throws. */
  async read(row: number, signal: AbortSignal): Promise<Float32Array> {
    const kept = this.rows.get(row);
    if (kept) return kept;
    const region = {
      row,
      column: 0,
      rows: 1,
      columns: this.map.columns,
      rowsOfCell: 1,
      columnsOfCell: 1,
    };
    const cells = await this.map.cells(region, { signal });
    signal.throwIfAborted();
    const weights = cells[this.pool];
    this.rows.set(row, weights);
    if (this.rows.size > KEPT) this.rows.delete(this.rows.keys().next().value!);
    return weights;
  }
}
