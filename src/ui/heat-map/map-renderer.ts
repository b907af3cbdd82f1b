import type { MapCells, RowStatistics, WeightMap } from '../../attention/maps/weight-map';
import { countValues, maxFinite, type ValueCounts } from './cell-values';
import { colorScale, paletteOf, type ScaleKind, type SequentialPalette } from './colors';
import { TileImages, type CellLayer, type CellStyle } from './draw-cells';
import { drawPicture } from './draw-picture';
import {
  binnedMeans,
  frameOf,
  overviewOf,
  progressOf,
  receivedAttention,
  valueWindows,
  type Frame,
  type FrameProgress,
} from './frame';
import type { Pool, TileId } from './geometry';
import type { PictureLayout, Scene, SceneSettings, ThemeColors } from './scene';
import { TileCache } from './tile-cache';

/** What colours depend on, besides the values. */
export interface ColorSettings {
  readonly colors: ThemeColors;
  readonly pool: Pool;
  readonly scale: ScaleKind;
  readonly palette: SequentialPalette;
  readonly signed: boolean;
  /** Colours span this range; else the range of the whole map or of what is in view. */
  readonly range?: { readonly low: number; readonly high: number };
}

/** While the view moves or tiles arrive, the range of the colours is updated at most this often. */
const COUNT_INTERVAL_MS = 120;

export class MapColors {
  private style: CellStyle | null = null;
  private styleKey = '';
  private latest: { key: string; counts: ValueCounts; time: number } | null = null;
  private whole: { cells: MapCells; pool: Pool; counts: ValueCounts } | null = null;

  reset(): void {
    this.latest = null;
  }

  /**
   * The counts of what is in view, or recent ones.
   * @returns `isStale` if these are older counts and newer ones will soon be due.
   */
  count(frame: Frame, cache: TileCache, pool: Pool, isComplete: boolean) {
    const tiles = frame.tiles.map((id) => cache.get(id));
    const { row, column, rows, columns } = frame.view;
    const versions = tiles.map((tile) => tile?.version ?? 0);
    const key = [pool, row, column, rows, columns, ...versions].join(' ');
    const now = performance.now();
    const { latest } = this;
    if (latest?.key === key) return { counts: latest.counts, isStale: false };
    const isRecent = latest && latest.counts.cells > 0 && now - latest.time < COUNT_INTERVAL_MS;
    // Until something of a view arrives, it keeps the colours of the one before.
    const isBlank = latest && !isComplete && tiles.every((tile) => !tile?.cells);
    if (latest && (isRecent || isBlank)) {
      return { counts: latest.counts, isStale: Boolean(isRecent) };
    }
    const counts = countValues(valueWindows(tiles, frame.view, pool));
    this.latest = { key, time: now, counts };
    return { counts, isStale: false };
  }

  /**
   * @param overview The tile of the whole map if colours are to span that; else null.
   * @returns The same object as long as nothing changes.
   */
  styleFor(
    settings: ColorSettings,
    overview: TileId | null,
    cache: TileCache,
    visible: ValueCounts,
  ): CellStyle {
    const { pool, scale, palette, signed, colors, range } = settings;
    const tile = overview && cache.get(overview);
    const whole = tile?.ready ? this.wholeCounts(tile.cells!, pool) : null;
    const span = range ? { ...range, sample: visible.sample } : (whole ?? visible);
    const ranks = scale === 'rank' ? (whole ? 'whole' : this.latest?.key) : '';
    const key = [pool, scale, palette, signed, colors.zero, span.low, span.high, ranks].join(' ');
    if (this.style && key === this.styleKey) return this.style;
    this.styleKey = key;
    this.style = {
      pool,
      scale: colorScale(scale, signed, span),
      palette: paletteOf(signed ? 'diverging' : palette, colors.zero),
    };
    return this.style;
  }

  private wholeCounts(cells: MapCells, pool: Pool): ValueCounts {
    if (this.whole?.cells === cells && this.whole.pool === pool) return this.whole.counts;
    const { width, height } = cells;
    const window = { values: cells[pool], width, top: 0, left: 0, bottom: height, right: width };
    this.whole = { cells, pool, counts: countValues([window]) };
    return this.whole.counts;
  }
}

