import {
  interpolateCividis,
  interpolateMagma,
  interpolatePuOr,
  interpolateViridis,
} from 'd3-scale-chromatic';

export type PaletteName = 'viridis' | 'cividis' | 'magma' | 'grey' | 'diverging';

/** Red, green, blue and opacity. */
export type Rgba = readonly [number, number, number, number];

/** Colours of what is no finite number: in none of the palettes. */
export const NOT_A_NUMBER_COLOR: Rgba = [255, 31, 208, 255];
export const INFINITY_COLOR: Rgba = [0, 224, 255, 255];

export const nonFiniteColor = (value: number): Rgba =>
  Number.isNaN(value) ? NOT_A_NUMBER_COLOR : INFINITY_COLOR;

const interpolators: Record<PaletteName, (t: number) => string> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  magma: interpolateMagma,
  grey: (t) => {
    const level = Math.round(255 * (1 - t) * 0.94 + 6);
    return `rgb(${level}, ${level}, ${level})`;
  },
  // Purple below 0, orange above, pale between: told apart without red and green.
  diverging: interpolatePuOr,
};

const paletteCache = new Map<PaletteName, Uint8ClampedArray>();

/** A palette's 256 colours, least first: 256 × (red, green, blue, opacity). */
export function paletteColors(name: PaletteName): Uint8ClampedArray {
  let colors = paletteCache.get(name);
  if (!colors) {
    colors = new Uint8ClampedArray(256 * 4);
    for (let i = 0; i < 256; i++) colors.set(rgba(interpolators[name](i / 255)), 4 * i);
    paletteCache.set(name, colors);
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
