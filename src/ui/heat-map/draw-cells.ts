import { paintCells, type ColorScale, type Palette, colorOf, textColorOn } from './colors';
import { fallbackTile, visibleCells, type Frame } from './frame';
import { regionOf, type TileId, type MapView } from './geometry';
import { MONO } from './pens';
import { type Pool, formatInCell } from './readout';
import { pixels, type Scene } from './scene';
import { type MapTile, tileKey, type TileCache } from './tile-cache';

/** What decides a tile's colours. A new object whenever any of it changes. */
export interface CellStyle {
  readonly pool: Pool;
  readonly scale: ColorScale;
  readonly palette: Palette;
}

interface Painted {
  readonly canvas: OffscreenCanvas;
  look: CellStyle;
  version: number;
  repeated: boolean;
}

/** Rows repeat the nearest that is done from as far as this: first pictures come with a few rows only. */
const REACH = 32;

/** Painting tiles may take this much of a frame, in milliseconds; the rest is painted in the next. */
const BUDGET = 12;

/** Each tile as a picture, one pixel a cell, painted once for each look. */
export class TileImages {
  private readonly images = new WeakMap<MapTile, Painted>();
  private spent = 0;
  /** Something was drawn as it looked before, or not at all. */
  hasUnpainted = false;

  startFrame(): void {
    this.spent = 0;
    this.hasUnpainted = false;
  }

  /**
   * @param repeated Rows that are not done repeat the nearest that is; else they are transparent.
   * @param patient Paint it now, whatever that takes: for exports.
   * @returns As it looked before, or null, where this frame has spent its time already.
   */
  get(tile: MapTile, look: CellStyle, repeated: boolean, patient = false): OffscreenCanvas | null {
    if (!tile.cells) return null;
    const image = this.images.get(tile);
    const same = image?.look === look && image.version === tile.version;
    if (same && (tile.ready || image.repeated === repeated)) return image.canvas;
    if (!patient && this.spent > BUDGET) {
      this.hasUnpainted = true;
      return image?.canvas ?? null;
    }
    const start = performance.now();
    const { width, height } = tile.cells;
    const canvas = image?.canvas ?? new OffscreenCanvas(width, height);
    this.paint(canvas, tile, look, repeated ? REACH : 0);
    this.images.set(tile, { canvas, look, version: tile.version, repeated });
    this.spent += performance.now() - start;
    return canvas;
  }

  private paint(canvas: OffscreenCanvas, { cells }: MapTile, look: CellStyle, reach: number): void {
    const { pool, scale, palette } = look;
    const data = new ImageData(canvas.width, canvas.height);
    const words = new Uint32Array(data.data.buffer);
    paintCells(words, cells![pool], cells!.done, scale, palette, reach);
    canvas.getContext('2d')!.putImageData(data, 0, 0);
  }
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface CellLayer {
  readonly frame: Frame;
  readonly cache: TileCache;
  /** Of the map before it was changed. */
  readonly previous: TileCache | null;
  readonly images: TileImages;
  readonly look: CellStyle;
  /** Device pixels to a CSS pixel. */
  readonly density: number;
  /** Paint everything now, whatever it takes. */
  readonly immediate?: boolean;
}

/** A cell this large has its value printed. */
export const MIN_CELL_FOR_VALUE = 34;

/** The cells in view, each tile as far as it is there, over what stands in for it. */
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
    const other = cache.coarser(id) ?? (previous && fallbackTile(previous, id));
    const stoodIn = other && drawPart(context, scene, cells, other, id, false);
    if (!stoodIn) hatch(context, scene, id, cache);
    if (tile?.cells) drawPart(context, scene, cells, tile, id, !stoodIn);
  }
  drawValues(context, scene, cells);
  context.restore();
}

/** Draws what of a tile lies where tile `id` goes. False where it has no picture yet. */
function drawPart(
  context: Context,
  scene: Scene,
  cells: CellLayer,
  tile: MapTile,
  id: TileId,
  repeated: boolean,
): boolean {
  const image = cells.images.get(tile, cells.look, repeated, cells.immediate);
  if (!image) return false;
  const target = regionOf(id, cells.cache.map);
  const { view } = cells.frame;
  const { region } = tile.cells!;
  // Only what is in view is drawn: zoomed in far, a tile may be many times as large as the screen.
  const row = Math.max(target.row, view.row);
  const column = Math.max(target.column, view.column);
  const part = {
    row,
    column,
    rows: Math.min(target.row + target.rows, view.row + view.rows) - row,
    columns: Math.min(target.column + target.columns, view.column + view.columns) - column,
  };
  if (part.rows <= 0 || part.columns <= 0) return true;
  const cut = visibleCells(tile.cells!, part);
  const { x, y } = pixels(scene);
  // Edges at whole device pixels: neighbours meet without a seam.
  const snap = (at: number) => Math.round(at * cells.density) / cells.density;
  const left = snap(x(region.column + cut.left * region.columnsOfCell));
  const right = snap(x(region.column + cut.right * region.columnsOfCell));
  const top = snap(y(region.row + cut.top * region.rowsOfCell));
  const bottom = snap(y(region.row + cut.bottom * region.rowsOfCell));
  const isStandIn = tileKey(tile.id) !== tileKey(id);
  if (isStandIn) clipTo(context, scene, part, snap);
  const [width, height] = [cut.right - cut.left, cut.bottom - cut.top];
  context.drawImage(image, cut.left, cut.top, width, height, left, top, right - left, bottom - top);
  if (isStandIn) context.restore();
  return true;
}

/** What stands in ends where the tile itself would: at whole pixels, as a clip between them leaves a seam. */
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

/** Quiet lines where nothing is known yet. */
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

/** Numbers in cells that are large enough for them. */
function drawValues(context: Context, scene: Scene, { frame, cache, look }: CellLayer): void {
  const { across, down, x, y } = pixels(scene);
  if (frame.rowLevel + frame.columnLevel > 0) return;
  if (across < MIN_CELL_FOR_VALUE || down < 14) return;
  context.font = `${across < 44 ? 10 : 11}px ${MONO}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const id of frame.tiles) {
    const cells = cache.get(id)?.cells;
    if (!cells) continue;
    const cut = visibleCells(cells, frame.view);
    for (let i = cut.top; i < cut.bottom; i++) {
      if (!cells.done[i]) continue;
      for (let j = cut.left; j < cut.right; j++) {
        const value = cells[look.pool][i * cells.width + j];
        context.fillStyle = textColorOn(colorOf(value, look.scale, look.palette));
        context.fillText(
          formatInCell(value),
          x(cells.region.column + j + 0.5),
          y(cells.region.row + i + 0.5),
        );
      }
    }
  }
}
