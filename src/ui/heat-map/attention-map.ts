import { errorMessage } from '../../async/error-message';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { raceAbort } from '../../async/abort';
import { LatestTask } from '../../async/latest-task';
import { InputError } from '../../attention/input-error';
import { denseMap } from '../../attention/maps/cpu-maps';
import type { MapCells, RowStatistics, WeightMap } from '../../attention/maps/weight-map';
import { downloadFile } from '../download';
import { emit } from '../emit';
import { RedrawController } from '../interaction/redraw';
import { UiElement } from '../element';
import { mapStyles } from './attention-map.css';
import { paletteOf, type ScaleKind, type SequentialPalette } from './colors';
import { cellFile, toPng, toSvg } from './export';
import { drawnValue, gatherCells, regionInView, type Frame } from './frame';
import {
  blockAround,
  firstCellIn,
  isOnMap,
  isWhole,
  sameCell,
  sameView,
  type Cell,
  type MapView,
  type Pool,
  type PooledExtent,
} from './geometry';
import { Gestures } from './gestures';
import { MapRenderer, type DrawnPicture } from './map-renderer';
import { tableRegion, weightTable } from './map-table';
import {
  announcement,
  blockAnnouncement,
  keyHelp,
  nonFiniteText,
  pinAnnouncement,
  pinList,
  readoutPanel,
  statusText,
  withTokens,
  type CursorReading,
  type PinReading,
} from './readout';
import { pause, readAtCursor, readPins, RowReader, type ReferenceLookup } from './readings';
import {
  layOutPicture,
  longestToken,
  paperColors,
  readThemeColors,
  type PictureLayout,
} from './scene';
import { toolbar, type ExportFormat, type MapSettings } from './toolbar';
import { keyAction, ViewController, type ViewHost } from './view-controller';

type PlainWeights = readonly (readonly number[])[] | Float32Array;

/** `showCell` draws cells this large: their values can be read. */
const CLOSE_UP_PIXELS = 36;
const MAX_PLOT_HEIGHT = 720;
/** Tiles that arrive within this time are drawn together. */
const TILES_DELAY_MS = 60;
/** The table is read once the view has rested for this long. */
const TABLE_DELAY_MS = 150;
/** A screen reader announces where the cursor rests, not all cells it crosses. */
const ANNOUNCE_DELAY_MS = 250;

/**
 * One head's attention weights at any size: zoomed and panned like a map, from pools of many weights down
 * to each weight exactly, with rulers, marginal sums, a legend and the value under the cursor.
 *
 * For screen readers the picture is an `application`: one element that takes the keys, and whose live region
 * announces the cell at the cursor. It is deliberately not an ARIA grid. A grid's cells must be elements, which
 * 65,536² cannot be; if one element stands for whichever cell is current, screen readers either ignore that its name
 * changes or read it twice, before its value arrives and after. The live region is read once, with the value. The
 * cells as a real table, with headers, are below the picture on request.
 *
 * @fires map-view {view}: the user moved; `view` is set already
 * @fires map-cursor {row, column}
 * @fires map-pin {row, column, pins}: pinned or unpinned; `pins` is set already
 * @fires map-settings {pool, scale, palette, locked}
 * @fires map-range {low, high}: smallest magnitude above 0 and largest in view, whatever range the colours span
 * @fires map-export {format, cells, pool}: CSV or NPY requested; a page that prevents the default writes it itself
 * @fires map-error {error}: what the map threw
 */
@customElement('attention-map')
export class AttentionMap extends UiElement implements ViewHost {
  static override styles = mapStyles;

  @property({ attribute: false }) map: WeightMap | null = null;
  /** Instead of `map`: rows of numbers (JSON in the attribute), or a Float32Array with `rows` and `columns`. */
  @property({ type: Array }) weights: PlainWeights | null = null;
  @property({ type: Number }) rows = 0;
  @property({ type: Number }) columns = 0;
  @property({ type: Array, attribute: 'row-tokens' }) rowTokens: readonly string[] = [];
  @property({ type: Array, attribute: 'column-tokens' }) columnTokens: readonly string[] = [];
  @property({ attribute: false }) statistics?: RowStatistics;
  /** The map's name for screen readers and in files. */
  @property() label = 'Attention weights';
  @property() pool: Pool = 'largest';
  @property() scale: ScaleKind = 'linear';
  @property() palette: SequentialPalette = 'viridis';
  /** The values are differences: colours are symmetric around 0. */
  @property({ type: Boolean }) signed = false;
  /** Colours span the whole map, not what is in view. */
  @property({ type: Boolean }) locked = false;
  /** Only the map and the readout: for several side by side, with one toolbar. */
  @property({ type: Boolean, reflect: true }) plain = false;
  /** Colours span this range: for maps side by side. */
  @property({ attribute: false }) range?: { readonly low: number; readonly high: number };
  /** In weights, fractions allowed; the whole map when absent. */
  @property({ attribute: false }) view?: MapView;
  /** The weight on the CPU in float64, and how far the map's is from it. */
  @property({ attribute: false }) trace?: ReferenceLookup;
  @property({ attribute: false }) pins: readonly Cell[] = [];
  @property({ attribute: false }) cursor: Cell | null = null;

