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

/** What the cells are drawn from. */
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

/** Cells at least this wide show their values. */
export const MIN_CELL_FOR_VALUE = 34;
const MIN_ROW_FOR_VALUE = 14;

/** Draws each tile as far as it is done, over coarser or outdated cells. */
export function drawCells(context: Context, scene: Scene, cells: CellLayer): void {
  const { plot } = scene.layout;
  const { frame, cache, previous } = cells;
  context.save();
  context.beginPath();
  context.rect(plot.x, plot.y, plot.width, plot.height);
  context.clip();
  context.imageSmoothingEnabled = false;
  for (const id of frame.tiles) {
    const tile = cache.get(id);
    if (tile?.ready && drawPart(context, scene, cells, tile, id, false)) continue;
    const fallback = cache.coarser(id) ?? (previous && fallbackTile(previous, id));
    const hasFallback = fallback && drawPart(context, scene, cells, fallback, id, false);
    if (!hasFallback) hatch(context, scene, id, cache);
    if (tile?.cells) drawPart(context, scene, cells, tile, id, !hasFallback);
  }
  drawValues(context, scene, cells);
  context.restore();
}

/** Draws the part of a tile that covers tile `id`. Returns false if it has no image yet. */
function drawPart(
  context: Context,
  scene: Scene,
  cells: CellLayer,
  tile: MapTile,
  id: TileId,
  isRepeated: boolean,
): boolean {
  const image = cells.images.get(tile, cells.style, isRepeated, cells.isImmediate);
  if (!image) return false;
  const target = regionOf(id, cells.cache.map);
  const { view } = cells.frame;
  const { region } = tile.cells!;
  // A tile may be many times as large as the screen.
  const row = Math.max(target.row, view.row);
  const column = Math.max(target.column, view.column);
  const part = {
    row,
    column,
    rows: Math.min(target.row + target.rows, view.row + view.rows) - row,
    columns: Math.min(target.column + target.columns, view.column + view.columns) - column,
  };
  if (part.rows <= 0 || part.columns <= 0) return true;
  const visible = visibleCells(tile.cells!, part);
  const { x, y } = pixels(scene);
  // Edges at whole device pixels, so that neighbours meet without a seam.
  const snap = (at: number) => Math.round(at * cells.density) / cells.density;
  const left = snap(x(region.column + visible.left * region.columnsOfCell));
  const right = snap(x(region.column + visible.right * region.columnsOfCell));
  const top = snap(y(region.row + visible.top * region.rowsOfCell));
  const bottom = snap(y(region.row + visible.bottom * region.rowsOfCell));
  const isFallback = tileKey(tile.id) !== tileKey(id);
  if (isFallback) clipTo(context, scene, part, snap);
  const [width, height] = [visible.right - visible.left, visible.bottom - visible.top];
  context.drawImage(
    image,
    visible.left,
    visible.top,
    width,
    height,
    left,
    top,
    right - left,
    bottom - top,
  );
  if (isFallback) context.restore();
  return true;
}

/** Clips a fallback to the tile it replaces, at whole device pixels. */
function clipTo(
  context: Context,
  scene: Scene,
  { row, column, rows, columns }: MapView,
  snap: (at: number) => number,
): void {
  const { x, y } = pixels(scene);
  const [left, top] = [snap(x(column)), snap(y(row))];
  context.save();
  context.beginPath();
  context.rect(left, top, snap(x(column + columns)) - left, snap(y(row + rows)) - top);
  context.clip();
}

/** Hatches a tile of which nothing has arrived. */
function hatch(context: Context, scene: Scene, id: TileId, cache: TileCache): void {
  const { row, column, rows, columns } = regionOf(id, cache.map);
  const { view, colors: inks } = scene;
  const { x, y } = pixels(scene);
  const left = x(Math.max(column, view.column));
  const top = y(Math.max(row, view.row));
  const right = x(Math.min(column + columns, view.column + view.columns));
  const bottom = y(Math.min(row + rows, view.row + view.rows));
  context.fillStyle = inks.paper;
  context.fillRect(left, top, right - left, bottom - top);
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.strokeStyle = inks.line;
  context.lineWidth = 1;
  context.beginPath();
  const first = Math.floor((left + top) / 10) * 10;
  for (let at = first; at < right + bottom; at += 10) {
    context.moveTo(at - top, top);
    context.lineTo(at - bottom, bottom);
  }
  context.stroke();
  context.restore();
}

/** Writes values into cells that are large enough. */
function drawValues(context: Context, scene: Scene, { frame, cache, style }: CellLayer): void {
  const { across, down, x, y } = pixels(scene);
  if (frame.rowLevel + frame.columnLevel > 0) return;
  if (across < MIN_CELL_FOR_VALUE || down < MIN_ROW_FOR_VALUE) return;
  context.font = `${across < 44 ? 10 : 11}px ${MONO}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const id of frame.tiles) {
    const cells = cache.get(id)?.cells;
    if (!cells) continue;
    const visible = visibleCells(cells, frame.view);
    for (let i = visible.top; i < visible.bottom; i++) {
      if (!cells.done[i]) continue;
      for (let j = visible.left; j < visible.right; j++) {
        const value = cells[style.pool][i * cells.width + j];
        context.fillStyle = textColorOn(colorOf(value, style.scale, style.palette));
        context.fillText(
          formatInCell(value),
          x(cells.region.column + j + 0.5),
          y(cells.region.row + i + 0.5),
        );
      }
    }
  }
}
