import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { denseMap } from '../../attention/maps/cpu-maps';
import { frameOf, overviewOf, type Frame } from './frame';
import { wholeOf, type MapView } from './geometry';
import { MapColors, type ColorSettings } from './map-renderer';
import { paperColors } from './scene';
import { TileCache } from './tile-cache';

const SIDE = 256;
/** Row i holds i + 1. */
const map = denseMap(
  SIDE,
  SIDE,
  Float32Array.from({ length: SIDE * SIDE }, (_, at) => 1 + Math.floor(at / SIDE)),
);
const settings: ColorSettings = {
  colors: paperColors,
  pool: 'largest',
  scale: 'linear',
  palette: 'viridis',
  signed: false,
};
const rows = (row: number, count: number): MapView => ({
  row,
  column: 0,
  rows: count,
  columns: SIDE,
});
const framed = (view: MapView): Frame => frameOf(view, map, { width: SIDE, height: view.rows });

let cache: TileCache;
let colors: MapColors;

beforeEach(async () => {
  cache = new TileCache(map, { onChange: () => {}, onError: (error) => expect(error).toBe(0) });
  cache.request([...framed(wholeOf(map)).tiles, overviewOf(map)]);
  while (cache.busy) await new Promise((resolve) => setTimeout(resolve, 1));
  colors = new MapColors();
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Where the colours of this view end. */
function highOf(view: MapView, some: Partial<ColorSettings> = {}, isLocked = false): number {
  const { counts } = colors.count(framed(view), cache, 'largest', true);
  const overview = isLocked ? overviewOf(map) : null;
  return colors.styleFor({ ...settings, ...some }, overview, cache, counts).scale.high;
}

describe('the colours of a view', () => {
  it('span what is in view, or the whole map, or a given range', () => {
    expect(highOf(rows(0, 100))).toBe(100);
    expect(highOf(rows(0, 100), {}, true)).toBe(SIDE);
    expect(highOf(rows(0, 100), { range: { low: 0, high: 3 } })).toBe(3);
  });

  it('are found anew once the view rests, and kept while it moves', () => {
    expect(highOf(rows(0, 100))).toBe(100);
    vi.advanceTimersByTime(50);
    expect(colors.count(framed(rows(0, 50)), cache, 'largest', true).isStale).toBe(true);
    expect(highOf(rows(0, 50))).toBe(100);
    vi.advanceTimersByTime(100);
    expect(colors.count(framed(rows(0, 50)), cache, 'largest', true).isStale).toBe(false);
    expect(highOf(rows(0, 50))).toBe(50);
  });

  it('are kept where nothing of the view has come', () => {
    expect(highOf(rows(0, 100))).toBe(100);
    vi.advanceTimersByTime(1000);
    const blank = new TileCache(map, { onChange: () => {}, onError: () => {} });
    const { counts, isStale } = colors.count(framed(rows(50, 20)), blank, 'largest', false);
    expect([counts.high, isStale]).toEqual([100, false]);
  });

  it('forget the map before', () => {
    expect(highOf(rows(0, 100))).toBe(100);
    colors.reset();
    expect(highOf(rows(0, 10))).toBe(10);
  });

  it('stay the same object while nothing changes, so that painted tiles can be kept', () => {
    const { counts } = colors.count(framed(rows(0, 100)), cache, 'largest', true);
    const find = (some: Partial<ColorSettings> = {}) =>
      colors.styleFor({ ...settings, ...some }, null, cache, counts);
    const first = find();
    expect(find()).toBe(first);
    expect(find({ scale: 'log' })).not.toBe(first);
  });
});
