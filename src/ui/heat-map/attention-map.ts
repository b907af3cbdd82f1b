import {
  type ReactiveController,
  type ReactiveControllerHost,
  LitElement,
  html,
  nothing,
  type PropertyValues,
} from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { InputError } from '../../attention/input-error';
import { denseMap } from '../../attention/maps/cpu-maps';
import type { WeightMap, MapCells, RowStatistics } from '../../attention/maps/weight-map';
import { downloadFile } from '../download';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { mapStyles, mapTableStyles, panelStyles, toolbarStyles } from './attention-map.css';
import {
  CursorReader,
  type CursorReading,
  type ReferenceLookup,
  PinReader,
  type PinReading,
} from './cell-reader';
import { paletteOf, type SequentialPalette, type ScaleKind } from './colors';
import { cellFile, toPng, toSvg } from './export';
import { drawnValue, gatherCells } from './frame';
import { isWhole, type MapView } from './geometry';
import { Gestures } from './gestures';
import { MapDrawing, type DrawnPicture } from './map-renderer';
import { MapTable } from './map-table';
import {
  blockAround,
  isOnMap,
  keyAction,
  firstCellIn,
  panned,
  zoomedAt,
  type PooledExtent,
  sameView,
} from './navigation';
import { keyHelp, readout, pinList } from './panel';
import {
  announcement,
  blockAnnouncement,
  withTokens,
  type Pool,
  pinAnnouncement,
  nonFiniteText,
  statusText,
} from './readout';
import { type Cell, paperColors, layOutPicture, longestToken, type PictureLayout } from './scene';
import { type SavedFormat, toolbar, type MapSettings } from './toolbar';
import { OpenedMap, emit, Viewport, CursorMoves } from './view-controller';

/** Weights as anybody may have them: rows of numbers, or all of them one after another. */
type PlainWeights = readonly (readonly number[])[] | Float32Array;

/**
 * @param rows and `columns`: needed for a Float32Array alone; 0 to take them off the rows.
 * @throws InputError where rows differ in length, or there are none.
 */
function mapOfWeights(weights: PlainWeights, rows = 0, columns = 0): WeightMap {
  if (weights instanceof Float32Array) {
    const size = [rows, columns];
    if (!(rows > 0 && columns > 0)) throw new InputError('rows and columns', size, 'above 0');
    return denseMap(rows, columns, weights);
  }
  const length = weights[0]?.length ?? 0;
  if (length === 0) throw new InputError('weights', weights, 'at least one row of one number');
  const odd = weights.findIndex((row) => row.length !== length);
  if (odd >= 0) {
    const allowed = `${length}, like the first row's`;
    throw new InputError(`weights[${odd}].length`, weights[odd].length, allowed);
  }
  return denseMap(weights.length, length, Float32Array.from(weights.flat()));
}

/** A screen reader is told where the cursor rests, not all it passes, in milliseconds. */
const ANNOUNCE_DELAY_MS = 250;

/** What the live region says. */
class Announcer implements ReactiveController {
  text = '';
  private soon = 0;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  announce(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.host.requestUpdate();
  }

  /** Says only the last of what comes quickly. */
  announceSoon(text: string): void {
    clearTimeout(this.soon);
    this.soon = window.setTimeout(() => this.announce(text), ANNOUNCE_DELAY_MS);
  }

  hostDisconnected(): void {
    clearTimeout(this.soon);
  }
}

type UnderCursorHost = LitElement & {
  readonly cursor: Cell | null;
  readonly shownPool: Pool;
  readonly trace?: ReferenceLookup;
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
};

/** What is known of what the cursor is on: a weight, or a cell of the picture that pools many. */
class UnderCursor implements ReactiveController {
  reading: CursorReading | null = null;
  private readonly asked = new CursorReader((reading) => this.take(reading));

  constructor(
    private readonly host: UnderCursorHost,
    private readonly opened: OpenedMap,
    private readonly drawing: MapDrawing,
    private readonly announce: (text: string) => void,
  ) {
    host.addController(this);
  }

