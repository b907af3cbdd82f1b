import type { ColorScale, Palette } from './colors';
import { MAX_CELL_PIXELS, type MapExtent, type MapView } from './geometry';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything is on the picture, in CSS pixels. */
export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  readonly plot: Rect;
  /** Right of the plot: entropy of each row. Null without statistics. */
  readonly entropy: Rect | null;
  /** Below the plot: attention that each key receives. */
  readonly received: Rect;
  readonly legend: Rect;
}

interface PictureLayoutOptions {
  /** Longest token beside a row and above a column, in characters; 0 without tokens. */
  readonly rowToken: number;
  readonly columnToken: number;
  readonly entropy: boolean;
  /** The plot is never higher. */
  readonly mostHeight: number;
}

const STRIP = 40;
const NARROW_STRIP = 28;
const GAP = 8;
const LEGEND = 48;
const MIN_PLOT_WIDTH = 216;
/** Between the plot's shape and the map's: maps of one query, say, are stretched to be seen at all. */
const MAX_ASPECT_RATIO = 4;

const lengths = new WeakMap<readonly string[], number>();

/** Letters of the longest token. Counted once: there may be many tokens, and every frame asks. */
export function longestToken(tokens: readonly string[]): number {
  let most = lengths.get(tokens);
  if (most === undefined) {
    most = tokens.reduce((longest, token) => Math.max(longest, token.length), 0);
    lengths.set(tokens, most);
  }
  return most;
}

/** Room for a picture of this width; the plot has the map's own shape where that is not too long. */
export function layOutPicture(
  width: number,
  map: MapExtent,
  options: PictureLayoutOptions,
): PictureLayout {
  const narrow = width < 480;
  const left = gutter(options.rowToken, 60, narrow ? 64 : 112);
  // Above the names of the keys, a line says what they are.
  const top = gutter(options.columnToken, 22, narrow ? 72 : 104) + 14;
  const strip = narrow ? NARROW_STRIP : STRIP;
  // Numbers at the rulers' and the legend's ends need room.
  const right = options.entropy ? strip + GAP + 4 : 16;
  const shape = Math.min(MAX_ASPECT_RATIO, Math.max(1 / MAX_ASPECT_RATIO, map.rows / map.columns));
  // A few weights need no more than a few large cells.
  const enough = Math.max(MIN_PLOT_WIDTH, map.columns * MAX_CELL_PIXELS);
  const room = Math.max(40, Math.min(width - left - right, enough));
  const height = Math.max(40, Math.min(room * shape, options.mostHeight));
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

/** Room for indices at least, and for the longest token up to a limit. */
const gutter = (characters: number, least: number, most: number): number =>
  Math.round(Math.min(most, Math.max(least, characters * 6.4 + 22)));

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Colours of all but the cells, as CSS has them. */
export interface ThemeColors {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly edge: string;
  readonly accent: string;
  readonly zero: string;
}

/** On white paper, whatever the screen's theme. */
export const paperColors: ThemeColors = {
  paper: '#ffffff',
  ink: '#15181c',
  soft: '#555b63',
  line: '#dcddd7',
  edge: '#868a8f',
  accent: '#35498f',
  zero: '#e3e4e0',
};

/** One number each for bins of rows or columns; NaN where it is, or is not there yet. */
export interface BinnedSeries {
  /** First row or column, and how many a bin has. */
  readonly from: number;
  readonly ofBin: number;
  readonly values: Float32Array;
}

/** All that one picture shows, the cells themselves aside. */
export interface Scene {
  readonly map: MapExtent;
  readonly view: MapView;
  readonly layout: PictureLayout;
  readonly colors: ThemeColors;
  readonly scale: ColorScale;
  readonly palette: Palette;
  /** Values beyond the scale's end are in view. */
  readonly clipped: boolean;
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
  readonly entropy: BinnedSeries | null;
  /** The strip's end: the largest of all rows. */
  readonly maxEntropy: number;
  readonly received: readonly BinnedSeries[];
  readonly pins: readonly Cell[];
  readonly cursor: Cell | null;
  /** Weights that a drawn cell pools. */
  readonly rowsOfCell: number;
  readonly columnsOfCell: number;
}

/** Pixels across and down from a column and a row. */
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

/** Colours of the page around, read off an element that wears them; `probe` in the styles says which where. */
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
