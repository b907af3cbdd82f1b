import {
  emptyCells,
  layoutOfRegion,
  type MapCells,
  type MapRegion,
  type WeightMap,
} from '../../attention/maps/weight-map';
import type { CellRect, CellWindow } from './cell-values';
import {
  TILE_CELLS,
  fullLevel,
  levelOf,
  regionOf,
  tilesOf,
  type Cell,
  type Extent,
  type MapView,
  type PooledExtent,
  type Pool,
  type Size,
  type TileId,
} from './geometry';
import type { BinnedSeries } from './scene';
import type { MapTile, TileCache } from './tile-cache';

export interface Frame extends PooledExtent {
  readonly view: MapView;
  readonly rowLevel: number;
  readonly columnLevel: number;
  readonly tiles: readonly TileId[];
  /** Tiles of one row of cells that pool all rows: what each key receives. Empty if all rows are in view. */
  readonly strips: readonly TileId[];
}

export function frameOf(view: MapView, map: WeightMap, size: Size): Frame {
  const rowLevel = levelOf(view.rows / size.height, map.rows);
  const columnLevel = levelOf(view.columns / size.width, map.columns);
  const tiles = tilesOf(view, rowLevel, columnLevel, map);
  const all = view.rows >= map.rows;
  const strips = all ? [] : tilesOf(view, fullLevel(map.rows), columnLevel, map);
  const [rowsOfCell, columnsOfCell] = [2 ** rowLevel, 2 ** columnLevel];
  return { view, rowLevel, columnLevel, rowsOfCell, columnsOfCell, tiles, strips };
}

export function overviewOf(map: WeightMap): TileId {
  const level = (length: number) => Math.max(0, fullLevel(length) - 8);
  return { rowLevel: level(map.rows), columnLevel: level(map.columns), i: 0, j: 0 };
}

/** The cells of a tile that are in view, at least in part. */
export function visibleCells({ region, height, width }: TileGrid, view: MapView): CellRect {
  const { row, column, rowsOfCell, columnsOfCell } = region;
  const clamp = (at: number, max: number) => Math.max(0, Math.min(max, at));
  return {
    top: clamp(Math.floor((view.row - row) / rowsOfCell), height),
    left: clamp(Math.floor((view.column - column) / columnsOfCell), width),
    bottom: clamp(Math.ceil((view.row + view.rows - row) / rowsOfCell), height),
    right: clamp(Math.ceil((view.column + view.columns - column) / columnsOfCell), width),
  };
}

type TileGrid = Pick<MapCells, 'region' | 'height' | 'width'>;

/** The values in view that have been computed. Rows that are not done are left out. */
export function valueWindows(tiles: readonly (MapTile | undefined)[], view: MapView, pool: Pool) {
  const windows: CellWindow[] = [];
  for (const tile of tiles) {
    if (!tile?.cells) continue;
    const { cells } = tile;
    const { top, bottom, ...sides } = visibleCells(cells, view);
    const window = { values: cells[pool], width: cells.width, ...sides };
    if (tile.ready) windows.push({ ...window, top, bottom });
    else {
      for (let y = top; y < bottom; y++) {
        if (cells.done[y]) windows.push({ ...window, top: y, bottom: y + 1 });
      }
    }
  }
  return windows;
}

/** How far the tiles in view have been computed, and what is drawn in place of the rest. */
export interface FrameProgress {
  /** 0 to 1: the share of the cells in view that are done. */
  readonly fraction: number;
  readonly failed: number;
  /** Coarser cells of this map are drawn for some. */
  readonly coarser: boolean;
  /** Cells of the previous map are drawn for some. */
  readonly outdated: boolean;
}

export function progressOf(
  frame: Frame,
  cache: TileCache,
  previous: TileCache | null,
): FrameProgress {
  let [done, all, failed] = [0, 0, 0];
  let coarser = false;
  let outdated = false;
  for (const id of frame.tiles) {
    const tile = cache.get(id);
    if (tile?.error !== undefined) failed++;
    const region = regionOf(id, cache.map);
    const height = Math.ceil(region.rows / region.rowsOfCell);
    const width = Math.ceil(region.columns / region.columnsOfCell);
    const { top, bottom } = visibleCells({ region, height, width }, frame.view);
    all += (bottom - top) * width;
    for (let y = top; y < bottom; y++) if (tile?.cells?.done[y]) done += width;
    if (tile?.ready) continue;
    if (cache.coarser(id)) coarser = true;
    else if (previous && fallbackTile(previous, id)) outdated = true;
  }
  return { fraction: all > 0 ? done / all : 1, failed, coarser, outdated };
}

export function fallbackTile(cache: TileCache, id: TileId): MapTile | null {
  const same = cache.get(id);
  return same?.ready ? same : cache.coarser(id);
}

