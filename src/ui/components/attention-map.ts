import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { MapCells, RowStatistics, WeightMap } from '../../attention/maps/weight-map';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { Announcer } from './attention-map/announcer';
import { mapStyles } from './attention-map/attention-map.css';
import { cellFile } from './attention-map/cell-file';
import type { ScaleKind } from './attention-map/color-scale';
import { CursorReading, type Reading, type Trace } from './attention-map/cursor-reading';
import { download } from './attention-map/download';
import { cellsInView, gather, valueAt } from './attention-map/frame';
import { clampView, isWhole, reveal, wholeOf, type View } from './attention-map/geometry';
import { Gestures } from './attention-map/gestures';
import { keyAction, moveCursor } from './attention-map/keys';
import { layoutOf, longestOf, type Layout } from './attention-map/layout';
import { MapScreen, type Shown } from './attention-map/map-screen';
import {
  blockOf,
  closeUp,
  firstIn,
  onMap,
  panned,
  placeAt,
  sameView,
  zoomedAt,
  zoomedBy,
  type Sight,
} from './attention-map/moves';
import { paletteOf, type PaletteName } from './attention-map/palettes';
import { keyHelp, pinList, readout, statusLine } from './attention-map/panel';
import { toPng, toSvg } from './attention-map/picture';
import { PinReadings, type PinReading } from './attention-map/pin-readings';
import { mapOfWeights, type PlainWeights } from './attention-map/plain-weights';
import { announcement, blockAnnouncement, type Pool } from './attention-map/readout';
import { RowReader } from './attention-map/row-reader';
import { paperInks, type Inks, type Place } from './attention-map/scene';
import { oddText, statusText } from './attention-map/status';
import { TableReading } from './attention-map/table-reading';
import { inksOf, watchTheme } from './attention-map/theme';
import { toolbar, type MapSettings, type SavedFormat } from './attention-map/toolbar';
import { weightTable } from './attention-map/weight-table';

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
  static override styles = [...shared, forms, mapStyles];

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

  @state() private status = '';
  @state() private odd = '';
  @state() private exact = false;
  @state() private broken = '';
  @state() private reading: Reading | null = null;
  @state() private pinned: readonly PinReading[] = [];
  @state() private announced = '';
  @state() private held = false;
  @state() private tableCells: MapCells | null = null;
  @state() private tableOpen = false;

  @query('.picture') private picture?: HTMLElement;
  @query('canvas') private canvas?: HTMLCanvasElement;
  @query('.probe') private probe?: HTMLElement;

  private opened: WeightMap | null = null;
  private rowReader: RowReader | null = null;
  private readonly screen = new MapScreen(
    () => this.schedule(),
    (error) => this.fail(error),
  );
  private readonly cursorReading = new CursorReading((reading) => this.take(reading));
  private readonly announcer = new Announcer((text) => (this.announced = text));
  private readonly pinReadings = new PinReadings(
    (pinned) => (this.pinned = pinned),
    (error) => this.fail(error),
  );
  private readonly tableReading = new TableReading(
    (cells) => (this.tableCells = cells),
    (error) => this.fail(error),
  );
  private gestures: Gestures | null = null;
  private shown: Shown | null = null;
  private inView: { readonly low: number; readonly high: number } | null = null;
  private frameAsked = 0;
  private again = 0;
  private speaking = false;
  private leave = new AbortController();
  private readonly resized = new ResizeObserver(() => this.schedule());

  /** What cells pool. Differences have no largest that their cells could tell: of them it is always the mean. */
  get shownPool(): Pool {
    return this.signed ? 'mean' : this.pool;
  }

  /** The view as it is drawn: within the map. */
  get shownView(): View {
    const layout = this.layoutNow();
    const map = this.opened;
    if (!map || !layout) return { row: 0, column: 0, rows: 1, columns: 1 };
    return clampView(this.view ?? wholeOf(map), map, layout.plot);
  }

  /** Where what is on the picture, in CSS pixels; null before it is drawn. */
  get shownLayout(): Layout | null {
    return this.layoutNow();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.leave = new AbortController();
    watchTheme(() => this.schedule(), this.leave.signal);
    if (!this.hasUpdated) return;
    this.begin();
    this.requestUpdate('map');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave.abort();
    this.resized.disconnect();
    this.gestures?.close();
    this.gestures = null;
    this.cursorReading.stop();
    this.screen.close();
    this.opened = null;
    cancelAnimationFrame(this.frameAsked);
    this.frameAsked = 0;
    clearTimeout(this.again);
    this.announcer.stop();
    this.pinReadings.stop();
    this.tableReading.stop();
  }

  protected override firstUpdated(): void {
    this.begin();
  }

  private begin(): void {
    this.resized.observe(this.picture!);
    this.gestures = new Gestures(this.picture!, {
      pan: (across, down) => this.move((sight) => panned(sight, across, down)),
      zoom: (factor, x, y) => this.move((sight) => zoomedAt(sight, factor, x, y)),
      point: (x, y) => this.point(x, y),
      press: (x, y) => this.press(x, y),
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const plain = changed.has('weights') || changed.has('rows') || changed.has('columns');
    if (plain && this.weights) {
      try {
        this.map = mapOfWeights(this.weights, this.rows, this.columns);
      } catch (error) {
        this.fail(error);
      }
    }
    if (this.map !== this.opened || changed.has('signed')) this.open(this.map);
    const fresh = changed.has('map') || changed.has('pool') || changed.has('trace');
    if (fresh || changed.has('cursor')) this.readCursor();
    if (!this.rowReader || !this.opened) return;
    if (!changed.has('pins') && !changed.has('map')) return;
    void this.pinReadings.read(this.pins, this.rowReader, this.opened, (pin) => this.named(pin));
  }

  protected override updated(): void {
    this.schedule();
  }

  private open(map: WeightMap | null): void {
    this.opened = map;
    this.rowReader = map && new RowReader(map, this.shownPool);
    this.broken = '';
    this.reading = null;
    this.tableCells = null;
    this.cursorReading.stop();
    if (map) this.screen.open(map);
    else {
      this.screen.close();
      this.exact = false;
      this.odd = '';
      this.status = this.shown ? 'Out of date: the map before is shown.' : 'No map yet.';
    }
  }

  private fail(error: unknown): void {
    this.broken = error instanceof Error ? error.message : String(error);
    this.emit('map-error', { error });
  }

  private emit<T>(name: string, detail: T): boolean {
    const options = { detail, bubbles: true, composed: true, cancelable: true };
    return this.dispatchEvent(new CustomEvent<T>(name, options));
  }

  // What is drawn

  private schedule(): void {
    if (this.frameAsked || !this.isConnected) return;
    this.frameAsked = requestAnimationFrame(() => {
      this.frameAsked = 0;
      this.drawNow();
    });
  }

  private layoutNow(): Layout | null {
    const width = Math.floor(this.picture?.clientWidth ?? 0);
    if (!this.opened || width < 60) return null;
    return layoutOf(width, this.opened, {
      rowToken: longestOf(this.rowTokens),
      columnToken: longestOf(this.columnTokens),
      entropy: Boolean(this.statistics),
      mostHeight: MOST_HEIGHT,
    });
  }

  private wanted(layout: Layout, inks: Inks) {
    const { scale, palette, signed, locked, range, rowTokens, columnTokens } = this;
    const { shownPool: pool, statistics, pins, cursor } = this;
    const settings = { pool, scale, palette, signed, locked, range };
    const tokens = { rowTokens, columnTokens };
    return { view: this.shownView, layout, inks, ...settings, ...tokens, statistics, pins, cursor };
  }

  private drawNow(): void {
    const layout = this.layoutNow();
    if (!layout || !this.canvas) return;
    const shown = this.screen.draw(this.canvas, this.wanted(layout, inksOf(this.probe!)));
    if (!shown) return;
    const before = this.shown?.frame;
    const { frame } = shown;
    const moved = !before || !sameView(before.view, frame.view);
    const levelled =
      before?.rowLevel !== frame.rowLevel || before.columnLevel !== frame.columnLevel;
    this.shown = shown;
    this.tell(shown);
    // The cursor is on a block of another size now, or on a weight itself.
    if (levelled) this.readCursor();
    // One finger scrolls the page where the map has nowhere to go.
    const whole = isWhole(shown.frame.view, this.opened!);
    this.picture!.style.touchAction = whole ? 'pan-x pan-y' : 'none';
    clearTimeout(this.again);
    if (shown.late) this.schedule();
    else if (shown.unsettled) this.again = window.setTimeout(() => this.schedule(), 60);
    if (this.tableOpen && (moved || !this.tableCells)) this.readTable();
  }

  private tell({ progress, frame, census }: Shown): void {
    const rowsOfCell = 2 ** frame.rowLevel;
    const columnsOfCell = 2 ** frame.columnLevel;
    this.status = statusText(progress, { rowsOfCell, columnsOfCell, pool: this.shownPool });
    this.exact = progress.fraction >= 1 && progress.failed === 0;
    this.odd = oddText(census.nans, census.infinities);
    const { low, high } = census;
    if (census.cells === 0 || (low === this.inView?.low && high === this.inView.high)) return;
    this.inView = { low, high };
    this.emit('map-range', this.inView);
  }

  // Where one is

  private sight(): Sight | null {
    const { opened: map } = this;
    const plot = this.layoutNow()?.plot;
    return map && plot ? { map, plot, view: this.shownView } : null;
  }

  private go(view: View): boolean {
    if (!this.opened || sameView(view, this.shownView)) return false;
    this.view = isWhole(view, this.opened) ? undefined : view;
    this.emit('map-view', { view });
    return true;
  }

  private zoomBy(factor: number): void {
    this.move((sight) => zoomedBy(sight, factor, this.cursor));
  }

  /** Moves to where `move` leads from here. False where that is here. */
  private move(move: (sight: Sight) => View): boolean {
    const sight = this.sight();
    return sight !== null && this.go(move(sight));
  }

  /** Shows the whole map. */
  showWhole(): void {
    if (this.opened) this.go(wholeOf(this.opened));
  }

  /** Puts the cursor on a weight and zooms to it, close enough to tell its neighbours apart. */
  showCell(row: number, column: number): void {
    this.setCursor({ row, column });
    this.move((sight) => closeUp(sight, ENTERED, { row, column }));
  }

  private point(x: number, y: number): void {
    const sight = this.sight();
    const place = sight && placeAt(sight, x, y);
    if (!place || this.held) return;
    this.speaking = false;
    this.setCursor(place);
  }

  /** A click holds the cursor on a cell, so that the pointer may leave it: for its buttons, say. */
  private press(x: number, y: number): void {
    const sight = this.sight();
    const place = sight && placeAt(sight, x, y);
    if (!sight || !place) return;
    const cellOf = (at: Place) => blockOf(at, this.levels(), sight.map);
    const same = this.cursor !== null && sameView(cellOf(this.cursor), cellOf(place));
    this.held = !(this.held && same);
    this.speaking = false;
    if (!same) this.setCursor(place);
  }

  private setCursor(cursor: Place): void {
    if (this.cursor?.row === cursor.row && this.cursor.column === cursor.column) return;
    this.cursor = cursor;
    this.emit('map-cursor', { ...cursor });
  }

  private levels() {
    return {
      rowsOfCell: 2 ** (this.shown?.frame.rowLevel ?? 0),
      columnsOfCell: 2 ** (this.shown?.frame.columnLevel ?? 0),
    };
  }

  private onKey(event: KeyboardEvent): void {
    const action = keyAction(event);
    const sight = this.sight();
    if (!action || !sight || event.target !== this.picture) return;
    event.preventDefault();
    this.speaking = true;
    if (action.type === 'zoom') return this.zoomBy(action.factor);
    if (action.type === 'whole') return this.showWhole();
    const cursor = this.cursor ?? firstIn(sight.view);
    if (action.type === 'enter') return this.showCell(cursor.row, cursor.column);
    if (action.type === 'pin') return this.togglePin(cursor);
    const { rowsOfCell, columnsOfCell } = this.levels();
    // The first key only shows where the cursor is.
    const next = this.cursor
      ? moveCursor(cursor, action, sight.map, rowsOfCell, columnsOfCell)
      : cursor;
    this.setCursor(next);
    const cell = blockOf(next, this.levels(), sight.map);
    this.move(({ view, map, plot }) => reveal(view, cell, map, plot));
  }

  private onFocus(): void {
    const sight = this.sight();
    if (this.cursor || !sight || !this.picture!.matches(':focus-visible')) return;
    this.speaking = true;
    this.setCursor(firstIn(sight.view));
  }

  // What is read

  private readCursor(): void {
    const { cursor, opened, rowReader, shownPool: pool } = this;
    if (!cursor || !opened || !rowReader) return;
    if (!onMap(cursor, opened)) {
      this.cursorReading.stop();
      this.reading = null;
      return;
    }
    const { rowsOfCell, columnsOfCell } = this.levels();
    if (rowsOfCell * columnsOfCell === 1) {
      void this.cursorReading.cell(this.named(cursor), rowReader, this.trace);
      return;
    }
    const block = { ...blockOf(cursor, { rowsOfCell, columnsOfCell }, opened), pool };
    void this.cursorReading.block(block, async (wanted, signal) => {
      const { shown } = this;
      const drawn =
        shown?.cells.cache.map === opened && valueAt(shown.frame, shown.cells.cache, block, wanted);
      if (typeof drawn === 'number') return drawn;
      const region = { ...block, rowsOfCell, columnsOfCell };
      const cells = await opened.cells(region, { signal });
      return cells[wanted][0];
    });
  }

  private named({ row, column }: Place) {
    return { row, column, rowToken: this.rowTokens[row], columnToken: this.columnTokens[column] };
  }

  private take(reading: Reading | null): void {
    this.reading = reading;
    if (!reading || reading.type === 'failed' || !this.speaking) return;
    const text =
      reading.type === 'cell' ? announcement(reading.cell) : blockAnnouncement(reading.block);
    this.announcer.rest(text);
  }

  private togglePin(place: Place): void {
    const { row, column } = place;
    const others = this.pins.filter((pin) => pin.row !== row || pin.column !== column);
    const added = others.length === this.pins.length;
    this.pins = added ? [...others, { row, column }] : others;
    this.announced = added ? 'Pinned' : 'Unpinned';
    this.emit('map-pin', { row, column, pins: this.pins });
  }

  // What is taken away

  /** Resolves once what is in view is there exactly. @throws the signal's reason. */
  async complete(signal?: AbortSignal): Promise<void> {
    const coming = () => this.isUpdatePending || this.frameAsked > 0;
    const missing = () => !this.shown || this.shown.unsettled || this.shown.progress.fraction < 1;
    while (coming() || missing()) {
      signal?.throwIfAborted();
      if (this.broken) throw new Error(this.broken);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  /** The picture as a PNG file. @param scale Its pixels to a CSS pixel. */
  async toPng(scale = 2): Promise<Blob> {
    await this.complete();
    return toPng(this.shown!.scene, this.shown!.cells, scale);
  }

  /** The picture for papers: vector axes and legend on white, needing nothing but itself. */
  async toSvg(): Promise<string> {
    await this.complete();
    const { scene, cells } = this.shown!;
    const palette = paletteOf(this.palette, this.signed, paperInks.zero);
    const look = { ...cells.look, palette };
    const onPaper = { ...scene, inks: paperInks, palette, cursor: null };
    return toSvg(onPaper, { ...cells, look }, this.label);
  }

  /** The cells in view at their level, weights themselves where there is room for them. */
  async windowCells(): Promise<MapCells> {
    await this.complete();
    const { frame, cells } = this.shown!;
    return gather(frame, cells.cache);
  }

  private async save(format: SavedFormat): Promise<void> {
    try {
      if (format === 'csv' || format === 'npy') {
        const cells = await this.windowCells();
        if (!this.emit('map-export', { format, cells, pool: this.shownPool })) return;
        const file = cellFile(format, cells, this.shownPool, this.rowTokens, this.columnTokens);
        download(file, `${this.label}.${format}`);
        return;
      }
      const blob =
        format === 'svg'
          ? new Blob([await this.toSvg()], { type: 'image/svg+xml' })
          : await this.toPng(Number(format.slice(4)));
      download(blob, `${this.label}.${format.slice(0, 3)}`);
    } catch (error) {
      this.fail(error);
    }
  }

  private change(settings: Partial<MapSettings>): void {
    Object.assign(this, settings);
    const { pool, scale, palette, locked } = this;
    this.emit('map-settings', { pool, scale, palette, locked });
  }

  // What is rendered

  override render() {
    const { pool, scale, palette, locked, signed } = this;
    const { opened, status, odd, broken, exact } = this;
    const whole = !opened || isWhole(this.shownView, opened);
    const plot = this.layoutNow()?.plot;
    // Weights of a small map are never smaller than a pixel.
    const small = !opened || !plot || (opened.rows <= plot.height && opened.columns <= plot.width);
    return html`
      ${toolbar(
        { pool, scale, palette, locked, signed, whole, small },
        {
          zoom: (factor) => this.zoomBy(factor),
          whole: () => this.showWhole(),
          actual: () => this.move((sight) => closeUp(sight, 1, this.cursor)),
          change: (settings) => this.change(settings),
          save: (format) => void this.save(format),
        },
      )}
      ${statusLine({ status, odd, broken, exact }, () => this.retry())}
      <div class="body">
        <div
          class="picture"
          role="application"
          aria-roledescription="attention map"
          aria-label=${this.describe()}
          aria-describedby="keys"
          tabindex="0"
          @keydown=${this.onKey}
          @focus=${this.onFocus}
        >
          <canvas aria-hidden="true"></canvas>
          <span class="probe" aria-hidden="true"></span>
        </div>
        <div class="panel">
          <div class="readout">
            ${readout(this.reading, this.held, {
              enter: () => this.cursor && this.showCell(this.cursor.row, this.cursor.column),
              pin: () => this.cursor && this.togglePin(this.cursor),
            })}
          </div>
          ${pinList(
            this.pinned,
            ({ row, column }) => this.showCell(row, column),
            (pin) => this.togglePin(pin),
          )}
          <p id="keys" class="keys">${keyHelp}</p>
        </div>
      </div>
      <div class="spoken" role="status">${this.announced}</div>
      ${this.renderTable()}
    `;
  }

  private retry(): void {
    this.broken = '';
    this.screen.retry();
  }

  private describe(): string {
    const { label, opened } = this;
    return opened ? `${label}: ${opened.rows} queries by ${opened.columns} keys` : label;
  }

  private readTable(): void {
    if (this.shown && this.opened) void this.tableReading.read(this.shown.frame, this.opened);
  }

  private renderTable() {
    const toggled = (event: Event) => {
      this.tableOpen = (event.target as HTMLDetailsElement).open;
      if (this.tableOpen) this.readTable();
    };
    const { tableCells: cells, shown, label, shownPool: pool, rowTokens, columnTokens } = this;
    const table =
      this.tableOpen && cells && shown
        ? html`<div class="scroll" tabindex="0" role="region" aria-label="Table of ${label}">
            ${guard([cells, pool, rowTokens, columnTokens], () =>
              weightTable(cells, pool, rowTokens, columnTokens, cellsInView(shown.frame)),
            )}
          </div>`
        : nothing;
    return html`
      <details class="table" @toggle=${toggled}>
        <summary>Show as table</summary>
        ${table}
      </details>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-map': AttentionMap;
  }
  interface HTMLElementEventMap {
    'map-view': CustomEvent<{ view: View }>;
    'map-cursor': CustomEvent<Place>;
    'map-pin': CustomEvent<Place & { pins: readonly Place[] }>;
    'map-settings': CustomEvent<MapSettings>;
    'map-range': CustomEvent<{ low: number; high: number }>;
    'map-export': CustomEvent<{ format: 'csv' | 'npy'; cells: MapCells; pool: Pool }>;
    'map-error': CustomEvent<{ error: unknown }>;
  }
}
