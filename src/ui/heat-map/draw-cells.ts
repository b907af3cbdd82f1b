import {
  colorOf,
  paintGrid,
  putPixels,
  textColorOn,
  type ColorScale,
  type Palette,
} from './colors';
import { fallbackTile, visibleCells, type Frame } from './frame';
import { regionOf, type MapView, type Pool, type TileId } from './geometry';
import { MONO, type Context } from './pens';
import { formatInCell } from './readout';
import { pixels, type Scene } from './scene';
import { tileKey, type MapTile, type TileCache } from './tile-cache';

/** What decides a tile's colours: another object whenever any of it changes. */
export interface CellStyle {
  readonly pool: Pool;
  readonly scale: ColorScale;
  readonly palette: Palette;
}

/** Rows that are not done repeat the nearest that is, within this distance: first parts hold only a few rows. */
const ROW_REACH = 32;

/** Time to paint tiles in one frame; the others are painted in the next. */
const PAINT_BUDGET_MS = 12;

/** Tiles as images of one pixel a cell, repainted only when their cells or style change. */
export class TileImages {
  private readonly images = new WeakMap<
    MapTile,
    { canvas: OffscreenCanvas; style: CellStyle; version: number; isRepeated: boolean }
  >();
  private spentMs = 0;
  /** Some tiles were drawn with an outdated image or none: the frame's time was over. */
  hasUnpainted = false;

  startFrame(): void {
    this.spentMs = 0;
    this.hasUnpainted = false;
  }

  /**
   * @param isRepeated Rows that are not done repeat the nearest that is; else they are transparent.
   * @param isImmediate Ignore the time limit: for exports.
   * @returns An outdated image or null if this frame's time is over.
   */
  get(
    tile: MapTile,
    style: CellStyle,
    isRepeated: boolean,
    isImmediate = false,
  ): OffscreenCanvas | null {
    if (!tile.cells) return null;
    const image = this.images.get(tile);
    const isCurrent = image?.style === style && image.version === tile.version;
    if (isCurrent && (tile.ready || image.isRepeated === isRepeated)) return image.canvas;
    if (!isImmediate && this.spentMs > PAINT_BUDGET_MS) {
      this.hasUnpainted = true;
      return image?.canvas ?? null;
    }
    const start = performance.now();
    const { width, height, done, [style.pool]: values } = tile.cells;
    const canvas = image?.canvas ?? new OffscreenCanvas(width, height);
    const grid = { rows: height, columns: width, values, done };
    const reach = isRepeated ? ROW_REACH : 0;
    putPixels(canvas, paintGrid(grid, style.scale, style.palette, reach), width);
    this.images.set(tile, { canvas, style, version: tile.version, isRepeated });
    this.spentMs += performance.now() - start;
    return canvas;
  }
}

export interface CellLayer {
  readonly frame: Frame;
  readonly cache: TileCache;
  /** Of the previous map, drawn until tiles of this one arrive. */
  readonly previous: TileCache | null;
  readonly images: TileImages;
  readonly style: CellStyle;
  /** Device pixels in a CSS pixel. */
  readonly density: number;
  /** Paint all tiles now, regardless of the time it takes. */
  readonly isImmediate?: boolean;
}

export const MIN_CELL_FOR_VALUE = 34;
const MIN_ROW_FOR_VALUE = 14;

export class CellPainter {
  private readonly pixels: ReturnType<typeof pixels>;

  constructor(
    private readonly context: Context,
    private readonly scene: Scene,
    private readonly cells: CellLayer,
  ) {
    this.pixels = pixels(scene);
  }

  /** Draws each tile as far as it is done, over coarser or outdated cells. */
  draw(): void {
    const { context } = this;
    const { frame, cache, previous } = this.cells;
    const { plot } = this.scene.layout;
    this.clip(plot.x, plot.y, plot.x + plot.width, plot.y + plot.height);
    context.imageSmoothingEnabled = false;
    for (const id of frame.tiles) {
      const tile = cache.get(id);
      if (tile?.ready && this.drawPart(tile, id, false)) continue;
      const fallback = cache.coarser(id) ?? (previous && fallbackTile(previous, id));
      const hasFallback = fallback && this.drawPart(fallback, id, false);
      if (!hasFallback) this.hatch(id);
      if (tile?.cells) this.drawPart(tile, id, !hasFallback);
    }
    this.drawValues();
    context.restore();
  }

