import { formatNonFinite } from '../../numeric/format';
import { nonFiniteColor, paletteColors } from './palette';

/** Numbers of either sign, row by row. */
export interface SignedGrid {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export interface GridCell {
  readonly row: number;
  readonly column: number;
}

/** a − b, cell by cell. Infinity less itself is not a number, and stays one. */
export function differenceOf(a: SignedGrid, b: SignedGrid): SignedGrid {
  const values = a.values.map((value, i) => value - b.values[i]);
  return { rows: a.rows, columns: a.columns, values };
}

/** Where the largest magnitude is, and what: of finite values. Null where there is none. */
export function largestMagnitude({
  columns,
  values,
}: SignedGrid): (GridCell & { size: number }) | null {
  let at = -1;
  let size = -1;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]);
    if (magnitude > size && magnitude < Infinity) {
      size = magnitude;
      at = i;
    }
  }
  return at < 0 ? null : { row: Math.floor(at / columns), column: at % columns, size };
}

/** Of each `factor` rows the value that is farthest from 0, sign and all; NaN where one is. */
export function poolRows({ rows, columns, values }: SignedGrid, factor: number): SignedGrid {
  const pooled = new Float32Array(Math.ceil(rows / factor) * columns);
  for (let row = 0; row < rows; row++) {
    const start = Math.floor(row / factor) * columns;
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column];
      const held = pooled[start + column];
      // NaN compares false with everything: once there, it stays.
      if (!(Math.abs(value) <= Math.abs(held)))
        pooled[start + column] = held !== held ? held : value;
    }
  }
  return { rows: Math.ceil(rows / factor), columns, values: pooled };
}

/** Red, green, blue, opacity of every cell on the diverging palette, 0 in its middle and ±`limit` at its ends. */
export function colorSigned({ values }: SignedGrid, limit: number): Uint8ClampedArray<ArrayBuffer> {
  const colors = paletteColors('diverging');
  const out = new Uint8ClampedArray(values.length * 4);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      out.set(nonFiniteColor(values[i]), 4 * i);
      continue;
    }
    const place = limit > 0 ? Math.min(1, Math.max(-1, values[i] / limit)) : 0;
    const color = 4 * Math.round(127.5 + 127.5 * place);
    for (let part = 0; part < 4; part++) out[4 * i + part] = colors[color + part];
  }
  return out;
}

/** "−0.2341": as many digits as float32 is looked at with, and a true minus. */
export function formatSigned(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e5) ? size.toExponential(3) : size.toPrecision(4);
  return value < 0 ? `−${text}` : text;
}
