import type { LitElement, ReactiveController } from 'lit';
import type { MapCells, RowStatistics, WeightMap } from '../../attention/maps/weight-map';
import { RedrawController } from '../interaction/redraw';
import {
  colorScale,
  type ScaleKind,
  paletteOf,
  type SequentialPalette,
  countValues,
  type ValueCounts,
} from './colors';
import { type CellStyle, type CellLayer, TileImages } from './draw-cells';
import { drawPicture } from './export';
import {
  valueWindows,
  type Frame,
  frameOf,
  overviewOf,
  progressOf,
  binnedMeans,
  maxFinite,
  receivedAttention,
} from './frame';
import type { TileId, MapView } from './geometry';
import type { PooledExtent } from './navigation';
import type { Pool, FrameProgress } from './readout';
import {
  type ThemeColors,
  type PictureLayout,
  type Cell,
  type Scene,
  readThemeColors,
} from './scene';
import { TileCache } from './tile-cache';
import { emit } from './view-controller';

/** All that colours depend on, but the values. */
export interface ColorSettings {
  readonly inks: ThemeColors;
  readonly pool: Pool;
  readonly scale: ScaleKind;
  readonly palette: SequentialPalette;
  readonly signed: boolean;
  /** The colours span this; else the whole map, or what is in view. */
  readonly range?: { readonly low: number; readonly high: number };
}

/** While the view moves, or tiles stream in, colours are found anew only so often, in milliseconds. */
const COLORS_DELAY_MS = 120;

/** Counts the values that colours have to span, and finds the colours. */
export class MapColors {
  private look: CellStyle | null = null;
  private lookKey = '';
  private counted: { key: string; census: ValueCounts; at: number } | null = null;
  private wholeKept: { cells: MapCells; pool: Pool; census: ValueCounts } | null = null;

  /** Another map: nothing of the one before is kept. */
  reset(): void {
    this.counted = null;
  }

  /** Counts what is in view, unless it did so a moment ago. */
  count(frame: Frame, cache: TileCache, pool: Pool, whole: boolean) {
    const tiles = frame.tiles.map((id) => cache.get(id));
    const { row, column, rows, columns } = frame.view;
    const versions = tiles.map((tile) => tile?.version ?? 0);
    const key = [pool, row, column, rows, columns, ...versions].join(' ');
    const now = performance.now();
    const kept = this.counted;
    if (kept?.key === key) return { census: kept.census, old: false };
    const rests = kept && kept.census.cells > 0 && now - kept.at < COLORS_DELAY_MS;
    // A view of which nothing has come keeps its colours until something does.
    const empty = kept && !whole && tiles.every((tile) => !tile?.cells);
    if (kept && (rests || empty)) return { census: kept.census, old: Boolean(rests) };
    this.counted = { key, at: now, census: countValues(valueWindows(tiles, frame.view, pool)) };
    return { census: this.counted.census, old: false };
  }

  /** @param overview The tile of the whole map, where colours are to span that. */
  find(
    wanted: ColorSettings,
    overview: readonly TileId[],
    cache: TileCache,
    visible: ValueCounts,
  ): CellStyle {
    const { pool, scale, palette, signed, inks, range } = wanted;
    const whole = overview.map((id) => cache.get(id)).find((tile) => tile?.ready);
    const told = range && { ...range, sample: visible.sample };
    const all = whole && this.wholeRange(whole.cells!, pool);
    const span = told ?? all ?? visible;
    const key = [pool, scale, palette, signed, inks.zero, span.low, span.high].join(' ');
    const ranks = scale === 'rank' ? (all ? 'all' : this.counted?.key) : '';
    const lookKey = `${key} ${ranks}`;
    if (this.look && lookKey === this.lookKey) return this.look;
    this.lookKey = lookKey;
    this.look = {
      pool,
      scale: colorScale(scale, signed, span),
      palette: paletteOf(palette, signed, inks.zero),
    };
    return this.look;
  }

