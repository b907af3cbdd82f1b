import type { LitElement, ReactiveController } from 'lit';
import type { WeightMap } from '../../../attention/maps/weight-map';
import { Redraw } from '../redraw';
import type { View } from './geometry';
import type { Layout } from './layout';
import { emit } from './map-events';
import { MapScreen, type Shown, type Wanted } from './map-screen';
import type { CellExtent } from './moves';
import type { Pool } from './readout';
import { inksOf } from './theme';

/** Tiles that come are drawn together, so many milliseconds after the last frame. */
const TILES_REST = 60;

export type DrawingHost = LitElement &
  Omit<Wanted, 'view' | 'layout' | 'inks' | 'pool'> & {
    readonly shownView: View;
    readonly shownLayout: Layout | null;
    readonly shownPool: Pool;
  };

/** The picture of the map: drawn as the element has it, and again until all of it is there. */
export class MapDrawing implements ReactiveController {
  /** What was drawn last. */
  shown: Shown | null = null;
  private readonly redraw: Redraw;
  private readonly screen: MapScreen;
  private range: { readonly low: number; readonly high: number } | null = null;

  /** @param drawn Told what there is to see now, and what there was before. */
  constructor(
    private readonly host: DrawingHost,
    private readonly drawn: (shown: Shown, before: Shown | null) => void,
    failed: (error: unknown) => void,
  ) {
    host.addController(this);
    this.redraw = new Redraw(
      host,
      () => host.renderRoot?.querySelector('.picture') ?? null,
      () => this.draw(),
    );
    this.screen = new MapScreen(this.redraw.soon, failed);
  }

  /** Weights that a cell of the picture pools. */
  get cellExtent(): CellExtent {
    const { rowLevel = 0, columnLevel = 0 } = this.shown?.frame ?? {};
    return { rowsOfCell: 2 ** rowLevel, columnsOfCell: 2 ** columnLevel };
  }

  /** Whether all in view is on the picture, exactly. */
  get isComplete(): boolean {
    if (this.redraw.isPending || !this.shown) return false;
    return !this.shown.unsettled && this.shown.progress.fraction >= 1;
  }

  open(map: WeightMap): void {
    this.screen.open(map);
  }

  close(): void {
    this.screen.close();
  }

  /** Asks again for the tiles that failed. */
  retry(): void {
    this.screen.retry();
  }

  hostDisconnected(): void {
    this.close();
  }

  private draw(): void {
    const { host } = this;
    const layout = host.shownLayout;
    const canvas = host.renderRoot.querySelector('canvas');
    if (!layout || !canvas) return;
    const shown = this.screen.draw(canvas, this.wanted(layout));
    if (!shown) return;
    const before = this.shown;
    this.shown = shown;
    if (shown.late) this.redraw.soon();
    else if (shown.unsettled) this.redraw.after(TILES_REST);
    this.tellRange(shown);
    this.drawn(shown, before);
  }

  private wanted(layout: Layout): Wanted {
    const { shownView: view, shownPool: pool, scale, palette, signed, locked, range } = this.host;
    const { rowTokens, columnTokens, statistics, pins, cursor } = this.host;
    const inks = inksOf(this.host.renderRoot.querySelector('.probe')!);
    const settings = { pool, scale, palette, signed, locked, range };
    const contents = { rowTokens, columnTokens, statistics, pins, cursor };
    return { view, layout, inks, ...settings, ...contents };
  }

  private tellRange({ census: { cells, low, high } }: Shown): void {
    if (cells === 0 || (low === this.range?.low && high === this.range.high)) return;
    this.range = { low, high };
    emit(this.host, 'map-range', this.range);
  }
}
