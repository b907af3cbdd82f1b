import type { ColorScale } from './color-scale';
import type { Palette } from './palettes';

/** The colour of one value, as ImageData has it. */
export function colorOf(value: number, scale: ColorScale, palette: Palette): number {
  if (value === 0 && palette.zero !== null) return palette.zero;
  if (Number.isFinite(value)) {
    const { colors } = palette;
    return colors[Math.round(scale.place(value) * (colors.length - 1))];
  }
  return Number.isNaN(value) ? palette.nan : palette.infinity;
}

/**
 * Colours cells row by row; rows that are not done stay transparent.
 * @param out One word a cell.
 * @param reach Rows that are not done repeat the nearest that is, if it is no further away than this.
 */
export function paintCells(
  out: Uint32Array,
  values: Float32Array,
  done: Uint8Array,
  scale: ColorScale,
  palette: Palette,
  reach = 0,
): void {
  const width = values.length / Math.max(1, done.length);
  for (let y = 0; y < done.length; y++) {
    if (!done[y]) {
      out.fill(0, y * width, (y + 1) * width);
      continue;
    }
    for (let at = y * width; at < (y + 1) * width; at++) {
      out[at] = colorOf(values[at], scale, palette);
    }
  }
  if (reach > 0) repeatRows(out, done, width, reach);
}

function repeatRows(out: Uint32Array, done: Uint8Array, width: number, reach: number): void {
  const nearest = (y: number) => {
    for (let away = 1; away <= reach; away++) {
      if (done[y - away]) return y - away;
      if (done[y + away]) return y + away;
    }
    return -1;
  };
  for (let y = 0; y < done.length; y++) {
    const from = done[y] ? -1 : nearest(y);
    if (from >= 0) out.copyWithin(y * width, from * width, (from + 1) * width);
  }
}
