import { visibleOf } from './frame';
import { regionOf, type TileId, type View } from './geometry';
import type { Series } from './scene';
import type { TileCache } from './tile-cache';

/** Means over bins of `ofBin` rows, for the rows in view. NaN stays NaN. */
export function binned(values: Float32Array, view: View, ofBin: number): Series {
  const first = Math.floor(view.row / ofBin);
  const bins = Math.ceil(Math.min(values.length, view.row + view.rows) / ofBin) - first;
  const means = Float32Array.from({ length: Math.max(0, bins) }, (_, bin) => {
    const from = (first + bin) * ofBin;
    const end = Math.min(values.length, from + ofBin);
    let sum = 0;
    for (let at = from; at < end; at++) sum += values[at];
    return sum / (end - from);
  });
  return { from: first * ofBin, ofBin, values: means };
}

/** Largest number there is, or 0. */
export function largestOf(values: Float32Array): number {
  let most = 0;
  for (const value of values) if (value > most && value < Infinity) most = value;
  return most;
}

/** What the keys in view receive, from the strips that are there: the mean of all rows, times their number. */
export function receivedOf(strips: readonly TileId[], cache: TileCache, view: View): Series[] {
  return strips.flatMap((id) => {
    const tile = cache.get(id);
    if (!tile?.ready) return [];
    const { left, right } = visibleOf(tile.cells!, { ...view, row: 0, rows: cache.map.rows });
    const { column, columnsOfCell } = regionOf(id, cache.map);
    const values = tile.cells!.mean.slice(left, right).map((mean) => mean * cache.map.rows);
    return [{ from: column + left * columnsOfCell, ofBin: columnsOfCell, values }];
  });
}
