import type { ColorScale, Palette } from './colors';
import {
  MAX_CELL_PIXELS,
  type Cell,
  type Extent,
  type MapView,
  type PooledExtent,
  type Rect,
} from './geometry';

/** The rectangles of the picture, in CSS pixels. */
export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  readonly plot: Rect;
  /** Right of the plot: entropy of each row. Null without statistics. */
  readonly entropy: Rect | null;
  /** Below the plot: the attention each key receives. */
  readonly received: Rect;
  readonly legend: Rect;
}

interface PictureLayoutOptions {
  /** Longest token beside a row and above a column, in characters; 0 without tokens. */
  readonly rowToken: number;
  readonly columnToken: number;
  readonly entropy: boolean;
  readonly maxHeight: number;
}

const STRIP = 40;
const NARROW_STRIP = 28;
const GAP = 8;
const LEGEND = 48;
const MIN_PLOT_WIDTH = 216;
/** Of the plot: a map of a single query is stretched to be legible. */
const MAX_ASPECT_RATIO = 4;

const lengths = new WeakMap<readonly string[], number>();

/** Characters of the longest token. Cached: there may be many tokens, and every frame needs it. */
export function longestToken(tokens: readonly string[]): number {
  let max = lengths.get(tokens);
  if (max === undefined) {
    max = tokens.reduce((longest, token) => Math.max(longest, token.length), 0);
    lengths.set(tokens, max);
  }
  return max;
}

/** A picture of this width, whose plot has the map's shape within `MAX_ASPECT_RATIO`. */
export function layOutPicture(
  width: number,
  map: Extent,
  options: PictureLayoutOptions,
): PictureLayout {
  const narrow = width < 480;
  const left = gutter(options.rowToken, 60, narrow ? 64 : 112);
  // The titles of the axes take one more line.
  const top = gutter(options.columnToken, 22, narrow ? 72 : 104) + 14;
  const strip = narrow ? NARROW_STRIP : STRIP;
  // The last numbers of the rulers and the legend extend past the plot.
  const right = options.entropy ? strip + GAP + 4 : 16;
  const shape = Math.min(MAX_ASPECT_RATIO, Math.max(1 / MAX_ASPECT_RATIO, map.rows / map.columns));
  // A few weights need no more than a few large cells.
  const enough = Math.max(MIN_PLOT_WIDTH, map.columns * MAX_CELL_PIXELS);
  const room = Math.max(40, Math.min(width - left - right, enough));
  const height = Math.max(40, Math.min(room * shape, options.maxHeight));
  const plotWidth = Math.round(Math.min(room, height / shape));
  const plot = { x: left, y: top, width: plotWidth, height: Math.round(height) };
  const end = plot.x + plot.width;
  const bottom = plot.y + plot.height;
  const received = { x: plot.x, y: bottom + GAP, width: plot.width, height: STRIP };
  const legendTop = received.y + STRIP + 22;
  return {
    width,
    height: legendTop + LEGEND,
    plot,
    entropy: options.entropy
      ? { x: end + GAP, y: plot.y, width: strip, height: plot.height }
      : null,
    received,
    legend: { x: plot.x, y: legendTop, width: Math.min(360, plot.width), height: 10 },
  };
}

/** Fits the longest token, between these limits; the lower one fits indices. */
const gutter = (characters: number, min: number, max: number): number =>
  Math.round(Math.min(max, Math.max(min, characters * 6.4 + 22)));

export interface ThemeColors {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly edge: string;
  readonly accent: string;
  readonly zero: string;
}

/** For exports on white, independent of the theme. */
export const paperColors: ThemeColors = {
  paper: '#ffffff',
  ink: '#15181c',
  soft: '#555b63',
  line: '#dcddd7',
  edge: '#868a8f',
  accent: '#35498f',
  zero: '#e3e4e0',
};

/** One value for each bin of rows or columns. */
export interface BinnedSeries {
  readonly from: number;
  /** Rows or columns in a bin. */
  readonly binSize: number;
  readonly values: Float32Array;
}

/** What the page chooses to be in the picture. */
export interface SceneSettings {
  readonly view: MapView;
  readonly layout: PictureLayout;
  readonly colors: ThemeColors;
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
  readonly pins: readonly Cell[];
  readonly cursor: Cell | null;
}

/** Everything in one picture around its cells. */
export interface Scene extends SceneSettings, PooledExtent {
  readonly map: Extent;
  readonly scale: ColorScale;
  readonly palette: Palette;
  /** Values beyond the scale's end are in view. */
  readonly clipped: boolean;
  readonly entropy: BinnedSeries | null;
  /** Of all rows: the end of the strip's scale. */
  readonly maxEntropy: number;
  readonly received: readonly BinnedSeries[];
}

/** From rows and columns to CSS pixels; `across` and `down` are a weight's size. */
export function pixels({ view, layout: { plot } }: Scene) {
  const across = plot.width / view.columns;
  const down = plot.height / view.rows;
  return {
    across,
    down,
    x: (column: number) => plot.x + (column - view.column) * across,
    y: (row: number) => plot.y + (row - view.row) * down,
  };
}

/** The page's colours, read from a hidden element that `.probe` in the styles gives one property each. */
export function readThemeColors(probe: HTMLElement): ThemeColors {
  const style = getComputedStyle(probe);
  return {
    paper: style.backgroundColor,
    ink: style.color,
    line: style.borderTopColor,
    edge: style.borderRightColor,
    soft: style.borderBottomColor,
    accent: style.borderLeftColor,
    zero: style.textDecorationColor,
  };
}
