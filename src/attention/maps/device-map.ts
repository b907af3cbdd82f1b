import type { MapDevice } from './map-device';
import { readCells } from './read-cells';
import type { WalkedRows } from './walked-rows';
import type { MapReadOptions, MapRegion, WeightMap } from './weight-map';

/** One head's weights, on the device that computes them. */
export class DeviceMap implements WeightMap {
  /** @param reading Calls its argument with the head's rows, which live until that has ended. */
  constructor(
    readonly device: MapDevice,
    /** Number of the head, counted over all batch elements. */
    readonly sequence: number,
    readonly reading: <T>(read: (rows: WalkedRows) => Promise<T>) => Promise<T>,
  ) {}

  get rows() {
    return this.device.problem.shape.queryLength;
  }

  get columns() {
    return this.device.problem.shape.keyLength;
  }

  cells(region: MapRegion, options: MapReadOptions = {}) {
    const { device, sequence } = this;
    return this.reading((rows) => readCells(device, sequence, rows, region, options));
  }
}