  /** To be undone by `context.restore()`. */
  private clip(left: number, top: number, right: number, bottom: number): void {
    const { context } = this;
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
  }

  private visiblePart(id: TileId): MapView {
    const { cache, frame } = this.cells;
    const tile = regionOf(id, cache.map);
    const { view } = frame;
    const row = Math.max(tile.row, view.row);
    const column = Math.max(tile.column, view.column);
    const rows = Math.min(tile.row + tile.rows, view.row + view.rows) - row;
    const columns = Math.min(tile.column + tile.columns, view.column + view.columns) - column;
    return { row, column, rows, columns };
  }

  /** Draws the part of a tile that covers tile `id`. Returns false if it has no image yet. */
  private drawPart(tile: MapTile, id: TileId, isRepeated: boolean): boolean {
    const { context, cells } = this;
    const image = cells.images.get(tile, cells.style, isRepeated, cells.isImmediate);
    if (!image) return false;
    const part = this.visiblePart(id);
    if (part.rows <= 0 || part.columns <= 0) return true;
    const { left, top, right, bottom } = visibleCells(tile.cells!, part);
    const { row, column, rowsOfCell, columnsOfCell } = tile.cells!.region;
    // Edges at whole device pixels, so that neighbours meet without a seam.
    const snap = (at: number) => Math.round(at * cells.density) / cells.density;
    const x = (at: number) => snap(this.pixels.x(at));
    const y = (at: number) => snap(this.pixels.y(at));
    // A fallback is clipped to the tile it replaces.
    const isFallback = tileKey(tile.id) !== tileKey(id);
    if (isFallback) {
      const [endX, endY] = [part.column + part.columns, part.row + part.rows];
      this.clip(x(part.column), y(part.row), x(endX), y(endY));
    }
    const [startX, endX] = [left, right].map((at) => x(column + at * columnsOfCell));
    const [startY, endY] = [top, bottom].map((at) => y(row + at * rowsOfCell));
    const source = [left, top, right - left, bottom - top] as const;
    context.drawImage(image, ...source, startX, startY, endX - startX, endY - startY);
    if (isFallback) context.restore();
    return true;
  }

  private hatch(id: TileId): void {
    const { context, scene } = this;
    const { row, column, rows, columns } = this.visiblePart(id);
    const [left, right] = [this.pixels.x(column), this.pixels.x(column + columns)];
    const [top, bottom] = [this.pixels.y(row), this.pixels.y(row + rows)];
    context.fillStyle = scene.colors.paper;
    context.fillRect(left, top, right - left, bottom - top);
    this.clip(left, top, right, bottom);
    context.strokeStyle = scene.colors.line;
    context.lineWidth = 1;
    context.beginPath();
    for (let at = Math.floor((left + top) / 10) * 10; at < right + bottom; at += 10) {
      context.moveTo(at - top, top);
      context.lineTo(at - bottom, bottom);
    }
    context.stroke();
    context.restore();
  }

  private drawValues(): void {
    const { context } = this;
    const { frame, cache, style } = this.cells;
    const { across, down, x, y } = this.pixels;
    if (frame.rowsOfCell * frame.columnsOfCell > 1) return;
    if (across < MIN_CELL_FOR_VALUE || down < MIN_ROW_FOR_VALUE) return;
    context.font = `${across < 44 ? 10 : 11}px ${MONO}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (const id of frame.tiles) {
      const cells = cache.get(id)?.cells;
      if (!cells) continue;
      const { row, column } = cells.region;
      const { left, top, right, bottom } = visibleCells(cells, frame.view);
      for (let i = top; i < bottom; i++) {
        if (!cells.done[i]) continue;
        for (let j = left; j < right; j++) {
          const value = cells[style.pool][i * cells.width + j];
          context.fillStyle = textColorOn(colorOf(value, style.scale, style.palette));
          context.fillText(formatInCell(value), x(column + j + 0.5), y(row + i + 0.5));
        }
      }
    }
  }
}