  /** Finds it out anew: the cursor has moved, or stands on something else. */
  read(): void {
    const { cursor } = this.host;
    const { map, rows } = this.opened;
    if (!cursor || !map || !rows) return;
    if (!isOnMap(cursor, map)) {
      this.forget();
      return;
    }
    const { rowsOfCell, columnsOfCell } = this.drawing.cellExtent;
    if (rowsOfCell * columnsOfCell > 1) this.readBlock(cursor);
    else void this.asked.cell(withTokens(cursor, this.host), rows, this.host.trace);
  }

  forget(): void {
    this.asked.stop();
    if (!this.reading) return;
    this.reading = null;
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.asked.stop();
  }

  private readBlock(cursor: Cell): void {
    const map = this.opened.map!;
    const extent = this.drawing.cellExtent;
    const block = { ...blockAround(cursor, extent, map), pool: this.host.shownPool };
    void this.asked.block(block, async (wanted, signal) => {
      const { shown } = this.drawing;
      const drawn =
        shown?.cells.cache.map === map && drawnValue(shown.frame, shown.cells.cache, block, wanted);
      if (typeof drawn === 'number') return drawn;
      const cells = await map.cells({ ...block, ...extent }, { signal });
      return cells[wanted][0];
    });
  }

  private take(reading: CursorReading): void {
    this.reading = reading;
    this.host.requestUpdate();
    if (reading.type === 'cell') this.announce(announcement(reading.cell));
    if (reading.type === 'block') this.announce(blockAnnouncement(reading.block));
  }
}

type PinsHost = LitElement & {
  pins: readonly Cell[];
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
};

/** Cells that are kept in sight, and what is known of each. */
class MapPins implements ReactiveController {
  readings: readonly PinReading[] = [];
  /** Pinned a moment ago: it is told of once it is read. */
  private newPin: Cell | null = null;
  private readonly asked: PinReader;

  constructor(
    private readonly host: PinsHost,
    private readonly opened: OpenedMap,
    private readonly announcer: Announcer,
    fail: (error: unknown) => void,
  ) {
    host.addController(this);
    this.asked = new PinReader((readings) => this.take(readings), fail);
  }

  /** Pins a weight, or takes its pin away. */
  toggle({ row, column }: Cell): void {
    const { pins } = this.host;
    const others = pins.filter((pin) => pin.row !== row || pin.column !== column);
    const isNew = others.length === pins.length;
    this.host.pins = isNew ? [...others, { row, column }] : others;
    this.newPin = isNew ? { row, column } : null;
    if (!isNew) this.announcer.announce('Unpinned');
    emit(this.host, 'map-pin', { row, column, pins: this.host.pins });
  }

  /** Puts a pin before the others, which are held against the first. */
  makeFirst({ row, column }: Cell): void {
    const others = this.host.pins.filter((pin) => pin.row !== row || pin.column !== column);
    this.host.pins = [{ row, column }, ...others];
    this.announcer.announce('Pins are compared with this one');
    emit(this.host, 'map-pin', { row, column, pins: this.host.pins });
  }

  /** Reads all of them anew: they are others, or of another map. */
  read(): void {
    const { map, rows } = this.opened;
    if (!map || !rows) return;
    void this.asked.read(this.host.pins, rows, map, (pin) => withTokens(pin, this.host));
  }

  hostDisconnected(): void {
    this.asked.stop();
  }

  private take(readings: readonly PinReading[]): void {
    this.readings = readings;
    this.host.requestUpdate();
    this.announceNewPin();
  }

  private announceNewPin(): void {
    const { newPin: fresh, readings } = this;
    if (!fresh) return;
    const isFresh = ({ pin }: PinReading) => pin.row === fresh.row && pin.column === fresh.column;
    const cell = readings.find(isFresh)?.cell;
    const [first] = readings;
    // It is read after the first.
    if (!cell) return;
    this.newPin = null;
    this.announcer.announce(pinAnnouncement(cell, isFresh(first) ? null : first.cell));
  }
}

