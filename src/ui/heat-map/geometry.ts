/** One weight of a map: its query and its key. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface PooledExtent {
  readonly rowsOfCell: number;
  readonly columnsOfCell: number;
}

/** What a drawn cell shows of the weights it pools: see `MapCells`. */
export type Pool = 'largest' | 'mean';

/** The part of a map in view: its first row and column and its extent, in weights. Fractions are allowed. */
export interface MapView {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
}

/** In CSS pixels, as all sizes here. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

/** Cells along a tile's edge. */
export const TILE_CELLS = 256;

/** A weight is never drawn wider than this, in pixels. */
export const MAX_CELL_PIXELS = 72;

/** A tile: the log2 of the weights that a cell pools along each side, and its indices among the tiles of that level. */
export interface TileId {
  readonly rowLevel: number;
  readonly columnLevel: number;
  readonly i: number;
  readonly j: number;
}

export const wholeOf = ({ rows, columns }: Extent): MapView => ({
  row: 0,
  column: 0,
  rows,
  columns,
});

export const isWhole = (view: MapView, map: Extent): boolean =>
  view.rows >= map.rows && view.columns >= map.columns;

/** The nearest view that lies on the map and draws no weight larger than allowed. */
export function clampView(view: MapView, map: Extent, size: Size): MapView {
  const minLength = (length: number, pixels: number) =>
    Math.min(length, Math.max(1e-6, pixels / MAX_CELL_PIXELS));
  const along = (at: number, length: number, all: number, pixels: number) => {
    const fitted = Math.min(all, Math.max(minLength(all, pixels), length));
    return { at: Math.min(all - fitted, Math.max(0, at)), length: fitted };
  };
  const down = along(view.row, view.rows, map.rows, size.height);
  const across = along(view.column, view.columns, map.columns, size.width);
  return { row: down.at, column: across.at, rows: down.length, columns: across.length };
}

/** The level at which one cell pools all `length` rows or columns. */
export const fullLevel = (length: number): number => Math.ceil(Math.log2(Math.max(1, length)));

/** The finest level whose cells are a pixel or more, so that drawing skips none. */
export function levelOf(weightsPerPixel: number, length: number): number {
  // Rounding must not push a view that fits exactly to the next level.
  const level = Math.ceil(Math.log2(Math.max(1, weightsPerPixel)) - 1e-9);
  return Math.min(fullLevel(length), Math.max(0, level));
}