/** What the picture depends on, besides the map. */
export interface PictureSettings extends ColorSettings, SceneSettings {
  /** Without a `range`, colours span the whole map. */
  readonly locked: boolean;
  readonly statistics?: RowStatistics;
}

export interface DrawnPicture {
  readonly frame: Frame;
  readonly scene: Scene;
  readonly cells: CellLayer;
  readonly progress: FrameProgress;
  /** Of the cells in view. */
  readonly counts: ValueCounts;
  /** Computed tiles are not painted yet: draw again in the next frame. */
  readonly hasUnpainted: boolean;
  /** Colours or tiles are outdated: draw again soon. */
  readonly needsRedraw: boolean;
}

/** Draws one map: requests the tiles it needs and caches their images. */
export class MapRenderer {
  private cache: TileCache | null = null;
  private previous: TileCache | null = null;
  private readonly images = new TileImages();
  private readonly colors = new MapColors();
  private maxEntropy: { of: RowStatistics; value: number } | null = null;

  constructor(
    private readonly onChange: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Replaces the map. The previous one, if it has the same extent, is drawn until tiles arrive. */
  open(map: WeightMap): void {
    this.close();
    const before = this.previous?.map;
    if (before?.rows !== map.rows || before.columns !== map.columns) this.previous = null;
    this.cache = new TileCache(map, { onChange: this.onChange, onError: this.onError });
    this.colors.reset();
  }

  close(): void {
    if (!this.cache) return;
    this.cache.close();
    // A map without any tile leaves the one before it as the fallback.
    if (!this.cache.isEmpty) this.previous = this.cache;
    this.cache = null;
  }

  retry(): void {
    this.cache?.retry();
    this.onChange();
  }

  draw(canvas: HTMLCanvasElement, settings: PictureSettings): DrawnPicture | null {
    const { cache, images } = this;
    if (!cache) return null;
    const { view, layout, pool, locked, range } = settings;
    const frame = frameOf(view, cache.map, layout.plot);
    const overview = locked && !range ? overviewOf(cache.map) : null;
    cache.request([...frame.tiles, ...(overview ? [overview] : []), ...frame.strips]);
    const progress = progressOf(frame, cache, this.previous);
    const isComplete = progress.fraction >= 1;
    if (isComplete) this.previous = null;
    const { counts, isStale } = this.colors.count(frame, cache, pool, isComplete);
    const style = this.colors.styleFor(settings, overview, cache, counts);
    const scene = this.sceneOf(settings, frame, cache, style, counts);
    const density = devicePixelRatio;
    const cells = { frame, cache, previous: this.previous, images, style, density };
    images.startFrame();
    fitCanvas(canvas, layout, density);
    const context = canvas.getContext('2d')!;
    context.setTransform(density, 0, 0, density, 0, 0);
    drawPicture(context, scene, cells);
    const { hasUnpainted } = images;
    // What is not painted is not complete for whoever looks at it.
    const fraction = hasUnpainted ? Math.min(0.999, progress.fraction) : progress.fraction;
    return {
      frame,
      scene,
      cells,
      progress: { ...progress, fraction },
      counts,
      hasUnpainted,
      needsRedraw: isStale || hasUnpainted,
    };
  }

  private sceneOf(
    settings: PictureSettings,
    frame: Frame,
    cache: TileCache,
    { scale, palette }: CellStyle,
    visible: ValueCounts,
  ): Scene {
    const { view, statistics } = settings;
    const { rowsOfCell, columnsOfCell } = frame;
    if (statistics && this.maxEntropy?.of !== statistics) {
      this.maxEntropy = { of: statistics, value: maxFinite(statistics.entropy) };
    }
    return {
      ...settings,
      rowsOfCell,
      columnsOfCell,
      map: cache.map,
      scale,
      palette,
      clipped: visible.high > scale.high,
      entropy: statistics ? binnedMeans(statistics.entropy, view, rowsOfCell) : null,
      maxEntropy: this.maxEntropy?.value ?? 0,
      received: receivedAttention(frame, cache),
    };
  }
}

/** Gives the canvas the device's resolution. Setting a size clears it, so only where it changes. */
function fitCanvas(canvas: HTMLCanvasElement, { width, height }: PictureLayout, density: number) {
  const across = Math.round(width * density);
  const down = Math.round(height * density);
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  canvas.style.height = `${height}px`;
}