type FilesHost = EventTarget & {
  readonly label: string;
  readonly palette: SequentialPalette;
  readonly signed: boolean;
  readonly shownPool: Pool;
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
  complete(): Promise<void>;
};

/** What people take away: the picture and the numbers in view, once all of them are there. */
class MapFiles {
  constructor(
    private readonly host: FilesHost,
    private readonly drawing: MapDrawing,
  ) {}

  /** @param scale Pixels of the file to a CSS pixel. */
  async png(scale: number): Promise<Blob> {
    const { scene, cells } = await this.complete();
    return toPng(scene, cells, scale);
  }

  /** On white, whatever the page's theme. */
  async svg(): Promise<string> {
    const { scene, cells } = await this.complete();
    const palette = paletteOf(this.host.palette, this.host.signed, paperColors.zero);
    const look = { ...cells.look, palette };
    const onPaper = { ...scene, inks: paperColors, palette, cursor: null };
    return toSvg(onPaper, { ...cells, look }, this.host.label);
  }

  /** At their level: weights themselves where there is room for them. */
  async cells(): Promise<MapCells> {
    const { frame, cells } = await this.complete();
    return gatherCells(frame, cells.cache);
  }

  /** Hands a file to the browser, or its cells to the page. */
  async save(format: SavedFormat): Promise<void> {
    const { label, shownPool: pool, rowTokens, columnTokens } = this.host;
    if (format === 'csv' || format === 'npy') {
      const cells = await this.cells();
      if (!emit(this.host, 'map-export', { format, cells, pool })) return;
      downloadFile(cellFile(format, cells, pool, rowTokens, columnTokens), `${label}.${format}`);
    } else if (format === 'svg') {
      downloadFile(new Blob([await this.svg()], { type: 'image/svg+xml' }), `${label}.svg`);
    } else {
      const scale = Number(format.slice('png-'.length));
      downloadFile(await this.png(scale), `${label}.png`);
    }
  }

  private async complete(): Promise<DrawnPicture> {
    await this.host.complete();
    return this.drawing.shown!;
  }
}

type Settings = { -readonly [Name in keyof MapSettings]: MapSettings[Name] };

type ToolbarHost = EventTarget &
  Settings & {
    readonly signed: boolean;
    readonly cursor: Cell | null;
    showWhole(): void;
  };

/** The toolbar, and what it does to the map. */
class MapToolbar {
  constructor(
    private readonly host: ToolbarHost,
    private readonly viewport: Viewport,
    private readonly files: MapFiles,
    private readonly fail: (error: unknown) => void,
  ) {}

  render() {
    const { host, viewport } = this;
    const { pool, scale, palette, locked, signed } = host;
    const { isWhole: whole, isSmall: small } = viewport;
    return toolbar(
      { pool, scale, palette, locked, signed, whole, small },
      {
        zoom: (factor) => viewport.zoom(factor),
        whole: () => host.showWhole(),
        actual: () => viewport.closeUp(1, host.cursor),
        change: (settings) => this.change(settings),
        save: (format) => this.save(format),
      },
    );
  }

  private change(settings: Partial<MapSettings>): void {
    Object.assign(this.host, settings);
    const { pool, scale, palette, locked } = this.host;
    emit(this.host, 'map-settings', { pool, scale, palette, locked });
  }

  private save(format: SavedFormat): void {
    this.files.save(format).catch(this.fail);
  }
}

type InputHost = LitElement & {
  readonly cursor: Cell | null;
  showCell(row: number, column: number): void;
  showWhole(): void;
};