/** The tiles of a view at these levels, those nearest to its middle first. */
export function tilesOf(
  view: MapView,
  rowLevel: number,
  columnLevel: number,
  map: Extent,
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

/** The weights of a tile. Its last cells may extend past the map's end. */
export function regionOf({ rowLevel, columnLevel, i, j }: TileId, map: Extent) {
  const [rowsOfCell, columnsOfCell] = [2 ** rowLevel, 2 ** columnLevel];
  const row = i * TILE_CELLS * rowsOfCell;
  const column = j * TILE_CELLS * columnsOfCell;
  const rows = Math.min(TILE_CELLS * rowsOfCell, map.rows - row);
  const columns = Math.min(TILE_CELLS * columnsOfCell, map.columns - column);
  return { row, column, rows, columns, rowsOfCell, columnsOfCell };
}

/** The tile one level coarser that covers this one, or null where that would be a single cell. */
export function coarserOf(id: TileId, map: Extent): TileId | null {
  const { rowLevel, columnLevel, i, j } = id;
  const down = Number(rowLevel < fullLevel(map.rows));
  const across = Number(columnLevel < fullLevel(map.columns));
  if (down + across === 0) return null;
  return {
    rowLevel: rowLevel + down,
    columnLevel: columnLevel + across,
    i: i >> down,
    j: j >> across,
  };
}

// ---- Moves of the view

/** A view of a map, drawn in a rectangle of the screen. */
export interface ViewTransform {
  readonly view: MapView;
  readonly map: Extent;
  readonly plot: Rect;
}

export const sameView = (a: MapView, b: MapView): boolean =>
  (['row', 'column', 'rows', 'columns'] as const).every(
    (side) => Math.abs(a[side] - b[side]) < 1e-9 * Math.max(1, a[side]),
  );

/** After dragging the picture by so many pixels. */
export function panned({ view, map, plot }: ViewTransform, across: number, down: number): MapView {
  const row = view.row - (down * view.rows) / plot.height;
  const column = view.column - (across * view.columns) / plot.width;
  return clampView({ ...view, row, column }, map, plot);
}

/**
 * The view with `factor` times as many weights along each side, keeping this point of the map in place.
 * Each side stops at its own limit: a map of few queries and many keys is zoomed along its keys.
 */
export function zoomAbout(
  { view, map, plot }: ViewTransform,
  factor: number,
  { row, column }: Cell,
): MapView {
  const along = (length: number, all: number, pixels: number) => {
    const closest = Math.min(length, pixels / MAX_CELL_PIXELS);
    return Math.min(all, Math.max(closest, length * factor)) / length;
  };
  const down = along(view.rows, map.rows, plot.height);
  const across = along(view.columns, map.columns, plot.width);
  const zoomed = {
    row: row - (row - view.row) * down,
    column: column - (column - view.column) * across,
    rows: view.rows * down,
    columns: view.columns * across,
  };
  return clampView(zoomed, map, plot);
}

/** Zoomed about a point of the screen; beside the plot, about the plot's edge. */
export function zoomedAt(at: ViewTransform, factor: number, x: number, y: number): MapView {
  const { view, plot } = at;
  const clamp = (fraction: number) => Math.min(1, Math.max(0, fraction));
  return zoomAbout(at, factor, {
    row: view.row + clamp((y - plot.y) / plot.height) * view.rows,
    column: view.column + clamp((x - plot.x) / plot.width) * view.columns,
  });
}

/** Zoomed about the middle of the cursor's cell if that is in view, else about the middle of the view. */
export function zoomedBy(at: ViewTransform, factor: number, cursor: Cell | null): MapView {
  const { row, column, rows, columns } = at.view;
  const isInView =
    cursor &&
    cursor.row >= row &&
    cursor.row < row + rows &&
    cursor.column >= column &&
    cursor.column < column + columns;
  const middle = isInView ? { row: cursor.row + 0.5, column: cursor.column + 0.5 } : null;
  return zoomAbout(at, factor, middle ?? middleOf(at.view));
}

/** Draws weights `pixels` wide and high, around a cell or the middle of the view. */
export function closeUp(
  { view, map, plot }: ViewTransform,
  pixels: number,
  cell: Cell | null,
): MapView {
  const { row, column } = cell ?? middleOf(view);
  const rows = Math.min(map.rows, plot.height / pixels);
  const columns = Math.min(map.columns, plot.width / pixels);
  const around = { row: row + 0.5 - rows / 2, column: column + 0.5 - columns / 2, rows, columns };
  return clampView(around, map, plot);
}

const middleOf = ({ row, column, rows, columns }: MapView): Cell => ({
  row: row + rows / 2,
  column: column + columns / 2,
});

/** The view moved as little as brings these weights into it. */
export function reveal({ view, map, plot }: ViewTransform, seen: MapView): MapView {
  const along = (from: number, length: number, at: number, extent: number) =>
    at < from ? at : Math.max(from, at + extent - length);
  const row = along(view.row, view.rows, seen.row, seen.rows);
  const column = along(view.column, view.columns, seen.column, seen.columns);
  return clampView({ ...view, row, column }, map, plot);
}

/** The weight drawn at (x, y); null beside the plot. */
export function cellAtPoint({ view, map, plot }: ViewTransform, x: number, y: number): Cell | null {
  const [across, down] = [(x - plot.x) / plot.width, (y - plot.y) / plot.height];
  if (across < 0 || across >= 1 || down < 0 || down >= 1) return null;
  return {
    row: Math.min(map.rows - 1, Math.floor(view.row + down * view.rows)),
    column: Math.min(map.columns - 1, Math.floor(view.column + across * view.columns)),
  };
}

/** The first weight that is whole in view. */
export const firstCellIn = ({ row, column }: MapView): Cell => ({
  // Never −0, which would be written "-0".
  row: Math.max(0, Math.ceil(row - 1e-6)),
  column: Math.max(0, Math.ceil(column - 1e-6)),
});

/** The weights of the drawn cell that holds this one; clipped where the map ends. */
export function blockAround(
  { row, column }: Cell,
  { rowsOfCell, columnsOfCell }: PooledExtent,
  map: Extent,
): MapView {
  const top = Math.floor(row / rowsOfCell) * rowsOfCell;
  const left = Math.floor(column / columnsOfCell) * columnsOfCell;
  return {
    row: top,
    column: left,
    rows: Math.min(rowsOfCell, map.rows - top),
    columns: Math.min(columnsOfCell, map.columns - left),
  };
}

export const isOnMap = ({ row, column }: Cell, map: Extent): boolean =>
  row >= 0 && column >= 0 && row < map.rows && column < map.columns;

export const sameCell = (a: Cell | null, b: Cell | null): boolean =>
  a?.row === b?.row && a?.column === b?.column;
