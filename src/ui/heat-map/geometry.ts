/** The part of a map that is seen: its first row and column, and how many, in weights. May be fractions. */
export interface MapView {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export interface MapExtent {
  readonly rows: number;
  readonly columns: number;
}

/** A width and a height in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Cells along a tile's edge. */
export const TILE_CELLS = 256;

/** A weight is never drawn wider than this, in pixels. */
export const MAX_CELL_PIXELS = 72;

/** A tile: how many weights a cell pools, as powers of two, and its place among the tiles of that level. */
export interface TileId {
  readonly rowLevel: number;
  readonly columnLevel: number;
  readonly i: number;
  readonly j: number;
}

export const wholeOf = ({ rows, columns }: MapExtent): MapView => ({
  row: 0,
  column: 0,
  rows,
  columns,
});

export const isWhole = (view: MapView, map: MapExtent): boolean =>
  view.rows >= map.rows && view.columns >= map.columns;

/** The view moved and shrunk as little as keeps it on the map, and its weights no larger than allowed. */
export function clampView(view: MapView, map: MapExtent, size: Size): MapView {
  const least = (length: number, pixels: number) =>
    Math.min(length, Math.max(1e-6, pixels / MAX_CELL_PIXELS));
  const along = (at: number, length: number, all: number, pixels: number) => {
    const fitted = Math.min(all, Math.max(least(all, pixels), length));
    return { at: Math.min(all - fitted, Math.max(0, at)), length: fitted };
  };
  const down = along(view.row, view.rows, map.rows, size.height);
  const across = along(view.column, view.columns, map.columns, size.width);
  return { row: down.at, column: across.at, rows: down.length, columns: across.length };
}

/**
 * The view with `factor` times as many weights along each side, the one at (row, column) staying in place.
 * A side that can go no further stops by itself: a map of few queries and many keys is zoomed along its keys.
 */
export function zoomAbout(
  view: MapView,
  factor: number,
  row: number,
  column: number,
  map: MapExtent,
  size: Size,
): MapView {
  const along = (length: number, all: number, pixels: number) => {
    const closest = Math.min(length, pixels / MAX_CELL_PIXELS);
    return Math.min(all, Math.max(closest, length * factor)) / length;
  };
  const down = along(view.rows, map.rows, size.height);
  const across = along(view.columns, map.columns, size.width);
  const zoomed = {
    row: row - (row - view.row) * down,
    column: column - (column - view.column) * across,
    rows: view.rows * down,
    columns: view.columns * across,
  };
  return clampView(zoomed, map, size);
}

/** A view whose weights are `pixels` wide and high, around the weight at (row, column). */
export function viewOfCells(
  pixels: number,
  row: number,
  column: number,
  map: MapExtent,
  size: Size,
): MapView {
  const rows = Math.min(map.rows, size.height / pixels);
  const columns = Math.min(map.columns, size.width / pixels);
  const view = { row: row + 0.5 - rows / 2, column: column + 0.5 - columns / 2, rows, columns };
  return clampView(view, map, size);
}

/** The view moved, if it must and no further, so that these weights are on it. */
export function reveal(view: MapView, seen: MapView, map: MapExtent, size: Size): MapView {
  const along = (from: number, length: number, at: number, extent: number) => {
    if (at < from) return at;
    return Math.max(from, at + extent - length);
  };
  const row = along(view.row, view.rows, seen.row, seen.rows);
  const column = along(view.column, view.columns, seen.column, seen.columns);
  return clampView({ ...view, row, column }, map, size);
}

/** The level at which a cell pools all rows, or all columns, of so many. */
export const fullLevel = (length: number): number => Math.ceil(Math.log2(Math.max(1, length)));

/** The finest level whose cells are a pixel or more: at that level no cell is skipped in drawing. */
export function levelOf(weightsPerPixel: number, length: number): number {
  // A view that fits exactly must not be thrown to the next level by rounding.
  const level = Math.ceil(Math.log2(Math.max(1, weightsPerPixel)) - 1e-9);
  return Math.min(fullLevel(length), Math.max(0, level));
}

/** The tiles that a view needs at these levels, the nearest to its middle first. */
export function tilesOf(
  view: MapView,
  rowLevel: number,
  columnLevel: number,
  map: MapExtent,
): TileId[] {
  const range = (from: number, length: number, all: number, level: number) => {
    const extent = TILE_CELLS * 2 ** level;
    const last = Math.ceil(all / extent) - 1;
    const first = Math.min(last, Math.max(0, Math.floor(from / extent)));
    const end = Math.min(last, Math.max(first, Math.ceil((from + length) / extent) - 1));
    return { first, end, middle: (from + length / 2) / extent - 0.5 };
  };
  const down = range(view.row, view.rows, map.rows, rowLevel);
  const across = range(view.column, view.columns, map.columns, columnLevel);
  const tiles: TileId[] = [];
  for (let i = down.first; i <= down.end; i++) {
    for (let j = across.first; j <= across.end; j++) tiles.push({ rowLevel, columnLevel, i, j });
  }
  const distance = ({ i, j }: TileId) => Math.hypot(i - down.middle, j - across.middle);
  return tiles.sort((a, b) => distance(a) - distance(b));
}

/** The weights of a tile. Its last cells may reach past the map's end. */
export function regionOf({ rowLevel, columnLevel, i, j }: TileId, map: MapExtent) {
  const rowsOfCell = 2 ** rowLevel;
  const columnsOfCell = 2 ** columnLevel;
  const row = i * TILE_CELLS * rowsOfCell;
  const column = j * TILE_CELLS * columnsOfCell;
  return {
    row,
    column,
    rows: Math.min(TILE_CELLS * rowsOfCell, map.rows - row),
    columns: Math.min(TILE_CELLS * columnsOfCell, map.columns - column),
    rowsOfCell,
    columnsOfCell,
  };
}

/** The tile one level coarser that covers this one, or null where that would be a single cell. */
export function coarserOf(id: TileId, map: MapExtent): TileId | null {
  const { rowLevel, columnLevel, i, j } = id;
  const up = rowLevel < fullLevel(map.rows);
  const out = columnLevel < fullLevel(map.columns);
  if (!up && !out) return null;
  return {
    rowLevel: up ? rowLevel + 1 : rowLevel,
    columnLevel: out ? columnLevel + 1 : columnLevel,
    i: up ? i >> 1 : i,
    j: out ? j >> 1 : j,
  };
}