  @state() private status = '';
  @state() private isExact = false;
  @state() private nonFinite = '';
  @state() private error = '';
  @state() private announced = '';
  @state() private isTableOpen = false;

  @query('.picture') private picture?: HTMLElement;
  @query('canvas') private canvas?: HTMLCanvasElement;
  @query('.probe') private probe!: HTMLElement;

  /** Reads the open map; null without one, and while the element is not in a page. */
  private reader: RowReader | null = null;
  private drawn: DrawnPicture | null = null;
  private reportedRange: { readonly low: number; readonly high: number } | null = null;
  private announceTimer = 0;
  /** Announced as soon as it is read. */
  private newPin: Cell | null = null;

  private readonly fail = (error: unknown): void => {
    this.error = errorMessage(error);
    emit(this, 'map-error', { error });
  };
  private readonly redraw = new RedrawController(
    this,
    () => this.picture ?? null,
    () => this.draw(),
  );
  private readonly renderer = new MapRenderer(this.redraw.request, this.fail);
  private readonly navigation = new ViewController(this);
  private readonly gestures = new Gestures(this, () => this.picture, this.navigation);
  private readonly readingTask = new LatestTask<Cell, CursorReading>(
    this,
    (cell, { signal, publish }) =>
      this.readCursor(cell, signal, (reading) => {
        publish(reading);
        this.announceReading(reading);
      }),
  );
  private readonly pinTask = new LatestTask<readonly Cell[], readonly PinReading[]>(
    this,
    async (pins, { signal, publish }) => {
      const { reader } = this;
      if (!reader) return;
      const named = pins.map((pin) => withTokens(pin, this));
      const onReadings = (readings: readonly PinReading[]) => {
        publish(readings);
        this.announceNewPin(readings);
      };
      await readPins(named, reader, signal, onReadings, this.fail);
    },
  );
  private readonly tableTask = new LatestTask<{ map: WeightMap; frame: Frame }, MapCells>(
    this,
    async ({ map, frame }, { signal, publish }) => {
      await pause(TABLE_DELAY_MS, signal);
      publish(await raceAbort(map.cells(tableRegion(frame, map), { signal }), signal));
    },
    {
      isSame: (a, b) => a.map === b.map && sameView(a.frame.view, b.frame.view),
      onError: this.fail,
    },
  );

  get openMap(): WeightMap | null {
    return this.reader?.map ?? null;
  }

  /** What cells show. Differences have no largest value that their cells could determine: they show the mean. */
  get shownPool(): Pool {
    return this.signed ? 'mean' : this.pool;
  }

  /** The view as it is drawn: within the map. */
  get shownView(): MapView {
    return this.navigation.view;
  }

  /** The rectangles of the picture, in CSS pixels; null before there is a map and room for it. */
  get shownLayout(): PictureLayout | null {
    const map = this.openMap;
    const width = Math.floor(this.picture?.clientWidth ?? 0);
    if (!map || width < 60) return null;
    return layOutPicture(width, map, {
      rowToken: longestToken(this.rowTokens),
      columnToken: longestToken(this.columnTokens),
      entropy: Boolean(this.statistics),
      maxHeight: MAX_PLOT_HEIGHT,
    });
  }

  /** Weights that a drawn cell pools. */
  get pooled(): PooledExtent {
    const { rowsOfCell = 1, columnsOfCell = 1 } = this.drawn?.frame ?? {};
    return { rowsOfCell, columnsOfCell };
  }

  showWhole(): void {
    this.navigation.showWhole();
  }

  /** Puts the cursor on a weight and zooms to it. */
  showCell(row: number, column: number): void {
    this.navigation.setCursor({ row, column });
    this.navigation.closeUp(CLOSE_UP_PIXELS, { row, column });
  }

