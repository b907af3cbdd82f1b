import type { WeightMap } from '../../attention/maps/weight-map';
import { emit } from '../emit';
import {
  blockAround,
  cellAtPoint,
  clampView,
  closeUp,
  firstCellIn,
  isWhole,
  panned,
  reveal,
  sameCell,
  sameView,
  wholeOf,
  zoomedAt,
  zoomedBy,
  type Cell,
  type Extent,
  type MapView,
  type PooledExtent,
  type Rect,
  type ViewTransform,
} from './geometry';

export interface CursorMove {
  readonly type: 'move';
  /** In drawn cells; infinite as far as the edge. */
  readonly rows: number;
  readonly columns: number;
}

export type KeyAction =
  | CursorMove
  | { readonly type: 'zoom'; readonly factor: number }
  | { readonly type: 'enter' | 'whole' | 'pin' };

type PressedKey = Pick<KeyboardEvent, 'key'> &
  Partial<Pick<KeyboardEvent, 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>>;

const move = (rows: number, columns: number): CursorMove => ({ type: 'move', rows, columns });

const actions = new Map<string, KeyAction>([
  ['ArrowUp', move(-1, 0)],
  ['ArrowDown', move(1, 0)],
  ['ArrowLeft', move(0, -1)],
  ['ArrowRight', move(0, 1)],
  ['PageUp', move(-10, 0)],
  ['PageDown', move(10, 0)],
  ['Home', move(0, -Infinity)],
  ['End', move(0, Infinity)],
  ['Enter', { type: 'enter' }],
  ['Escape', { type: 'whole' }],
  ['0', { type: 'whole' }],
  ['p', { type: 'pin' }],
  ['P', { type: 'pin' }],
  ['+', { type: 'zoom', factor: 0.5 }],
  ['=', { type: 'zoom', factor: 0.5 }],
  ['-', { type: 'zoom', factor: 2 }],
]);

const withControl = new Map([
  ['Home', move(-Infinity, -Infinity)],
  ['End', move(Infinity, Infinity)],
]);

/** Null for keys that are left to the browser. */
export function keyAction(pressed: PressedKey): KeyAction | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = pressed;
  if (altKey || metaKey) return null;
  const action = (ctrlKey ? withControl : actions).get(key) ?? null;
  if (action?.type !== 'move' || !shiftKey || !key.startsWith('Arrow')) return action;
  return move(10 * action.rows, 10 * action.columns);
}

/** The cursor after a move by drawn cells, within the map. */
export function moveCursor(
  { row, column }: Cell,
  { rows, columns }: CursorMove,
  map: Extent,
  { rowsOfCell, columnsOfCell }: PooledExtent,
): Cell {
  const along = (at: number, by: number, all: number) => Math.min(all - 1, Math.max(0, at + by));
  return {
    row: along(row, rows * rowsOfCell, map.rows),
    column: along(column, columns * columnsOfCell, map.columns),
  };
}

export interface ViewHost extends EventTarget {
  /** Undefined for the whole map. */
  view?: MapView;
  cursor: Cell | null;
  readonly openMap: WeightMap | null;
  readonly shownLayout: { readonly plot: Rect } | null;
  readonly pooled: PooledExtent;
  requestUpdate(): void;
}

/** Moves an attention map's view and cursor, and reports it with `map-view` and `map-cursor`. */
export class ViewController {
  /** A click fixes the cursor to a cell, so that the pointer can leave it. */
  isHeld = false;
  /** Keys moved the cursor last: screen readers announce it. */
  movedByKeys = false;

  constructor(private readonly host: ViewHost) {}

  /** Null before there is a map and room to draw it. */
  get transform(): ViewTransform | null {
    const { openMap: map, shownLayout, view } = this.host;
    const plot = shownLayout?.plot;
    return map && plot ? { map, plot, view: clampView(view ?? wholeOf(map), map, plot) } : null;
  }

  /** As drawn: within the map. */
  get view(): MapView {
    return this.transform?.view ?? { row: 0, column: 0, rows: 1, columns: 1 };
  }

  get isWhole(): boolean {
    const map = this.host.openMap;
    return !map || isWhole(this.view, map);
  }

  /** Even the whole map draws each weight at least a pixel large. */
  get isSmall(): boolean {
    const { transform } = this;
    if (!transform) return true;
    const { map, plot } = transform;
    return map.rows <= plot.height && map.columns <= plot.width;
  }

  /** Returns whether the view changed. */
  move(viewAfter: (transform: ViewTransform) => MapView): boolean {
    const { transform } = this;
    return transform !== null && this.setView(viewAfter(transform), transform.map);
  }

  private setView(view: MapView, map: Extent): boolean {
    if (sameView(view, this.view)) return false;
    this.host.view = isWhole(view, map) ? undefined : view;
    emit(this.host, 'map-view', { view });
    return true;
  }

  /** Shows `factor` times as many weights, about the cursor if it is in view. */
  zoom(factor: number): void {
    this.move((transform) => zoomedBy(transform, factor, this.host.cursor));
  }

  /** Keeps the point (x, y) in place. Returns whether the view changed. */
  zoomAt(factor: number, x: number, y: number): boolean {
    return this.move((transform) => zoomedAt(transform, factor, x, y));
  }

  /** By pixels. */
  pan(across: number, down: number): void {
    this.move((transform) => panned(transform, across, down));
  }

  showWhole(): void {
    const map = this.host.openMap;
    if (map) this.setView(wholeOf(map), map);
  }

  /** Draws weights `pixels` wide around a cell, or around the middle of the view. */
  closeUp(pixels: number, cell = this.host.cursor): void {
    this.move((transform) => closeUp(transform, pixels, cell));
  }

  setCursor({ row, column }: Cell): void {
    if (sameCell(this.host.cursor, { row, column })) return;
    this.host.cursor = { row, column };
    emit(this.host, 'map-cursor', { row, column });
  }

  point(x: number, y: number): void {
    const cell = this.transform && cellAtPoint(this.transform, x, y);
    if (!cell || this.isHeld) return;
    this.movedByKeys = false;
    this.setCursor(cell);
  }

  /** A click at (x, y): selects the drawn cell there, or deselects it. */
  press(x: number, y: number): void {
    const { transform } = this;
    const { cursor, pooled } = this.host;
    const cell = transform && cellAtPoint(transform, x, y);
    if (!transform || !cell) return;
    const blockOf = (at: Cell) => blockAround(at, pooled, transform.map);
    const isSame = cursor !== null && sameView(blockOf(cursor), blockOf(cell));
    this.isHeld = !(this.isHeld && isSame);
    this.movedByKeys = false;
    this.host.requestUpdate();
    if (!isSame) this.setCursor(cell);
  }

  /** Moves the cursor by drawn cells, and the view with it. The first key only shows the cursor. */
  step(move: CursorMove): void {
    const { transform } = this;
    if (!transform) return;
    const { cursor, pooled } = this.host;
    const next = cursor
      ? moveCursor(cursor, move, transform.map, pooled)
      : firstCellIn(transform.view);
    this.setCursor(next);
    const block = blockAround(next, pooled, transform.map);
    this.move((at) => reveal(at, block));
  }

  /** Gives keys a cell to start from. */
  enterByKeys(): void {
    if (this.host.cursor || !this.transform) return;
    this.movedByKeys = true;
    this.setCursor(firstCellIn(this.transform.view));
  }
}
