import {
  INFINITY_COLOR,
  NOT_A_NUMBER_COLOR,
  type PaletteName as AnyPalette,
  type Rgba,
  paletteColors,
} from '../../palette';

/** Those of values that have no sign. */
export type PaletteName = Exclude<AnyPalette, 'diverging'>;

export const paletteNames: readonly PaletteName[] = ['viridis', 'cividis', 'magma', 'grey'];

/** 256 colours from the least to the most, and those of what has no place among them. */
export interface Palette {
  /** As ImageData has them: one 32-bit word a colour, opaque. */
  readonly colors: Uint32Array;
  readonly nan: number;
  readonly infinity: number;
  /** A weight of exactly 0, that a mask hides or float32 cannot hold; null where 0 is a value like others. */
  readonly zero: number | null;
}

/** The palette's own bytes, a word a colour. */
const colorsOf = (name: AnyPalette): Uint32Array =>
  new Uint32Array(paletteColors(name).buffer as ArrayBuffer);

/** @param zero CSS colour of weights that are exactly 0; null to draw them as the least. */
export function paletteOf(name: PaletteName, signed: boolean, zero: string | null): Palette {
  return {
    colors: colorsOf(signed ? 'diverging' : name),
    nan: wordOfParts(NOT_A_NUMBER_COLOR),
    infinity: wordOfParts(INFINITY_COLOR),
    zero: zero === null || signed ? null : wordOf(zero),
  };
}

/** "#rrggbb" or "rgb(r, g, b)" as an opaque word in the order that ImageData has on little-endian machines. */
export function wordOf(color: string): number {
  const parts = color.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
    : color
        .match(/[\d.]+/g)!
        .slice(0, 3)
        .map(Number);
  return wordOfParts(parts.map(Math.round));
}

const wordOfParts = ([r, g, b]: Rgba | readonly number[]): number =>
  ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

/** The word as CSS writes it. */
export const cssOf = (word: number): string =>
  `#${[word, word >>> 8, word >>> 16].map((part) => (part & 255).toString(16).padStart(2, '0')).join('')}`;

/** Black or white, whichever is read better on this colour (relative luminance of WCAG 2). */
export function inkOn(word: number): string {
  const linear = (part: number) => {
    const share = (part & 255) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance =
    0.2126 * linear(word) + 0.7152 * linear(word >>> 8) + 0.0722 * linear(word >>> 16);
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
