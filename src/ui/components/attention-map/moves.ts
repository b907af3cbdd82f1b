import { clampView, viewOfCells, zoomAbout, type Extent, type View } from './geometry';
import type { Box } from './layout';
import type { Place } from './scene';

/** A view on a map, drawn in a box of the screen. */
export interface Sight {
  readonly view: View;
  readonly map: Extent;
  readonly plot: Box;
}

/** Whether two views are one, but for rounding. */
export const sameView = (a: View, b: View): boolean =>
  (['row', 'column', 'rows', 'columns'] as const).every(
    (side) => Math.abs(a[side] - b[side]) < 1e-9 * Math.max(1, a[side]),
  );

/** The picture dragged by so many pixels. */
export function panned({ view, map, plot }: Sight, across: number, down: number): View {
  const row = view.row - (down * view.rows) / plot.height;
  const column = view.column - (across * view.columns) / plot.width;
  return clampView({ ...view, row, column }, map, plot);
}

/** Zoomed about a place of the screen; beside the plot, about its edge. */
export function zoomedAt({ view, map, plot }: Sight, factor: number, x: number, y: number): View {
  const share = (at: number) => Math.min(1, Math.max(0, at));
  const row = view.row + share((y - plot.y) / plot.height) * view.rows;
  const column = view.column + share((x - plot.x) / plot.width) * view.columns;
  return zoomAbout(view, factor, row, column, map, plot);
}

/** Zoomed about the cursor where it is in view, else about the middle. */
export function zoomedBy({ view, map, plot }: Sight, factor: number, cursor: Place | null): View {
  const { row, column } = cursor && inView(view, cursor) ? middleOf(cursor) : centreOf(view);
  return zoomAbout(view, factor, row, column, map, plot);
}

/** Weights `pixels` wide around a place, or around the middle. */
export function closeUp({ view, map, plot }: Sight, pixels: number, place: Place | null): View {
  const { row, column } = place ?? centreOf(view);
  return viewOfCells(pixels, row, column, map, plot);
}

/** The weight drawn at (x, y); null beside the plot. */
export function placeAt({ view, map, plot }: Sight, x: number, y: number): Place | null {
  const [across, down] = [(x - plot.x) / plot.width, (y - plot.y) / plot.height];
  if (across < 0 || across >= 1 || down < 0 || down >= 1) return null;
  return {
    row: Math.min(map.rows - 1, Math.floor(view.row + down * view.rows)),
    column: Math.min(map.columns - 1, Math.floor(view.column + across * view.columns)),
  };
}

/** The first weight that is whole in view. */
export const firstIn = ({ row, column }: View): Place => ({
  // Never −0, which would be told as "-0".
  row: Math.max(0, Math.ceil(row - 1e-6)),
  column: Math.max(0, Math.ceil(column - 1e-6)),
});

/** Weights that a drawn cell pools. */
export interface CellExtent {
  readonly rowsOfCell: number;
  readonly columnsOfCell: number;
}

/** The weights of the drawn cell around a place: cut where the map ends. */
export function blockOf(
  { row, column }: Place,
  { rowsOfCell, columnsOfCell }: CellExtent,
  map: Extent,
): View {
  const top = Math.floor(row / rowsOfCell) * rowsOfCell;
  const left = Math.floor(column / columnsOfCell) * columnsOfCell;
  return {
    row: top,
    column: left,
    rows: Math.min(rowsOfCell, map.rows - top),
    columns: Math.min(columnsOfCell, map.columns - left),
  };
}

export const onMap = ({ row, column }: Place, map: Extent): boolean =>
  row >= 0 && column >= 0 && row < map.rows && column < map.columns;

const inView = (view: View, { row, column }: Place): boolean =>
  row >= view.row &&
  row < view.row + view.rows &&
  column >= view.column &&
  column < view.column + view.columns;

const middleOf = ({ row, column }: Place): Place => ({ row: row + 0.5, column: column + 0.5 });

const centreOf = ({ row, column, rows, columns }: View): Place => ({
  row: row + rows / 2,
  column: column + columns / 2,
});
