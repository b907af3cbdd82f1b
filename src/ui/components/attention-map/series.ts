import { visibleOf, type Frame } from './frame';
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

/**
 * What the keys in view receive: the mean of all rows, times their number. Where all rows are in view, their
 * own tiles tell; else strips of cells that pool all rows.
 */
export function receivedOf({ view, tiles, strips }: Frame, cache: TileCache): Series[] {
  if (strips.length === 0) return sumsOf(tiles, cache);
  return strips.flatMap((id) => {
    const tile = cache.get(id);
    if (!tile?.ready) return [];
    const { left, right } = visibleOf(tile.cells!, { ...view, row: 0, rows: cache.map.rows });
    const { column, columnsOfCell } = regionOf(id, cache.map);
    const values = tile.cells!.mean.slice(left, right).map((mean) => mean * cache.map.rows);
    return [{ from: column + left * columnsOfCell, ofBin: columnsOfCell, values }];
  });
}

/** Sums over the rows of tiles; of columns of tiles that are all there. */
function sumsOf(tiles: readonly TileId[], cache: TileCache): Series[] {
  const columns = new Set(tiles.map(({ j }) => j));
  return [...columns].flatMap((j) => {
    const parts = tiles.filter((id) => id.j === j).map((id) => cache.get(id));
    if (!parts.every((tile) => tile?.ready)) return [];
    const { column, columnsOfCell } = regionOf(parts[0]!.id, cache.map);
    const sums = new Float64Array(parts[0]!.cells!.width);
    for (const part of parts) {
      const { mean, width, height, region } = part!.cells!;
      for (let y = 0; y < height; y++) {
        // The last cells may reach past the map's end; their mean does not.
        const rows = Math.min(region.rowsOfCell, region.rows - y * region.rowsOfCell);
        for (let x = 0; x < width; x++) sums[x] += mean[y * width + x] * rows;
      }
    }
    return [{ from: column, ofBin: columnsOfCell, values: Float32Array.from(sums) }];
  });
}
