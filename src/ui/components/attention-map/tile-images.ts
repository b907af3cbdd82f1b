import { paintCells } from './paint-cells';
import type { ColorScale } from './color-scale';
import type { Palette } from './palettes';
import type { Pool } from './readout';
import type { Tile } from './tile-cache';

/** What decides a tile's colours. A new object whenever any of it changes. */
export interface Look {
  readonly pool: Pool;
  readonly scale: ColorScale;
  readonly palette: Palette;
}

interface Painted {
  readonly canvas: OffscreenCanvas;
  look: Look;
  version: number;
  repeated: boolean;
}

/** Rows repeat the nearest that is done from as far as this: first pictures come with a few rows only. */
const REACH = 32;

/** Painting tiles may take this much of a frame, in milliseconds; the rest is painted in the next. */
const BUDGET = 12;

/** Each tile as a picture, one pixel a cell, painted once for each look. */
export class TileImages {
  private readonly images = new WeakMap<Tile, Painted>();
  private spent = 0;
  /** Something was drawn as it looked before, or not at all. */
  late = false;

  startFrame(): void {
    this.spent = 0;
    this.late = false;
  }

  /**
   * @param repeated Rows that are not done repeat the nearest that is; else they are transparent.
   * @param patient Paint it now, whatever that takes: for exports.
   * @returns As it looked before, or null, where this frame has spent its time already.
   */
  get(tile: Tile, look: Look, repeated: boolean, patient = false): OffscreenCanvas | null {
    if (!tile.cells) return null;
    const image = this.images.get(tile);
    const same = image?.look === look && image.version === tile.version;
    if (same && (tile.ready || image.repeated === repeated)) return image.canvas;
    if (!patient && this.spent > BUDGET) {
      this.late = true;
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

  private paint(canvas: OffscreenCanvas, { cells }: Tile, look: Look, reach: number): void {
    const { pool, scale, palette } = look;
    const data = new ImageData(canvas.width, canvas.height);
    const words = new Uint32Array(data.data.buffer);
    paintCells(words, cells![pool], cells!.done, scale, palette, reach);
    canvas.getContext('2d')!.putImageData(data, 0, 0);
  }
}
