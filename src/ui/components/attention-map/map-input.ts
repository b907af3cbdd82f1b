import type { LitElement } from 'lit';
import type { CursorMoves } from './cursor-moves';
import { Gestures } from './gestures';
import { keyAction } from './keys';
import { firstIn, panned, zoomedAt } from './moves';
import type { Place } from './scene';
import type { Viewport } from './viewport';

export type InputHost = LitElement & {
  readonly cursor: Place | null;
  showCell(row: number, column: number): void;
  showWhole(): void;
};

/** What pointer, fingers, wheel and keys do to the map. */
export class MapInput {
  constructor(
    private readonly host: InputHost,
    private readonly viewport: Viewport,
    private readonly cursor: CursorMoves,
    private readonly pin: (place: Place) => void,
  ) {
    new Gestures(host, () => this.picture, {
      pan: (across, down) => viewport.move((sight) => panned(sight, across, down)),
      zoom: (factor, x, y) => viewport.move((sight) => zoomedAt(sight, factor, x, y)),
      point: (x, y) => cursor.point(x, y),
      press: (x, y) => cursor.press(x, y),
    });
  }

  readonly key = (event: KeyboardEvent): void => {
    const { host, viewport } = this;
    const action = keyAction(event);
    const { sight } = viewport;
    if (!action || !sight || event.target !== this.picture) return;
    event.preventDefault();
    this.cursor.byKeys = true;
    const place = host.cursor ?? firstIn(sight.view);
    if (action.type === 'zoom') viewport.zoom(action.factor);
    else if (action.type === 'whole') host.showWhole();
    else if (action.type === 'enter') host.showCell(place.row, place.column);
    else if (action.type === 'pin') this.pin(place);
    else this.cursor.step(action);
  };

  /** Keys have somewhere to start once they brought the focus here. */
  readonly focus = (): void => {
    if (this.picture!.matches(':focus-visible')) this.cursor.enter();
  };

  private get picture(): HTMLElement | null {
    return this.host.renderRoot?.querySelector('.picture') ?? null;
  }
}
