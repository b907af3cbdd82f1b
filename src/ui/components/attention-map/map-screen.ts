import type { RowStatistics, WeightMap } from '../../../attention/maps/weight-map';
import { colorScale, type ScaleKind } from './color-scale';
import type { Cells } from './draw-cells';
import { frameOf, overviewOf, progressOf, windowsOf, type Frame } from './frame';
import type { TileId, View } from './geometry';
import type { Layout } from './layout';
import { paletteOf, type PaletteName } from './palettes';
import { drawPicture } from './picture';
import type { Pool } from './readout';
import type { Inks, Place, Scene } from './scene';
import { binned, largestOf, receivedOf } from './series';
import type { Progress } from './status';
import { TileCache } from './tile-cache';
import { TileImages, type Look } from './tile-images';
import { census, type Census } from './value-range';

/** All that the picture depends on, but the map. */
export interface Wanted {
  readonly view: View;
  readonly layout: Layout;
  readonly inks: Inks;
  readonly pool: Pool;
  readonly scale: ScaleKind;
  readonly palette: PaletteName;
  readonly signed: boolean;
  /** The colours span the whole map, or this; else what is in view. */
  readonly locked: boolean;
  readonly range?: { readonly low: number; readonly high: number };
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
  readonly statistics?: RowStatistics;
  readonly pins: readonly Place[];
  readonly cursor: Place | null;
}

/** What was drawn. */
export interface Shown {
  readonly frame: Frame;
  readonly scene: Scene;
  readonly cells: Cells;
  readonly progress: Progress;
  /** What the cells in view hold. */
  readonly census: Census;
  /** Something computed is not painted yet, or not as it should be. */
  readonly late: boolean;
  /** Colours do not span what is in view yet, or some tile looks as it did before: draw again soon. */
  readonly unsettled: boolean;
}

/** While the view moves, or tiles stream in, colours are found anew only so often, in milliseconds. */
const COLORS_REST = 120;

/** Draws one map: asks for the tiles it needs, keeps their pictures, and finds the range of colours. */
export class MapScreen {
  private cache: TileCache | null = null;
  private previous: TileCache | null = null;
  private readonly images = new TileImages();
  private look: Look | null = null;
  private lookKey = '';
  private counted: { key: string; census: Census; at: number } | null = null;
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
    this.counted = null;
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

  draw(canvas: HTMLCanvasElement, wanted: Wanted): Shown | null {
    const { cache } = this;
    if (!cache) return null;
    const { view, layout } = wanted;
    const frame = frameOf(view, cache.map, layout.plot);
    const overview = wanted.locked && !wanted.range ? [overviewOf(cache.map)] : [];
    cache.want([...frame.tiles, ...overview, ...frame.strips]);
    const progress = progressOf(frame, cache, this.previous);
    if (progress.fraction >= 1) this.previous = null;
    const counted = this.count(frame, cache, wanted.pool, progress.fraction >= 1);
    const look = this.lookFor(wanted, overview, cache, counted.census);
    const scene = this.sceneOf(wanted, frame, cache, look, counted.census);
    const density = devicePixelRatio;
    const cells: Cells = {
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
    const { late } = this.images;
    // What is computed but not painted yet is not shown yet either.
    const told = late ? { ...progress, fraction: Math.min(0.999, progress.fraction) } : progress;
    const unsettled = counted.old || late;
    return { frame, scene, cells, progress: told, census: counted.census, unsettled, late };
  }

  /** Counts what is in view, unless it did so a moment ago. */
  private count(frame: Frame, cache: TileCache, pool: Pool, whole: boolean) {
    const tiles = frame.tiles.map((id) => cache.get(id));
    const { row, column, rows, columns } = frame.view;
    const versions = tiles.map((tile) => tile?.version ?? 0);
    const key = [pool, row, column, rows, columns, ...versions].join(' ');
    const now = performance.now();
    const kept = this.counted;
    if (kept?.key === key) return { census: kept.census, old: false };
    const rests = kept && kept.census.cells > 0 && now - kept.at < COLORS_REST;
    // A view of which nothing has come keeps its colours until something does.
    const empty = kept && !whole && tiles.every((tile) => !tile?.cells);
    if (kept && (rests || empty)) return { census: kept.census, old: Boolean(rests) };
    this.counted = { key, at: now, census: census(windowsOf(tiles, frame.view, pool)) };
    return { census: this.counted.census, old: false };
  }

  private lookFor(
    wanted: Wanted,
    overview: readonly TileId[],
    cache: TileCache,
    visible: Census,
  ): Look {
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

  private wholeKept: { cells: unknown; pool: Pool; census: Census } | null = null;

  private wholeRange(cells: NonNullable<ReturnType<TileCache['get']>>['cells'], pool: Pool) {
    const kept = this.wholeKept;
    if (kept?.cells === cells && kept?.pool === pool) return kept.census;
    const { width, height } = cells!;
    const window = { values: cells![pool], width, top: 0, left: 0, bottom: height, right: width };
    this.wholeKept = { cells, pool, census: census([window]) };
    return this.wholeKept.census;
  }

  private sceneOf(
    wanted: Wanted,
    frame: Frame,
    cache: TileCache,
    look: Look,
    visible: Census,
  ): Scene {
    const { view, layout, inks, rowTokens, columnTokens, statistics, pins, cursor } = wanted;
    const rowsOfCell = 2 ** frame.rowLevel;
    const columnsOfCell = 2 ** frame.columnLevel;
    const { map } = cache;
    if (statistics && this.entropyMost?.of !== statistics) {
      this.entropyMost = { of: statistics, most: largestOf(statistics.entropy) };
    }
    return {
      map,
      view,
      layout,
      inks,
      scale: look.scale,
      palette: look.palette,
      clipped: visible.high > look.scale.high,
      rowTokens,
      columnTokens,
      entropy: statistics ? binned(statistics.entropy, view, rowsOfCell) : null,
      entropyMost: this.entropyMost?.most ?? 0,
      received: receivedOf(frame, cache),
      pins,
      cursor,
      rowsOfCell,
      columnsOfCell,
    };
  }
}

/** As many pixels as the device has; a canvas is cleared only when its size changes. */
function sharpen(canvas: HTMLCanvasElement, { width, height }: Layout, density: number): void {
  const across = Math.round(width * density);
  const down = Math.round(height * density);
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  canvas.style.height = `${height}px`;
}