/** What pointer, fingers, wheel and keys do to the map. */
class MapInput {
  constructor(
    private readonly host: InputHost,
    private readonly viewport: Viewport,
    private readonly cursor: CursorMoves,
    private readonly pin: (place: Cell) => void,
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
    const { transform: sight } = viewport;
    if (!action || !sight || event.target !== this.picture) return;
    event.preventDefault();
    this.cursor.byKeys = true;
    const place = host.cursor ?? firstCellIn(sight.view);
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

interface Line {
  readonly status: string;
  /** Whether the picture is as exact as its cells can be. */
  readonly exact: boolean;
  /** What is not finite. */
  readonly odd: string;
  readonly broken: string;
}

/** The line above the picture: what it is at this moment, and what went wrong. */
class MapStatus {
  private line: Line = { status: '', exact: false, odd: '', broken: '' };

  constructor(private readonly host: LitElement) {}

  /** The message of what went wrong, or nothing. */
  get broken(): string {
    return this.line.broken;
  }

  fail(error: unknown): void {
    this.change({ broken: error instanceof Error ? error.message : String(error) });
    emit(this.host, 'map-error', { error });
  }

  /** Another map, or another try. */
  mend(): void {
    this.change({ broken: '' });
  }

  /** No map any more, though the picture of one may still be there. */
  lose(isPictured: boolean): void {
    const status = isPictured ? 'Out of date: the map before is shown.' : 'No map yet.';
    this.change({ status, exact: false, odd: '' });
  }

  show({ progress, census }: DrawnPicture, cell: PooledExtent, pool: Pool): void {
    this.change({
      status: statusText(progress, { ...cell, pool }),
      exact: progress.fraction >= 1 && progress.failed === 0,
      odd: nonFiniteText(census.nans, census.infinities),
    });
  }

  render(retry: () => void) {
    const { status, exact, odd, broken } = this.line;
    return html`
      <div class="status">
        <span class=${exact ? 'soft' : 'approximate'}>${status}</span>
        ${odd ? html`<span class="odd">${odd}</span>` : nothing}
        ${
          broken
            ? html`<span class="failed" role="alert">${broken}</span>
                <button type="button" @click=${retry}>Try again</button>`
            : nothing
        }
      </div>
    `;
  }

  /** Every frame tells; only what is new is rendered. */
  private change(some: Partial<Line>): void {
    const next = { ...this.line, ...some };
    const keys = Object.keys(next) as (keyof Line)[];
    if (keys.every((key) => next[key] === this.line[key])) return;
    this.line = next;
    this.host.requestUpdate();
  }
}

/** Cells are at least so many pixels wide after "zoom in to it", and weights can be told apart. */
const CLOSE_UP_CELL_PIXELS = 36;
const MAX_PLOT_HEIGHT = 720;

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
  @property() palette: SequentialPalette = 'viridis';
  /** The values are differences: colours are symmetric around 0. */
  @property({ type: Boolean }) signed = false;
  /** Colours span the whole map, not what is in view. */
  @property({ type: Boolean }) locked = false;
  /** Only the map and what is under the cursor: for several side by side, with one set of buttons. */
  @property({ type: Boolean, reflect: true }) plain = false;
  /** Colours span this, whatever is there: for maps side by side. */
  @property({ attribute: false }) range?: { readonly low: number; readonly high: number };
  /** In weights, fractions allowed; the whole map when absent. */
  @property({ attribute: false }) view?: MapView;
  /** The weight on the CPU in float64, and how far the map's is from it. */
  @property({ attribute: false }) trace?: ReferenceLookup;
  @property({ attribute: false }) pins: readonly Cell[] = [];
  @property({ attribute: false }) cursor: Cell | null = null;

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
    if (this.cursorMoves.byKeys) this.announcer.announceSoon(text);
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
  get shownView(): MapView {
    return this.viewport.shown;
  }

  /** Where what is on the picture, in CSS pixels; null before it is drawn. */
  get shownLayout(): PictureLayout | null {
    const { map } = this.opened;
    const width = Math.floor(this.picture?.clientWidth ?? 0);
    if (!map || width < 60) return null;
    return layOutPicture(width, map, {
      rowToken: longestToken(this.rowTokens),
      columnToken: longestToken(this.columnTokens),
      entropy: Boolean(this.statistics),
      mostHeight: MAX_PLOT_HEIGHT,
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
  private drawn(shown: DrawnPicture, before: DrawnPicture | null): void {
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
    this.viewport.closeUp(CLOSE_UP_CELL_PIXELS, { row, column });
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
      <div class="visually-hidden" role="status">${this.announcer.text}</div>
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
          lead: (pin) => this.pinned.makeFirst(pin),
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
