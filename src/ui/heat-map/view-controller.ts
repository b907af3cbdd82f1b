import type { ReactiveControllerHost } from 'lit';
import type { WeightMap, MapCells } from '../../attention/maps/weight-map';
import { RowReader } from './cell-reader';
import { type MapView, clampView, isWhole, wholeOf, reveal } from './geometry';
import {
  closeUp,
  sameView,
  zoomedBy,
  type ViewTransform,
  moveCursor,
  type KeyAction,
  blockAround,
  firstCellIn,
  cellAtPoint,
  type PooledExtent,
} from './navigation';
import type { Pool } from './readout';
import type { Cell, PictureLayout } from './scene';
import type { MapSettings } from './toolbar';

/** The map that is looked at, and its rows as they are read; none before one is given or while nobody looks. */
export class OpenedMap {
  map: WeightMap | null = null;
  rows: RowReader | null = null;

  open(map: WeightMap, pool: Pool): void {
    this.map = map;
    this.rows = new RowReader(map, pool);
  }

  close(): void {
    this.map = null;
    this.rows = null;
  }
}

/** What the map tells its page, by name of the event. */
interface MapEvents {
  /** The user moved; `view` is set already. */
  'map-view': { readonly view: MapView };
  'map-cursor': Cell;
  /** Pinned or unpinned; `pins` is set already. */
  'map-pin': Cell & { readonly pins: readonly Cell[] };
  'map-settings': MapSettings;
  /** Sizes of the least value but 0 and of the largest in view, whatever colours span. */
  'map-range': { readonly low: number; readonly high: number };
  /** CSV or NPY asked for; a page that prevents the default writes it itself. */
  'map-export': { readonly format: 'csv' | 'npy'; readonly cells: MapCells; readonly pool: Pool };
  /** What the map threw. */
  'map-error': { readonly error: unknown };
}

/** False where the page prevents the default. */
export function emit<Name extends keyof MapEvents>(
  from: EventTarget,
  name: Name,
  detail: MapEvents[Name],
): boolean {
  const options = { detail, bubbles: true, composed: true, cancelable: true };
  return from.dispatchEvent(new CustomEvent(name, options));
}

type AsCustomEvents = { [Name in keyof MapEvents]: CustomEvent<MapEvents[Name]> };

declare global {
  interface HTMLElementEventMap extends AsCustomEvents {}
}

type ViewportHost = EventTarget & {
  view?: MapView;
  readonly cursor: Cell | null;
  readonly shownLayout: PictureLayout | null;
};

/** Which part of the map is in view, and how it moves. */
export class Viewport {
  constructor(
    private readonly host: ViewportHost,
    private readonly opened: OpenedMap,
  ) {}

  /** Null before there is a map, and room to show it. */
  get transform(): ViewTransform | null {
    const { map } = this.opened;
    const plot = this.host.shownLayout?.plot;
    if (!map || !plot) return null;
    return { map, plot, view: clampView(this.host.view ?? wholeOf(map), map, plot) };
  }

  /** The view as it is drawn: within the map. */
  get shown(): MapView {
    return this.transform?.view ?? { row: 0, column: 0, rows: 1, columns: 1 };
  }

  get isWhole(): boolean {
    const { map } = this.opened;
    return !map || isWhole(this.shown, map);
  }

  /** Whether weights are never smaller than a pixel, even when the whole map is in view. */
  get isSmall(): boolean {
    const { transform: sight } = this;
    if (!sight) return true;
    const { map, plot } = sight;
    return map.rows <= plot.height && map.columns <= plot.width;
  }

  /** Moves to where `move` leads from here. False where that is here. */
  move(move: (sight: ViewTransform) => MapView): boolean {
    const { transform: sight } = this;
    return sight !== null && this.go(move(sight));
  }

  /** `factor` times as many weights, about the cursor where it is in view. */
  zoom(factor: number): void {
    this.move((sight) => zoomedBy(sight, factor, this.host.cursor));
  }

  showWhole(): void {
    const { map } = this.opened;
    if (map) this.go(wholeOf(map));
  }

  /** Weights `pixels` wide around a place, or around the middle. */
  closeUp(pixels: number, place: Cell | null): void {
    this.move((sight) => closeUp(sight, pixels, place));
  }

  private go(view: MapView): boolean {
    const { map } = this.opened;
    if (!map || sameView(view, this.shown)) return false;
    this.host.view = isWhole(view, map) ? undefined : view;
    emit(this.host, 'map-view', { view });
    return true;
  }
}

type CursorHost = EventTarget &
  Pick<ReactiveControllerHost, 'requestUpdate'> & { cursor: Cell | null };

/** The cursor: on what the pointer is over, on what was clicked, or where keys move it. */
export class CursorMoves {
  /** A click holds it on a cell, so that the pointer may leave it: for its buttons, say. */
  isHeld = false;
  /** Keys moved it last: where it is is spoken. */
  byKeys = false;

  constructor(
    private readonly host: CursorHost,
    private readonly viewport: Viewport,
    private readonly picture: { readonly cellExtent: PooledExtent },
  ) {}

  /** Puts it on a weight. */
  put({ row, column }: Cell): void {
    const { cursor } = this.host;
    if (cursor?.row === row && cursor.column === column) return;
    this.host.cursor = { row, column };
    emit(this.host, 'map-cursor', { row, column });
  }

  /** The pointer is over (x, y). */
  point(x: number, y: number): void {
    const { transform: sight } = this.viewport;
    const place = sight && cellAtPoint(sight, x, y);
    if (!place || this.isHeld) return;
    this.byKeys = false;
    this.put(place);
  }

  /** A click at (x, y): holds the cell there, or lets it go. */
  press(x: number, y: number): void {
    const { transform: sight } = this.viewport;
    const { cursor } = this.host;
    const place = sight && cellAtPoint(sight, x, y);
    if (!sight || !place) return;
    const cellOf = (at: Cell) => blockAround(at, this.picture.cellExtent, sight.map);
    const isSame = cursor !== null && sameView(cellOf(cursor), cellOf(place));
    this.isHeld = !(this.isHeld && isSame);
    this.byKeys = false;
    this.host.requestUpdate();
    if (!isSame) this.put(place);
  }

  /** By cells of the picture, which moves along. The first key only shows where the cursor is. */
  step(action: KeyAction): void {
    const { transform: sight } = this.viewport;
    if (!sight) return;
    const { cursor } = this.host;
    const { rowsOfCell, columnsOfCell } = this.picture.cellExtent;
    const next = cursor
      ? moveCursor(cursor, action, sight.map, rowsOfCell, columnsOfCell)
      : firstCellIn(sight.view);
    this.put(next);
    const cell = blockAround(next, { rowsOfCell, columnsOfCell }, sight.map);
    this.viewport.move(({ view, map, plot }) => reveal(view, cell, map, plot));
  }

  /** Focus has come by keys: they have somewhere to start. */
  enter(): void {
    const { transform: sight } = this.viewport;
    if (this.host.cursor || !sight) return;
    this.byKeys = true;
    this.put(firstCellIn(sight.view));
  }
}
