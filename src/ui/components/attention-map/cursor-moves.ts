import type { ReactiveControllerHost } from 'lit';
import { reveal } from './geometry';
import { moveCursor, type KeyAction } from './keys';
import { emit } from './map-events';
import { blockOf, firstIn, placeAt, sameView, type CellExtent } from './moves';
import type { Place } from './scene';
import type { Viewport } from './viewport';

export type CursorHost = EventTarget &
  Pick<ReactiveControllerHost, 'requestUpdate'> & { cursor: Place | null };

/** The cursor: on what the pointer is over, on what was clicked, or where keys move it. */
export class CursorMoves {
  /** A click holds it on a cell, so that the pointer may leave it: for its buttons, say. */
  isHeld = false;
  /** Keys moved it last: where it is is spoken. */
  byKeys = false;

  constructor(
    private readonly host: CursorHost,
    private readonly viewport: Viewport,
    private readonly picture: { readonly cellExtent: CellExtent },
  ) {}

  /** Puts it on a weight. */
  put({ row, column }: Place): void {
    const { cursor } = this.host;
    if (cursor?.row === row && cursor.column === column) return;
    this.host.cursor = { row, column };
    emit(this.host, 'map-cursor', { row, column });
  }

  /** The pointer is over (x, y). */
  point(x: number, y: number): void {
    const { sight } = this.viewport;
    const place = sight && placeAt(sight, x, y);
    if (!place || this.isHeld) return;
    this.byKeys = false;
    this.put(place);
  }

  /** A click at (x, y): holds the cell there, or lets it go. */
  press(x: number, y: number): void {
    const { sight } = this.viewport;
    const { cursor } = this.host;
    const place = sight && placeAt(sight, x, y);
    if (!sight || !place) return;
    const cellOf = (at: Place) => blockOf(at, this.picture.cellExtent, sight.map);
    const isSame = cursor !== null && sameView(cellOf(cursor), cellOf(place));
    this.isHeld = !(this.isHeld && isSame);
    this.byKeys = false;
    this.host.requestUpdate();
    if (!isSame) this.put(place);
  }

  /** By cells of the picture, which moves along. The first key only shows where the cursor is. */
  step(action: KeyAction): void {
    const { sight } = this.viewport;
    if (!sight) return;
    const { cursor } = this.host;
    const { rowsOfCell, columnsOfCell } = this.picture.cellExtent;
    const next = cursor
      ? moveCursor(cursor, action, sight.map, rowsOfCell, columnsOfCell)
      : firstIn(sight.view);
    this.put(next);
    const cell = blockOf(next, { rowsOfCell, columnsOfCell }, sight.map);
    this.viewport.move(({ view, map, plot }) => reveal(view, cell, map, plot));
  }

  /** Focus has come by keys: they have somewhere to start. */
  enter(): void {
    const { sight } = this.viewport;
    if (this.host.cursor || !sight) return;
    this.byKeys = true;
    this.put(firstIn(sight.view));
  }
}
