import type { MapCells, WeightMap } from '../../../attention/maps/weight-map';
import {
  TILE,
  fullLevel,
  levelOf,
  regionOf,
  tilesOf,
  type Size,
  type TileId,
  type View,
} from './geometry';
import type { Pool } from './readout';
import type { Progress } from './status';
import type { Tile, TileCache } from './tile-cache';
import type { CellWindow } from './value-range';

/** Which tiles a view is made of. */
export interface Frame {
  readonly view: View;
  readonly rowLevel: number;
  readonly columnLevel: number;
  readonly tiles: readonly TileId[];
  /** Tiles one cell high that pool all rows: what each key receives. None where all rows are in view. */
  readonly strips: readonly TileId[];
}

export function frameOf(view: View, map: WeightMap, size: Size): Frame {
  const rowLevel = levelOf(view.rows / size.height, map.rows);
  const columnLevel = levelOf(view.columns / size.width, map.columns);
  const tiles = tilesOf(view, rowLevel, columnLevel, map);
  const all = view.rows >= map.rows;
  const strips = all ? [] : tilesOf(view, fullLevel(map.rows), columnLevel, map);
  return { view, rowLevel, columnLevel, tiles, strips };
}

/** The tile that holds the whole map. */
export function overviewOf(map: WeightMap): TileId {
  const level = (length: number) => Math.max(0, fullLevel(length) - 8);
  return { rowLevel: level(map.rows), columnLevel: level(map.columns), i: 0, j: 0 };
}

/** A rectangle of a tile's cells. */
export interface Cut {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** The cells of a tile that the view shows, cut ones included. */
export function visibleOf(tile: MapCells, view: View): Cut {
  const { row, column, rowsOfCell, columnsOfCell } = tile.region;
  const within = (at: number, most: number) => Math.max(0, Math.min(most, at));
  return {
    top: within(Math.floor((view.row - row) / rowsOfCell), tile.height),
    left: within(Math.floor((view.column - column) / columnsOfCell), tile.width),
    bottom: within(Math.ceil((view.row + view.rows - row) / rowsOfCell), tile.height),
    right: within(Math.ceil((view.column + view.columns - column) / columnsOfCell), tile.width),
  };
}

/** What of the view is there, as windows of values. Rows that are not done are left out. */
export function windowsOf(tiles: readonly (Tile | undefined)[], view: View, pool: Pool) {
  const windows: CellWindow[] = [];
  for (const tile of tiles) {
    if (!tile?.cells) continue;
    const { cells } = tile;
    const cut = visibleOf(cells, view);
    const window = { values: cells[pool], width: cells.width, left: cut.left, right: cut.right };
    if (tile.ready) windows.push({ ...window, top: cut.top, bottom: cut.bottom });
    else {
      for (let top = cut.top; top < cut.bottom; top++) {
        if (cells.done[top]) windows.push({ ...window, top, bottom: top + 1 });
      }
    }
  }
  return windows;
}

/** How much of the frame is there, and what stands in for the rest. */
export function progressOf(frame: Frame, cache: TileCache, previous: TileCache | null): Progress {
  const { view } = frame;
  let [done, all, failed] = [0, 0, 0];
  let coarser = false;
  let outdated = false;
  for (const id of frame.tiles) {
    const tile = cache.get(id);
    if (tile?.error !== undefined) failed++;
    const { rows, columns, rowsOfCell, row } = regionOf(id, cache.map);
    const height = Math.ceil(rows / rowsOfCell);
    const first = Math.max(0, Math.floor((view.row - row) / rowsOfCell));
    const last = Math.min(height, Math.ceil((view.row + view.rows - row) / rowsOfCell));
    all += (last - first) * columns;
    if (tile?.ready) done += (last - first) * columns;
    else {
      for (let y = first; y < last; y++) if (tile?.cells?.done[y]) done += columns;
      if (cache.coarser(id)) coarser = true;
      else if (previous && standIn(previous, id)) outdated = true;
    }
  }
  return { fraction: all > 0 ? done / all : 1, failed, coarser, outdated };
}

/** What another map's cache has for a tile. */
export function standIn(cache: TileCache, id: TileId): Tile | null {
  const same = cache.get(id);
  return same?.ready ? same : cache.coarser(id);
}

/** The value of the drawn cell that holds a weight, where its tile is there. */
export function valueAt(
  { rowLevel, columnLevel }: Frame,
  cache: TileCache,
  { row, column }: { readonly row: number; readonly column: number },
  pool: Pool,
): number | null {
  const [y, x] = [Math.floor(row / 2 ** rowLevel), Math.floor(column / 2 ** columnLevel)];
  const id = { rowLevel, columnLevel, i: Math.floor(y / TILE), j: Math.floor(x / TILE) };
  const tile = cache.get(id);
  if (!tile?.ready) return null;
  return tile.cells![pool][(y % TILE) * tile.cells!.width + (x % TILE)];
}

/** All cells in view, put together from its tiles. Whole only where all tiles are ready. */
export function gather(frame: Frame, cache: TileCache): MapCells {
  const rowsOfCell = 2 ** frame.rowLevel;
  const columnsOfCell = 2 ** frame.columnLevel;
  const { view } = frame;
  const { map } = cache;
  const top = Math.floor(view.row / rowsOfCell);
  const left = Math.floor(view.column / columnsOfCell);
  const height = Math.ceil(Math.min(map.rows, view.row + view.rows) / rowsOfCell) - top;
  const width = Math.ceil(Math.min(map.columns, view.column + view.columns) / columnsOfCell) - left;
  const cells = {
    region: {
      row: top * rowsOfCell,
      column: left * columnsOfCell,
      rows: Math.min(height * rowsOfCell, map.rows - top * rowsOfCell),
      columns: Math.min(width * columnsOfCell, map.columns - left * columnsOfCell),
      rowsOfCell,
      columnsOfCell,
    },
    height,
    width,
    largest: new Float32Array(height * width),
    mean: new Float32Array(height * width),
    done: new Uint8Array(height).fill(1),
  };
  for (const id of frame.tiles) {
    const tile = cache.get(id)?.cells;
    if (tile) copy(tile, cells);
  }
  return cells;
}

/** Copies what of `from` lies on `to`. */
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

/** Drawn cells of the view, down and across, cut ones included. */
export function cellsInView({ view, rowLevel, columnLevel }: Frame) {
  const along = (from: number, length: number, ofCell: number) =>
    Math.ceil((from + length) / ofCell) - Math.floor(from / ofCell);
  return {
    rows: along(view.row, view.rows, 2 ** rowLevel),
    columns: along(view.column, view.columns, 2 ** columnLevel),
  };
}