  private wholeRange(cells: MapCells, pool: Pool): ValueCounts {
    const kept = this.wholeKept;
    if (kept?.cells === cells && kept?.pool === pool) return kept.census;
    const { width, height } = cells;
    const window = { values: cells[pool], width, top: 0, left: 0, bottom: height, right: width };
    this.wholeKept = { cells, pool, census: countValues([window]) };
    return this.wholeKept.census;
  }
}

/** All that the picture depends on, but the map. */
interface PictureSettings extends ColorSettings {
  readonly view: MapView;
  readonly layout: PictureLayout;
  /** The colours span the whole map where `range` does not say what they span; else what is in view. */
  readonly locked: boolean;
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
  readonly statistics?: RowStatistics;
  readonly pins: readonly Cell[];
  readonly cursor: Cell | null;
}

/** What was drawn. */
export interface DrawnPicture {
  readonly frame: Frame;
  readonly scene: Scene;
  readonly cells: CellLayer;
  readonly progress: FrameProgress;
  /** What the cells in view hold. */
  readonly census: ValueCounts;
  /** Something computed is not painted yet, or not as it should be. */
  readonly hasUnpainted: boolean;
  /** Colours do not span what is in view yet, or some tile looks as it did before: draw again soon. */
  readonly needsRedraw: boolean;
}

/** Draws one map: asks for the tiles it needs, and keeps their pictures. */
class MapRenderer {
  private cache: TileCache | null = null;
  private previous: TileCache | null = null;
  private readonly images = new TileImages();
  private readonly colors = new MapColors();
  private entropyMost: { of: RowStatistics; most: number } | null = null;

  constructor(
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Another map. Where it has the same size, the one before stands in until tiles arrive. */
  open(map: WeightMap): void {
    this.close();
    const before = this.previous;
    const same = before?.map.rows === map.rows && before.map.columns === map.columns;
    if (!same) this.previous = null;
    this.cache = new TileCache(map, { onChange: this.changed, onError: this.failed });
    this.colors.reset();
  }

  close(): void {
    if (!this.cache) return;
    this.cache.close();
    // A map that came to nothing has nothing to stand in with; the one before it may.
    if (!this.cache.empty) this.previous = this.cache;
    this.cache = null;
  }

  retry(): void {
    this.cache?.retry();
    this.changed();
  }

  draw(canvas: HTMLCanvasElement, wanted: PictureSettings): DrawnPicture | null {
    const { cache } = this;
    if (!cache) return null;
    const { view, layout } = wanted;
    const frame = frameOf(view, cache.map, layout.plot);
    const overview = wanted.locked && !wanted.range ? [overviewOf(cache.map)] : [];
    cache.want([...frame.tiles, ...overview, ...frame.strips]);
    const progress = progressOf(frame, cache, this.previous);
    if (progress.fraction >= 1) this.previous = null;
    const counted = this.colors.count(frame, cache, wanted.pool, progress.fraction >= 1);
    const look = this.colors.find(wanted, overview, cache, counted.census);
    const scene = this.sceneOf(wanted, frame, cache, look, counted.census);
    const density = devicePixelRatio;
    const cells: CellLayer = {
      frame,
      cache,
      previous: this.previous,
      images: this.images,
      look,
      density,
    };
    this.images.startFrame();
    sharpen(canvas, layout, density);
    const context = canvas.getContext('2d')!;
    context.setTransform(density, 0, 0, density, 0, 0);
    drawPicture(context, scene, cells);
    const { hasUnpainted: late } = this.images;
    // What is computed but not painted yet is not shown yet either.
    const told = late ? { ...progress, fraction: Math.min(0.999, progress.fraction) } : progress;
    const unsettled = counted.old || late;
    return {
      frame,
      scene,
      cells,
      progress: told,
      census: counted.census,
      needsRedraw: unsettled,
      hasUnpainted: late,
    };
  }

  private sceneOf(
    wanted: PictureSettings,
    frame: Frame,
    cache: TileCache,
    look: CellStyle,
    visible: ValueCounts,
  ): Scene {
    const { view, layout, inks, rowTokens, columnTokens, statistics, pins, cursor } = wanted;
    const rowsOfCell = 2 ** frame.rowLevel;
    const columnsOfCell = 2 ** frame.columnLevel;
    const { map } = cache;
    if (statistics && this.entropyMost?.of !== statistics) {
      this.entropyMost = { of: statistics, most: maxFinite(statistics.entropy) };
    }
    return {
      map,
      view,
      layout,
      colors: inks,
      scale: look.scale,
      palette: look.palette,
      clipped: visible.high > look.scale.high,
      rowTokens,
      columnTokens,
      entropy: statistics ? binnedMeans(statistics.entropy, view, rowsOfCell) : null,
      maxEntropy: this.entropyMost?.most ?? 0,
      received: receivedAttention(frame, cache),
      pins,
      cursor,
      rowsOfCell,
      columnsOfCell,
    };
  }
}

/** As many pixels as the device has; a canvas is cleared only when its size changes. */
function sharpen(
  canvas: HTMLCanvasElement,
  { width, height }: PictureLayout,
  density: number,
): void {
  const across = Math.round(width * density);
  const down = Math.round(height * density);
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  canvas.style.height = `${height}px`;
}

/** Tiles that come are drawn together, so many milliseconds after the last frame. */
const TILES_DELAY_MS = 60;

type DrawingHost = LitElement &
  Omit<PictureSettings, 'view' | 'layout' | 'inks' | 'pool'> & {
    readonly shownView: MapView;
    readonly shownLayout: PictureLayout | null;
    readonly shownPool: Pool;
  };

/** The picture of the map: drawn as the element has it, and again until all of it is there. */
export class MapDrawing implements ReactiveController {
  /** What was drawn last. */
  shown: DrawnPicture | null = null;
  private readonly redraw: RedrawController;
  private readonly screen: MapRenderer;
  private range: { readonly low: number; readonly high: number } | null = null;

