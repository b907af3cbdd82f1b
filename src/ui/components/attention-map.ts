import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { MapCells, RowStatistics, WeightMap } from '../../attention/maps/weight-map';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { Announcer } from './attention-map/announcer';
import { mapStyles } from './attention-map/attention-map.css';
import type { ScaleKind } from './attention-map/color-scale';
import { CursorMoves } from './attention-map/cursor-moves';
import type { Trace } from './attention-map/cursor-reading';
import { isWhole, type View } from './attention-map/geometry';
import { layoutOf, longestOf, type Layout } from './attention-map/layout';
import { MapDrawing } from './attention-map/map-drawing';
import { MapFiles } from './attention-map/map-files';
import { MapInput } from './attention-map/map-input';
import { MapPins } from './attention-map/map-pins';
import type { Shown } from './attention-map/map-screen';
import { MapStatus } from './attention-map/map-status';
import { mapTableStyles } from './attention-map/map-table.css';
import { MapTable } from './attention-map/map-table';
import { MapToolbar } from './attention-map/map-toolbar';
import { sameView } from './attention-map/moves';
import { OpenedMap } from './attention-map/opened-map';
import type { PaletteName } from './attention-map/palettes';
import { panelStyles } from './attention-map/panel.css';
import { keyHelp, readout } from './attention-map/panel';
import { pinList } from './attention-map/pin-list';
import { mapOfWeights, type PlainWeights } from './attention-map/plain-weights';
import type { Pool } from './attention-map/readout';
import type { Place } from './attention-map/scene';
import { toolbarStyles } from './attention-map/toolbar.css';
import { UnderCursor } from './attention-map/under-cursor';
import { Viewport } from './attention-map/viewport';

/** Cells are at least so many pixels wide after "zoom in to it", and weights can be told apart. */
const ENTERED = 36;
const MOST_HEIGHT = 720;

/**
 * One head's attention weights at any size: zoomed and panned like a map, from pools of many weights down
 * to each weight exactly, with rulers, marginal sums, a legend and the value under the cursor.
 *
 * For screen readers the picture is an `application`: one element that takes the keys, whose live region
 * says where the cursor is. It is no ARIA grid on purpose. A grid's cells must be elements, which 65,536²
 * cannot be; with one element standing for whichever cell is current, screen readers either keep silent
 * when its name changes or speak it twice, before its value is there and after. The live region is spoken
 * once, with the value. The cells as a real table, with headers, are below the picture on request.
 *
 * @fires map-view {view}: the user moved; `view` is set already
 * @fires map-cursor {row, column}
 * @fires map-pin {row, column, pins}: pinned or unpinned; `pins` is set already
 * @fires map-settings {pool, scale, palette, locked}
 * @fires map-range {low, high}: sizes of the least value but 0 and of the largest in view, whatever colours span
 * @fires map-export {format, cells, pool}: CSV or NPY asked for; a page that prevents the default writes it itself
 * @fires map-error {error}: what the map threw
 */
@customElement('attention-map')
export class AttentionMap extends LitElement {
  static override styles = [
    ...shared,
    forms,
    mapStyles,
    toolbarStyles,
    panelStyles,
    mapTableStyles,
  ];

  @property({ attribute: false }) map: WeightMap | null = null;
  /** In place of `map`: rows of numbers (JSON in the attribute), or a Float32Array with `rows` and `columns`. */
  @property({ type: Array }) weights: PlainWeights | null = null;
  @property({ type: Number }) rows = 0;
  @property({ type: Number }) columns = 0;
  @property({ type: Array, attribute: 'row-tokens' }) rowTokens: readonly string[] = [];
  @property({ type: Array, attribute: 'column-tokens' }) columnTokens: readonly string[] = [];
  @property({ attribute: false }) statistics?: RowStatistics;
  /** What map this is: its name for screen readers and in files. */
  @property() label = 'Attention weights';
  @property() pool: Pool = 'largest';
  @property() scale: ScaleKind = 'linear';
  @property() palette: PaletteName = 'viridis';
  /** The values are differences: colours are symmetric around 0. */
  @property({ type: Boolean }) signed = false;
  /** Colours span the whole map, not what is in view. */
  @property({ type: Boolean }) locked = false;
  /** Only the map and what is under the cursor: for several side by side, with one set of buttons. */
  @property({ type: Boolean, reflect: true }) plain = false;
  /** Colours span this, whatever is there: for maps side by side. */
  @property({ attribute: false }) range?: { readonly low: number; readonly high: number };
  /** In weights, fractions allowed; the whole map when absent. */
  @property({ attribute: false }) view?: View;
  /** The weight on the CPU in float64, and how far the map's is from it. */
  @property({ attribute: false }) trace?: Trace;
  @property({ attribute: false }) pins: readonly Place[] = [];
  @property({ attribute: false }) cursor: Place | null = null;

  @query('.picture') private picture?: HTMLElement;

  private readonly fail = (error: unknown) => this.status.fail(error);
  private readonly status = new MapStatus(this);
  private readonly announcer = new Announcer(this);
  private readonly opened = new OpenedMap();
  private readonly viewport = new Viewport(this, this.opened);
  private readonly drawing = new MapDrawing(
    this,
    (shown, before) => this.drawn(shown, before),
    this.fail,
  );
  private readonly cursorMoves = new CursorMoves(this, this.viewport, this.drawing);
  private readonly underCursor = new UnderCursor(this, this.opened, this.drawing, (text) => {
    if (this.cursorMoves.byKeys) this.announcer.rest(text);
  });
  private readonly pinned = new MapPins(this, this.opened, this.announcer, this.fail);
  private readonly table = new MapTable(this, this.opened, this.drawing, this.fail);
  private readonly files = new MapFiles(this, this.drawing);
  private readonly toolbar = new MapToolbar(this, this.viewport, this.files, this.fail);
  private readonly input = new MapInput(this, this.viewport, this.cursorMoves, (place) =>
    this.pinned.toggle(place),
  );

