import {
  interpolateCividis,
  interpolateGreys,
  interpolateMagma,
  interpolateRdBu,
  interpolateViridis,
} from 'd3-scale-chromatic';

export type PaletteName = 'viridis' | 'cividis' | 'magma' | 'grey' | 'diverging';

/** Red, green, blue and opacity of what is no finite number: in none of the palettes. */
export const NOT_A_NUMBER_COLOR: readonly [number, number, number, number] = [255, 0, 200, 255];

const interpolators: Record<PaletteName, (t: number) => string> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  magma: interpolateMagma,
  grey: interpolateGreys,
  // Blue is negative, red positive, the middle nearly white.
  diverging: (t) => interpolateRdBu(1 - t),
};

const made = new Map<PaletteName, Uint8ClampedArray>();

/** A palette's 256 colours, least first: 256 × (red, green, blue, opacity). */
export function paletteColors(name: PaletteName): Uint8ClampedArray {
  let colors = made.get(name);
  if (!colors) {
    colors = new Uint8ClampedArray(256 * 4);
    for (let i = 0; i < 256; i++) colors.set(rgba(interpolators[name](i / 255)), 4 * i);
    made.set(name, colors);
  }
  return colors;
}

/** Of "#rrggbb" or "rgb(r, g, b)", the two forms that d3 writes. */
function rgba(color: string): number[] {
  const parts = color.startsWith('#')
    ? [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))
    : color.match(/[\d.]+/g)!.map(Number);
  return [...parts.slice(0, 3), 255];
}
