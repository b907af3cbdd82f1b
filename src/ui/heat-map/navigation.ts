import { clampView, viewOfCells, zoomAbout, type MapExtent, type MapView } from './geometry';
import type { Rect, Cell } from './scene';

/** A view on a map, drawn in a box of the screen. */
export interface ViewTransform {
  readonly view: MapView;
  readonly map: MapExtent;
  readonly plot: Rect;
}

/** Whether two views are one, but for rounding. */
export const sameView = (a: MapView, b: MapView): boolean =>
  (['row', 'column', 'rows', 'columns'] as const).every(
    (side) => Math.abs(a[side] - b[side]) < 1e-9 * Math.max(1, a[side]),
  );

/** The picture dragged by so many pixels. */
export function panned({ view, map, plot }: ViewTransform, across: number, down: number): MapView {
  const row = view.row - (down * view.rows) / plot.height;
  const column = view.column - (across * view.columns) / plot.width;
  return clampView({ ...view, row, column }, map, plot);
}

/** Zoomed about a place of the screen; beside the plot, about its edge. */
export function zoomedAt(
  { view, map, plot }: ViewTransform,
  factor: number,
  x: number,
  y: number,
): MapView {
  const share = (at: number) => Math.min(1, Math.max(0, at));
  const row = view.row + share((y - plot.y) / plot.height) * view.rows;
  const column = view.column + share((x - plot.x) / plot.width) * view.columns;
  return zoomAbout(view, factor, row, column, map, plot);
}

/** Zoomed about the cursor where it is in view, else about the middle. */
export function zoomedBy(
  { view, map, plot }: ViewTransform,
  factor: number,
  cursor: Cell | null,
): MapView {
  const { row, column } = cursor && inView(view, cursor) ? middleOf(cursor) : centreOf(view);
  return zoomAbout(view, factor, row, column, map, plot);
}

/** Weights `pixels` wide around a place, or around the middle. */
export function closeUp(
  { view, map, plot }: ViewTransform,
  pixels: number,
  place: Cell | null,
): MapView {
  const { row, column } = place ?? centreOf(view);
  return viewOfCells(pixels, row, column, map, plot);
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
  // Never −0, which would be told as "-0".
  row: Math.max(0, Math.ceil(row - 1e-6)),
  column: Math.max(0, Math.ceil(column - 1e-6)),
});

/** Weights that a drawn cell pools. */
export interface PooledExtent {
  readonly rowsOfCell: number;
  readonly columnsOfCell: number;
}

/** The weights of the drawn cell around a place: cut where the map ends. */
export function blockAround(
  { row, column }: Cell,
  { rowsOfCell, columnsOfCell }: PooledExtent,
  map: MapExtent,
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

export const isOnMap = ({ row, column }: Cell, map: MapExtent): boolean =>
  row >= 0 && column >= 0 && row < map.rows && column < map.columns;

const inView = (view: MapView, { row, column }: Cell): boolean =>
  row >= view.row &&
  row < view.row + view.rows &&
  column >= view.column &&
  column < view.column + view.columns;

const middleOf = ({ row, column }: Cell): Cell => ({ row: row + 0.5, column: column + 0.5 });

const centreOf = ({ row, column, rows, columns }: MapView): Cell => ({
  row: row + rows / 2,
  column: column + columns / 2,
});

/** What a key does on the map. */
export type KeyAction =
  | { readonly type: 'move'; readonly rows: number; readonly columns: number }
  | { readonly type: 'edge'; readonly row?: 'first' | 'last'; readonly column?: 'first' | 'last' }
  | { readonly type: 'zoom'; readonly factor: number }
  | { readonly type: 'enter' | 'whole' | 'pin' };

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const arrows: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

const others: Record<string, KeyAction> = {
  Enter: { type: 'enter' },
  Escape: { type: 'whole' },
  '0': { type: 'whole' },
  p: { type: 'pin' },
  P: { type: 'pin' },
  '+': { type: 'zoom', factor: 0.5 },
  '=': { type: 'zoom', factor: 0.5 },
  '-': { type: 'zoom', factor: 2 },
};

/** Null for keys that the map leaves to the browser. */
export function keyAction({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed): KeyAction | null {
  if (altKey || metaKey) return null;
  if (key === 'Home' || key === 'End') {
    const edge = key === 'Home' ? 'first' : 'last';
    return ctrlKey ? { type: 'edge', row: edge, column: edge } : { type: 'edge', column: edge };
  }
  if (ctrlKey) return null;
  const arrow = arrows[key];
  if (!arrow) return others[key] ?? null;
  const times = shiftKey && key.startsWith('Arrow') ? 10 : 1;
  return { type: 'move', rows: arrow[0] * times, columns: arrow[1] * times };
}

/** The cursor after a move, by cells as they are drawn; it stays on the map. */
export function moveCursor(
  { row, column }: Cell,
  action: KeyAction,
  map: MapExtent,
  rowsOfCell: number,
  columnsOfCell: number,
): Cell {
  const along = (at: number, by: number, all: number) => Math.min(all - 1, Math.max(0, at + by));
  if (action.type === 'move') {
    return {
      row: along(row, action.rows * rowsOfCell, map.rows),
      column: along(column, action.columns * columnsOfCell, map.columns),
    };
  }
  if (action.type !== 'edge') return { row, column };
  const edge = (at: number, to: 'first' | 'last' | undefined, all: number) =>
    to === undefined ? at : to === 'first' ? 0 : all - 1;
  return {
    row: edge(row, action.row, map.rows),
    column: edge(column, action.column, map.columns),
  };
}
