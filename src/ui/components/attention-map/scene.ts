import type { ColorScale } from './color-scale';
import type { Extent, View } from './geometry';
import type { Layout } from './layout';
import type { Palette } from './palettes';

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Colours of all but the cells, as CSS has them. */
export interface Inks {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly edge: string;
  readonly accent: string;
  readonly zero: string;
}

/** On white paper, whatever the screen's theme. */
export const paperInks: Inks = {
  paper: '#ffffff',
  ink: '#15181c',
  soft: '#555b63',
  line: '#dcddd7',
  edge: '#868a8f',
  accent: '#35498f',
  zero: '#e3e4e0',
};

/** One number each for bins of rows or columns; NaN where it is, or is not there yet. */
export interface Series {
  /** First row or column, and how many a bin has. */
  readonly from: number;
  readonly ofBin: number;
  readonly values: Float32Array;
}

/** All that one picture shows, the cells themselves aside. */
export interface Scene {
  readonly map: Extent;
  readonly view: View;
  readonly layout: Layout;
  readonly inks: Inks;
  readonly scale: ColorScale;
  readonly palette: Palette;
  /** Values beyond the scale's end are in view. */
  readonly clipped: boolean;
  readonly rowTokens: readonly string[];
  readonly columnTokens: readonly string[];
  readonly entropy: Series | null;
  /** The strip's end: the largest of all rows. */
  readonly entropyMost: number;
  readonly received: readonly Series[];
  readonly pins: readonly Place[];
  readonly cursor: Place | null;
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
