import type { WeightMap } from '../../../attention/maps/weight-map';
import type { Pool } from './readout';
import { RowReader } from './row-reader';

/** The map that is looked at, and its rows as they are read; none before one is given or while nobody looks. */
export class OpenedMap {
  map: WeightMap | null = null;
  rows: RowReader | null = null;

  open(map: WeightMap, pool: Pool): void {
    this.map = map;
    this.rows = new RowReader(map, pool);
  }

  close(): void {
    this.map = null;
    this.rows = null;
  }
}
