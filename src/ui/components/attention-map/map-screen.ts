import type { RowStatistics, WeightMap } from '../../../attention/maps/weight-map';
import type { Cells } from './draw-cells';
import { frameOf, overviewOf, progressOf, type Frame } from './frame';
import type { View } from './geometry';
import type { Layout } from './layout';
import { MapColors, type ColorSettings } from './map-colors';
import { drawPicture } from './picture';
import type { Place, Scene } from './scene';
import { binned, largestOf, receivedOf } from './series';
import type { Progress } from './status';
import { TileCache } from './tile-cache';
import { TileImages, type Look } from './tile-images';
import type { Census } from './value-range';

/** All that the picture depends on, but the map. */
export interface Wanted extends ColorSettings {
  readonly view: View;
  readonly layout: Layout;
  /** The colours span the whole map where `range` does not say what they span; else what is in view. */
  readonly locked: boolean;
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

/** Draws one map: asks for the tiles it needs, and keeps their pictures. */
export class MapScreen {
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

  draw(canvas: HTMLCanvasElement, wanted: Wanted): Shown | null {
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
