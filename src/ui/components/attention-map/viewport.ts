import { clampView, isWhole, wholeOf, type View } from './geometry';
import type { Layout } from './layout';
import { emit } from './map-events';
import { closeUp, sameView, zoomedBy, type Sight } from './moves';
import type { OpenedMap } from './opened-map';
import type { Place } from './scene';

export type ViewportHost = EventTarget & {
  view?: View;
  readonly cursor: Place | null;
  readonly shownLayout: Layout | null;
};

/** Which part of the map is in view, and how it moves. */
export class Viewport {
  constructor(
    private readonly host: ViewportHost,
    private readonly opened: OpenedMap,
  ) {}

  /** Null before there is a map, and room to show it. */
  get sight(): Sight | null {
    const { map } = this.opened;
    const plot = this.host.shownLayout?.plot;
    if (!map || !plot) return null;
    return { map, plot, view: clampView(this.host.view ?? wholeOf(map), map, plot) };
  }

  /** The view as it is drawn: within the map. */
  get shown(): View {
    return this.sight?.view ?? { row: 0, column: 0, rows: 1, columns: 1 };
  }

  get isWhole(): boolean {
    const { map } = this.opened;
    return !map || isWhole(this.shown, map);
  }

  /** Whether weights are never smaller than a pixel, even when the whole map is in view. */
  get isSmall(): boolean {
    const { sight } = this;
    if (!sight) return true;
    const { map, plot } = sight;
    return map.rows <= plot.height && map.columns <= plot.width;
  }

  /** Moves to where `move` leads from here. False where that is here. */
  move(move: (sight: Sight) => View): boolean {
    const { sight } = this;
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
  closeUp(pixels: number, place: Place | null): void {
    this.move((sight) => closeUp(sight, pixels, place));
  }

  private go(view: View): boolean {
    const { map } = this.opened;
    if (!map || sameView(view, this.shown)) return false;
    this.host.view = isWhole(view, map) ? undefined : view;
    emit(this.host, 'map-view', { view });
    return true;
  }
}
