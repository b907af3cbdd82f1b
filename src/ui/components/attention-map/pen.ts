export interface TextOptions {
  readonly size?: number;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Where `y` is: the middle of the letters, their top or their base line. */
  readonly baseline?: 'middle' | 'top' | 'alphabetic';
  /** Degrees, clockwise about (x, y). */
  readonly turned?: number;
  readonly mono?: boolean;
}

/** What pictures are drawn with, so that the screen, PNG and SVG show one and the same. */
export interface Pen {
  rect(x: number, y: number, width: number, height: number, fill: string): void;
  frame(x: number, y: number, width: number, height: number, stroke: string, wide?: number): void;
  line(x1: number, y1: number, x2: number, y2: number, stroke: string): void;
  /** A filled outline of points x, y, x, y, … */
  shape(points: readonly number[], fill: string): void;
  text(text: string, x: number, y: number, options: TextOptions): void;
  clipped(x: number, y: number, width: number, height: number, draw: () => void): void;
}

export const SANS = "'IBM Plex Sans Variable', 'IBM Plex Sans', system-ui, sans-serif";
export const MONO = "'IBM Plex Mono', ui-monospace, monospace";
export const LABEL_SIZE = 11;