  /** @param drawn Told what there is to see now, and what there was before. */
  constructor(
    private readonly host: DrawingHost,
    private readonly drawn: (shown: DrawnPicture, before: DrawnPicture | null) => void,
    failed: (error: unknown) => void,
  ) {
    host.addController(this);
    this.redraw = new RedrawController(
      host,
      () => host.renderRoot?.querySelector('.picture') ?? null,
      () => this.draw(),
    );
    this.screen = new MapRenderer(this.redraw.request, failed);
  }

  /** Weights that a cell of the picture pools. */
  get cellExtent(): PooledExtent {
    const { rowLevel = 0, columnLevel = 0 } = this.shown?.frame ?? {};
    return { rowsOfCell: 2 ** rowLevel, columnsOfCell: 2 ** columnLevel };
  }

  /** Whether all in view is on the picture, exactly. */
  get isComplete(): boolean {
    if (this.redraw.isPending || !this.shown) return false;
    return !this.shown.needsRedraw && this.shown.progress.fraction >= 1;
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
    if (shown.hasUnpainted) this.redraw.request();
    else if (shown.needsRedraw) this.redraw.requestAfter(TILES_DELAY_MS);
    this.tellRange(shown);
    this.drawn(shown, before);
  }

  private wanted(layout: PictureLayout): PictureSettings {
    const { shownView: view, shownPool: pool, scale, palette, signed, locked, range } = this.host;
    const { rowTokens, columnTokens, statistics, pins, cursor } = this.host;
    const inks = readThemeColors(this.host.renderRoot.querySelector('.probe')!);
    const settings = { pool, scale, palette, signed, locked, range };
    const contents = { rowTokens, columnTokens, statistics, pins, cursor };
    return { view, layout, inks, ...settings, ...contents };
  }

  private tellRange({ census: { cells, low, high } }: DrawnPicture): void {
    if (cells === 0 || (low === this.range?.low && high === this.range.high)) return;
    this.range = { low, high };
    emit(this.host, 'map-range', this.range);
  }
}