  /** Resolves once everything in view is drawn exactly. @throws the signal's reason. */
  async complete(signal?: AbortSignal): Promise<void> {
    while (!this.isComplete) {
      signal?.throwIfAborted();
      if (this.error) throw new Error(this.error);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  /** The picture as a PNG file. @param scale Its pixels in a CSS pixel. */
  async toPng(scale = 2): Promise<Blob> {
    const { scene, cells } = await this.completePicture();
    return toPng(scene, cells, scale);
  }

  /** The picture for papers: self-contained, with vector axes and legend, on white. */
  async toSvg(): Promise<string> {
    const { scene, cells } = await this.completePicture();
    const palette = paletteOf(this.signed ? 'diverging' : this.palette, paperColors.zero);
    const style = { ...cells.style, palette };
    const onPaper = { ...scene, colors: paperColors, palette, cursor: null };
    return toSvg(onPaper, { ...cells, style }, this.label);
  }

  /** The cells in view at their level: weights themselves if there is room for them. */
  async windowCells(): Promise<MapCells> {
    const { frame, cells } = await this.completePicture();
    return gatherCells(frame, cells.cache);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Opens the map that was closed when the element left the page.
    if (this.hasUpdated) this.requestUpdate('map');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.announceTimer);
    this.reader = null;
    this.renderer.close();
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
    if (this.map !== this.openMap || changed.has('signed')) this.open(this.map);
    const reread = ['map', 'pool', 'trace', 'cursor'] as const;
    if (reread.some((name) => changed.has(name))) this.readAgain();
    if (changed.has('pins') || changed.has('map')) this.pinTask.run([...this.pins]);
  }

  private open(map: WeightMap | null): void {
    this.error = '';
    this.readingTask.reset();
    this.tableTask.reset();
    if (map) {
      this.reader = new RowReader(map, this.shownPool);
      this.renderer.open(map);
    } else {
      this.reader = null;
      this.renderer.close();
      this.status = this.drawn ? 'Out of date: showing the previous map.' : 'No map yet.';
      this.isExact = false;
      this.nonFinite = '';
    }
  }

  // ---- Drawing

  private get isComplete(): boolean {
    const { drawn } = this;
    if (this.isUpdatePending || this.redraw.isPending || !drawn) return false;
    return !drawn.needsRedraw && drawn.progress.fraction >= 1;
  }

  private async completePicture(): Promise<DrawnPicture> {
    await this.complete();
    return this.drawn!;
  }

  private draw(): void {
    const { canvas, shownLayout: layout, shownPool: pool, shownView: view } = this;
    if (!layout || !canvas) return;
    const { scale, palette, signed, locked, range } = this;
    const { rowTokens, columnTokens, statistics, pins, cursor } = this;
    const settings = { pool, scale, palette, signed, locked, range, view, layout };
    const contents = { rowTokens, columnTokens, statistics, pins, cursor };
    const colors = readThemeColors(this.probe);
    const drawn = this.renderer.draw(canvas, { ...settings, ...contents, colors });
    if (!drawn) return;
    const before = this.drawn;
    this.drawn = drawn;
    if (drawn.hasUnpainted) this.redraw.request();
    else if (drawn.needsRedraw) this.redraw.requestAfter(TILES_DELAY_MS);
    this.reportRange(drawn);
    this.follow(drawn, before);
  }

  private reportRange({ counts: { cells, low, high } }: DrawnPicture): void {
    const reported = this.reportedRange;
    if (cells === 0 || (low === reported?.low && high === reported.high)) return;
    this.reportedRange = { low, high };
    emit(this, 'map-range', { low, high });
  }

  /** Updates what depends on the picture. */
  private follow({ frame, progress, counts }: DrawnPicture, before: DrawnPicture | null): void {
    this.status = statusText(progress, this.shownPool, this.pooled);
    this.isExact = progress.fraction >= 1 && progress.failed === 0;
    this.nonFinite = nonFiniteText(counts.nans, counts.infinities);
    const hasSameLevel =
      before?.frame.rowLevel === frame.rowLevel && before.frame.columnLevel === frame.columnLevel;
    if (!hasSameLevel) this.readAgain();
    const map = this.openMap!;
    // A finger scrolls the page if the map has nowhere to pan to.
    this.picture!.style.touchAction = isWhole(frame.view, map) ? 'pan-x pan-y' : 'none';
    if (this.isTableOpen) this.tableTask.run({ map, frame });
  }

  private retry(): void {
    this.error = '';
    this.tableTask.reset();
    this.renderer.retry();
  }

  // ---- Reading

  private readAgain(): void {
    const { cursor, openMap } = this;
    if (!cursor || !openMap) return;
    if (isOnMap(cursor, openMap)) this.readingTask.run({ ...cursor });
    else this.readingTask.reset();
  }

  private async readCursor(
    cursor: Cell,
    signal: AbortSignal,
    onReading: (reading: CursorReading) => void,
  ): Promise<void> {
    const { reader, pooled, shownPool: pool, drawn } = this;
    if (!reader) return;
    if (pooled.rowsOfCell * pooled.columnsOfCell === 1) {
      return readAtCursor(withTokens(cursor, this), reader, this.trace, signal, onReading);
    }
    const block = blockAround(cursor, pooled, reader.map);
    const isDrawn = drawn?.cells.cache.map === reader.map;
    const value =
      (isDrawn ? drawnValue(drawn.frame, drawn.cells.cache, block, pool) : null) ??
      (await raceAbort(reader.map.cells({ ...block, ...pooled }, { signal }), signal))[pool][0];
    onReading({ type: 'block', block: { ...block, pool, value } });
  }

  private announceReading(reading: CursorReading): void {
    if (!this.navigation.movedByKeys) return;
    const text =
      reading.type === 'cell' ? announcement(reading.cell) : blockAnnouncement(reading.block);
    clearTimeout(this.announceTimer);
    this.announceTimer = window.setTimeout(() => (this.announced = text), ANNOUNCE_DELAY_MS);
  }

  private announceNewPin(readings: readonly PinReading[]): void {
    const reading = this.newPin && readings.find(({ pin }) => sameCell(pin, this.newPin));
    if (!reading?.cell) return;
    this.newPin = null;
    const [first] = readings;
    this.announced = pinAnnouncement(reading.cell, reading === first ? null : first.cell);
  }

  // ---- Actions

  private togglePin({ row, column }: Cell): void {
    const others = this.pins.filter((pin) => !sameCell(pin, { row, column }));
    const isNew = others.length === this.pins.length;
    this.pins = isNew ? [...others, { row, column }] : others;
    this.newPin = isNew ? { row, column } : null;
    if (!isNew) this.announced = 'Unpinned';
    emit(this, 'map-pin', { row, column, pins: this.pins });
  }

  private makeFirst({ row, column }: Cell): void {
    const others = this.pins.filter((pin) => !sameCell(pin, { row, column }));
    this.pins = [{ row, column }, ...others];
    this.announced = 'Pins are compared with this one';
    emit(this, 'map-pin', { row, column, pins: this.pins });
  }

  private change(settings: Partial<MapSettings>): void {
    Object.assign(this, settings);
    const { pool, scale, palette, locked } = this;
    emit(this, 'map-settings', { pool, scale, palette, locked });
  }

  private async save(format: ExportFormat): Promise<void> {
    const { label, shownPool: pool, rowTokens, columnTokens } = this;
    if (format === 'csv' || format === 'npy') {
      const cells = await this.windowCells();
      if (!emit(this, 'map-export', { format, cells, pool })) return;
      downloadFile(cellFile(format, cells, pool, rowTokens, columnTokens), `${label}.${format}`);
    } else if (format === 'svg') {
      downloadFile(new Blob([await this.toSvg()], { type: 'image/svg+xml' }), `${label}.svg`);
    } else {
      const scale = Number(format.slice('png-'.length));
      downloadFile(await this.toPng(scale), `${label}.png`);
    }
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    const { navigation } = this;
    const action = keyAction(event);
    const { transform } = navigation;
    if (!action || !transform || event.target !== this.picture) return;
    event.preventDefault();
    navigation.movedByKeys = true;
    const cell = this.cursor ?? firstCellIn(transform.view);
    if (action.type === 'move') navigation.step(action);
    else if (action.type === 'zoom') navigation.zoom(action.factor);
    else if (action.type === 'whole') navigation.showWhole();
    else if (action.type === 'enter') this.showCell(cell.row, cell.column);
    else this.togglePin(cell);
  };

  private readonly handleFocus = (): void => {
    if (this.picture!.matches(':focus-visible')) this.navigation.enterByKeys();
  };

  private readonly toggleTable = (event: Event): void => {
    this.isTableOpen = (event.target as HTMLDetailsElement).open;
    const { openMap: map, drawn } = this;
    if (this.isTableOpen && map && drawn) this.tableTask.run({ map, frame: drawn.frame });
  };

  // ---- Rendering

  override render() {
    const { openMap: map, label, gestures } = this;
    const name = map ? `${label}: ${map.rows} queries by ${map.columns} keys` : label;
    return html`
      ${this.renderToolbar()} ${this.renderStatus()}
      <div class="body">
        <div
          class="picture"
          role="application"
          aria-roledescription="attention map"
          aria-label=${name}
          aria-describedby="keys"
          tabindex="0"
          @keydown=${this.handleKey}
          @focus=${this.handleFocus}
          @pointerdown=${gestures.down}
          @pointermove=${gestures.move}
          @pointerup=${gestures.up}
          @pointercancel=${gestures.up}
          @wheel=${gestures.wheel}
          @dblclick=${gestures.doubleClick}
        >
          <canvas aria-hidden="true"></canvas>
          <span class="probe" aria-hidden="true"></span>
        </div>
        ${this.renderPanel()}
      </div>
      <div class="visually-hidden" role="status">${this.announced}</div>
      ${this.renderTable()}
    `;
  }

  private renderToolbar() {
    const { navigation, shownPool: pool, scale, palette, locked } = this;
    return toolbar(
      { pool, scale, palette, locked },
      this.signed,
      navigation,
      (settings) => this.change(settings),
      (format) => void this.save(format).catch(this.fail),
    );
  }

  private renderStatus() {
    return html`
      <div class="status row baseline">
        <span class=${this.isExact ? 'soft' : 'approximate'}>${this.status}</span>
        ${this.nonFinite ? html`<span class="error">${this.nonFinite}</span>` : nothing}
        ${
          this.error
            ? html`<span class="error" role="alert">${this.error}</span>
                <button type="button" @click=${this.retry}>Try again</button>`
            : nothing
        }
      </div>
    `;
  }

  private renderPanel() {
    const { cursor, readingTask, navigation } = this;
    return html`
      <div class="panel">
        <div class="readout row baseline">
          ${readoutPanel(readingTask.value, readingTask.message, navigation.isHeld, {
            enter: () => cursor && this.showCell(cursor.row, cursor.column),
            pin: () => cursor && this.togglePin(cursor),
          })}
        </div>
        ${pinList(this.pinTask.value ?? [], {
          show: ({ row, column }) => this.showCell(row, column),
          remove: (pin) => this.togglePin(pin),
          makeFirst: (pin) => this.makeFirst(pin),
        })}
        <p id="keys" class="keys soft">${keyHelp}</p>
      </div>
    `;
  }

  private renderTable() {
    const { shownPool: pool, rowTokens, columnTokens, drawn } = this;
    const cells = this.tableTask.value;
    const table =
      this.isTableOpen && cells && drawn
        ? guard([cells, pool, rowTokens, columnTokens], () =>
            weightTable(
              cells,
              regionInView(drawn.frame, drawn.cells.cache.map),
              pool,
              rowTokens,
              columnTokens,
            ),
          )
        : nothing;
    return html`
      <details class="table" @toggle=${this.toggleTable}>
        <summary>Show as table</summary>
        ${table}
      </details>
    `;
  }
}

/** @throws InputError if rows differ in length, or there are none. */
function mapOfWeights(weights: PlainWeights, rows: number, columns: number): WeightMap {
  if (weights instanceof Float32Array) {
    const size = [rows, columns];
    if (!(rows > 0 && columns > 0)) throw new InputError('rows and columns', size, 'above 0');
    return denseMap(rows, columns, weights);
  }
  const length = weights[0]?.length ?? 0;
  if (length === 0) throw new InputError('weights', weights, 'at least one row of one number');
  const uneven = weights.findIndex((row) => row.length !== length);
  if (uneven >= 0) {
    const allowed = `${length}, like the first row's`;
    throw new InputError(`weights[${uneven}].length`, weights[uneven].length, allowed);
  }
  return denseMap(weights.length, length, Float32Array.from(weights.flat()));
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-map': AttentionMap;
  }

  interface HTMLElementEventMap {
    'map-view': CustomEvent<{ readonly view: MapView }>;
    'map-cursor': CustomEvent<Cell>;
    'map-pin': CustomEvent<Cell & { readonly pins: readonly Cell[] }>;
    'map-settings': CustomEvent<MapSettings>;
    'map-range': CustomEvent<{ readonly low: number; readonly high: number }>;
    'map-export': CustomEvent<{
      readonly format: 'csv' | 'npy';
      readonly cells: MapCells;
      readonly pool: Pool;
    }>;
    'map-error': CustomEvent<{ readonly error: unknown }>;
  }
}
