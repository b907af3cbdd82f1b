import type { MapCells } from '../../../attention/maps/weight-map';
import { colorScale, type ScaleKind } from './color-scale';
import { windowsOf, type Frame } from './frame';
import type { TileId } from './geometry';
import { paletteOf, type PaletteName } from './palettes';
import type { Pool } from './readout';
import type { Inks } from './scene';
import type { TileCache } from './tile-cache';
import type { Look } from './tile-images';
import { census, type Census } from './value-range';

/** All that colours depend on, but the values. */
export interface ColorSettings {
  readonly inks: Inks;
  readonly pool: Pool;
  readonly scale: ScaleKind;
  readonly palette: PaletteName;
  readonly signed: boolean;
  /** The colours span this; else the whole map, or what is in view. */
  readonly range?: { readonly low: number; readonly high: number };
}

/** While the view moves, or tiles stream in, colours are found anew only so often, in milliseconds. */
const COLORS_REST = 120;

/** Counts the values that colours have to span, and finds the colours. */
export class MapColors {
  private look: Look | null = null;
  private lookKey = '';
  private counted: { key: string; census: Census; at: number } | null = null;
  private wholeKept: { cells: MapCells; pool: Pool; census: Census } | null = null;

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
    const rests = kept && kept.census.cells > 0 && now - kept.at < COLORS_REST;
    // A view of which nothing has come keeps its colours until something does.
    const empty = kept && !whole && tiles.every((tile) => !tile?.cells);
    if (kept && (rests || empty)) return { census: kept.census, old: Boolean(rests) };
    this.counted = { key, at: now, census: census(windowsOf(tiles, frame.view, pool)) };
    return { census: this.counted.census, old: false };
  }

  /** @param overview The tile of the whole map, where colours are to span that. */
  find(
    wanted: ColorSettings,
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

  private wholeRange(cells: MapCells, pool: Pool): Census {
    const kept = this.wholeKept;
    if (kept?.cells === cells && kept?.pool === pool) return kept.census;
    const { width, height } = cells;
    const window = { values: cells[pool], width, top: 0, left: 0, bottom: height, right: width };
    this.wholeKept = { cells, pool, census: census([window]) };
    return this.wholeKept.census;
  }
}