  /** What cells pool. Differences have no largest that their cells could tell: of them it is always the mean. */
  get shownPool(): Pool {
    return this.signed ? 'mean' : this.pool;
  }

  /** The view as it is drawn: within the map. */
  get shownView(): View {
    return this.viewport.shown;
  }

  /** Where what is on the picture, in CSS pixels; null before it is drawn. */
  get shownLayout(): Layout | null {
    const { map } = this.opened;
    const width = Math.floor(this.picture?.clientWidth ?? 0);
    if (!map || width < 60) return null;
    return layoutOf(width, map, {
      rowToken: longestOf(this.rowTokens),
      columnToken: longestOf(this.columnTokens),
      entropy: Boolean(this.statistics),
      mostHeight: MOST_HEIGHT,
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Back in a page: what was let go is opened again.
    if (this.hasUpdated) this.requestUpdate('map');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.opened.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isPlain = changed.has('weights') || changed.has('rows') || changed.has('columns');
    if (isPlain && this.weights) {
      try {
        this.map = mapOfWeights(this.weights, this.rows, this.columns);
      } catch (error) {
        this.fail(error);
      }
    }
    if (this.map !== this.opened.map || changed.has('signed')) this.open(this.map);
    const reread = ['map', 'pool', 'trace', 'cursor'] as const;
    if (reread.some((name) => changed.has(name))) this.underCursor.read();
    if (changed.has('pins') || changed.has('map')) this.pinned.read();
  }

  private open(map: WeightMap | null): void {
    this.status.mend();
    this.underCursor.forget();
    this.table.forget();
    if (map) {
      this.opened.open(map, this.shownPool);
      this.drawing.open(map);
    } else {
      this.opened.close();
      this.drawing.close();
      this.status.lose(this.drawing.shown !== null);
    }
  }

  /** Follows the picture, which may show something else now. */
  private drawn(shown: Shown, before: Shown | null): void {
    const { frame } = shown;
    this.status.show(shown, this.drawing.cellExtent, this.shownPool);
    // The cursor is on a block of another size now, or on a weight itself.
    const hasLevel =
      before?.frame.rowLevel === frame.rowLevel && before.frame.columnLevel === frame.columnLevel;
    if (!hasLevel) this.underCursor.read();
    // One finger scrolls the page where the map has nowhere to go.
    this.picture!.style.touchAction = isWhole(frame.view, this.opened.map!)
      ? 'pan-x pan-y'
      : 'none';
    this.table.follow(!before || !sameView(before.frame.view, frame.view));
  }

  /** Shows the whole map. */
  showWhole(): void {
    this.viewport.showWhole();
  }

  /** Puts the cursor on a weight and zooms to it, close enough to tell its neighbours apart. */
  showCell(row: number, column: number): void {
    this.cursorMoves.put({ row, column });
    this.viewport.closeUp(ENTERED, { row, column });
  }

  /** Resolves once what is in view is there exactly. @throws the signal's reason. */
  async complete(signal?: AbortSignal): Promise<void> {
    while (this.isUpdatePending || !this.drawing.isComplete) {
      signal?.throwIfAborted();
      if (this.status.broken) throw new Error(this.status.broken);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  /** The picture as a PNG file. @param scale Its pixels to a CSS pixel. */
  toPng(scale = 2): Promise<Blob> {
    return this.files.png(scale);
  }

  /** The picture for papers: vector axes and legend on white, needing nothing but itself. */
  toSvg(): Promise<string> {
    return this.files.svg();
  }

  /** The cells in view at their level, weights themselves where there is room for them. */
  windowCells(): Promise<MapCells> {
    return this.files.cells();
  }

  private retry(): void {
    this.status.mend();
    this.drawing.retry();
  }

  override render() {
    return html`
      ${this.toolbar.render()} ${this.status.render(() => this.retry())}
      <div class="body">
        <div
          class="picture"
          role="application"
          aria-roledescription="attention map"
          aria-label=${this.describe()}
          aria-describedby="keys"
          tabindex="0"
          @keydown=${this.input.key}
          @focus=${this.input.focus}
        >
          <canvas aria-hidden="true"></canvas>
          <span class="probe" aria-hidden="true"></span>
        </div>
        ${this.renderPanel()}
      </div>
      <div class="spoken" role="status">${this.announcer.said}</div>
      ${this.table.render()}
    `;
  }

  private renderPanel() {
    return html`
      <div class="panel">
        <div class="readout">
          ${readout(this.underCursor.reading, this.cursorMoves.isHeld, {
            enter: () => this.cursor && this.showCell(this.cursor.row, this.cursor.column),
            pin: () => this.cursor && this.pinned.toggle(this.cursor),
          })}
        </div>
        ${pinList(this.pinned.readings, {
          go: ({ row, column }) => this.showCell(row, column),
          drop: (pin) => this.pinned.toggle(pin),
          lead: (pin) => this.pinned.lead(pin),
        })}
        <p id="keys" class="keys">${keyHelp}</p>
      </div>
    `;
  }

  private describe(): string {
    const { map } = this.opened;
    return map ? `${this.label}: ${map.rows} queries by ${map.columns} keys` : this.label;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-map': AttentionMap;
  }
}
