import { LARGEST_CELL, type Extent } from './geometry';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything is on the picture, in CSS pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly plot: Box;
  /** Right of the plot: entropy of each row. Null without statistics. */
  readonly entropy: Box | null;
  /** Below the plot: attention that each key receives. */
  readonly received: Box;
  readonly legend: Box;
}

export interface LayoutOptions {
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
const LEAST_PLOT = 216;
/** Between the plot's shape and the map's: maps of one query, say, are stretched to be seen at all. */
const MOST_OBLONG = 4;

const lengths = new WeakMap<readonly string[], number>();

/** Letters of the longest token. Counted once: there may be many tokens, and every frame asks. */
export function longestOf(tokens: readonly string[]): number {
  let most = lengths.get(tokens);
  if (most === undefined) {
    most = tokens.reduce((longest, token) => Math.max(longest, token.length), 0);
    lengths.set(tokens, most);
  }
  return most;
}

/** Room for a picture of this width; the plot has the map's own shape where that is not too long. */
export function layoutOf(width: number, map: Extent, options: LayoutOptions): Layout {
  const narrow = width < 480;
  const left = gutter(options.rowToken, 60, narrow ? 64 : 112);
  // Above the names of the keys, a line says what they are.
  const top = gutter(options.columnToken, 22, narrow ? 72 : 104) + 14;
  const strip = narrow ? NARROW_STRIP : STRIP;
  // Numbers at the rulers' and the legend's ends need room.
  const right = options.entropy ? strip + GAP + 4 : 16;
  const shape = Math.min(MOST_OBLONG, Math.max(1 / MOST_OBLONG, map.rows / map.columns));
  // A few weights need no more than a few large cells.
  const enough = Math.max(LEAST_PLOT, map.columns * LARGEST_CELL);
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