/** The value of the drawn cell that holds a weight; null before its tile is ready. */
export function drawnValue(
  { rowLevel, columnLevel, rowsOfCell, columnsOfCell }: Frame,
  cache: TileCache,
  { row, column }: Cell,
  pool: Pool,
): number | null {
  const [y, x] = [Math.floor(row / rowsOfCell), Math.floor(column / columnsOfCell)];
  const [i, j] = [Math.floor(y / TILE_CELLS), Math.floor(x / TILE_CELLS)];
  const tile = cache.get({ rowLevel, columnLevel, i, j });
  if (!tile?.ready) return null;
  return tile.cells![pool][(y % TILE_CELLS) * tile.cells!.width + (x % TILE_CELLS)];
}

/** The cells of the frame that are in view, at least in part. */
export function regionInView({ view, rowsOfCell, columnsOfCell }: Frame, map: Extent): MapRegion {
  const along = (from: number, length: number, all: number, ofCell: number) => {
    const first = Math.floor(from / ofCell) * ofCell;
    return [first, Math.min(all, Math.ceil((from + length) / ofCell) * ofCell) - first];
  };
  const [row, rows] = along(view.row, view.rows, map.rows, rowsOfCell);
  const [column, columns] = along(view.column, view.columns, map.columns, columnsOfCell);
  return { row, column, rows, columns, rowsOfCell, columnsOfCell };
}

/** All cells in view, copied from the tiles; complete only when all of them are ready. */
export function gatherCells(frame: Frame, cache: TileCache): MapCells {
  const { map } = cache;
  const region = regionInView(frame, map);
  const cells = emptyCells(region, layoutOfRegion(region, map.rows, map.columns));
  cells.done.fill(1);
  for (const id of frame.tiles) {
    const tile = cache.get(id)?.cells;
    if (tile) copy(tile, cells);
  }
  return cells;
}

function copy(from: MapCells, to: MapCells): void {
  const { rowsOfCell, columnsOfCell } = to.region;
  const down = (from.region.row - to.region.row) / rowsOfCell;
  const across = (from.region.column - to.region.column) / columnsOfCell;
  const first = Math.max(0, -across);
  const end = Math.min(from.width, to.width - across);
  for (let y = Math.max(0, -down); y < Math.min(from.height, to.height - down); y++) {
    const source = y * from.width;
    const target = (y + down) * to.width + across + first;
    to.largest.set(from.largest.subarray(source + first, source + end), target);
    to.mean.set(from.mean.subarray(source + first, source + end), target);
  }
}

/** Means over bins of `binSize` rows, for the rows in view; NaN where a bin holds one. */
export function binnedMeans(values: Float32Array, view: MapView, binSize: number): BinnedSeries {
  const first = Math.floor(view.row / binSize);
  const bins = Math.ceil(Math.min(values.length, view.row + view.rows) / binSize) - first;
  const means = Float32Array.from({ length: Math.max(0, bins) }, (_, bin) => {
    const from = (first + bin) * binSize;
    const end = Math.min(values.length, from + binSize);
    let sum = 0;
    for (let at = from; at < end; at++) sum += values[at];
    return sum / (end - from);
  });
  return { from: first * binSize, binSize, values: means };
}

/**
 * The attention that each key in view receives: the sum over all rows. It is read from the tiles in view if all rows
 * are, else from strips of cells that pool all rows.
 */
export function receivedAttention(
  { view, tiles, strips }: Frame,
  cache: TileCache,
): BinnedSeries[] {
  if (strips.length === 0) return sumsOf(tiles, cache);
  return strips.flatMap((id) => {
    const tile = cache.get(id);
    if (!tile?.ready) return [];
    const { left, right } = visibleCells(tile.cells!, { ...view, row: 0, rows: cache.map.rows });
    const { column, columnsOfCell } = regionOf(id, cache.map);
    const values = tile.cells!.mean.slice(left, right).map((mean) => mean * cache.map.rows);
    return [{ from: column + left * columnsOfCell, binSize: columnsOfCell, values }];
  });
}

/** Sums over the rows of tiles, for the columns of tiles that are all ready. */
function sumsOf(tiles: readonly TileId[], cache: TileCache): BinnedSeries[] {
  const columns = new Set(tiles.map(({ j }) => j));
  return [...columns].flatMap((j) => {
    const parts = tiles.filter((id) => id.j === j).map((id) => cache.get(id));
    if (!parts.every((tile) => tile?.ready)) return [];
    const { column, columnsOfCell } = regionOf(parts[0]!.id, cache.map);
    const sums = new Float64Array(parts[0]!.cells!.width);
    for (const part of parts) {
      const { mean, width, height, region } = part!.cells!;
      for (let y = 0; y < height; y++) {
        // The last cells may extend past the map's end; their mean does not.
        const rows = Math.min(region.rowsOfCell, region.rows - y * region.rowsOfCell);
        for (let x = 0; x < width; x++) sums[x] += mean[y * width + x] * rows;
      }
    }
    return [{ from: column, binSize: columnsOfCell, values: Float32Array.from(sums) }];
  });
}
