/** A tensor's dimensions, a letter each: L layers, B batch elements, H heads, S sequence, D values of a row. */
export type Axes = string;

export interface Extents {
  readonly layers: number;
  readonly batches: number;
  readonly heads: number;
  readonly length: number;
  readonly size: number;
}

/** Orders in which tensors of so many dimensions are written, most usual first. */
export const ORDERS: Readonly<Record<number, readonly Axes[]>> = {
  2: ['SD'],
  3: ['HSD', 'SHD'],
  4: ['BHSD', 'BSHD', 'LHSD', 'LSHD'],
  5: ['LBHSD', 'LBSHD'],
};

/** What a shape is when its dimensions are these. */
export function extentsOf(axes: Axes, shape: readonly number[]): Extents {
  const extent = (letter: string) => (axes.includes(letter) ? shape[axes.indexOf(letter)] : 1);
  return {
    layers: extent('L'),
    batches: extent('B'),
    heads: extent('H'),
    length: extent('S'),
    size: extent('D'),
  };
}

/** Elements between neighbours along each axis; 0 for one that there is not. */
export function stridesOf(axes: Axes, shape: readonly number[]) {
  const stride = (letter: string) =>
    axes.includes(letter) ? shape.slice(axes.indexOf(letter) + 1).reduce((a, b) => a * b, 1) : 0;
  return { layer: stride('L'), batch: stride('B'), head: stride('H'), row: stride('S') };
}

const WORDS: Readonly<Record<string, string>> = {
  L: 'layers',
  B: 'batch',
  H: 'heads',
  S: 'tokens',
  D: 'values',
};

/** "(heads, tokens, values)" */
export const describeAxes = (axes: Axes): string =>
  `(${[...axes].map((letter) => WORDS[letter]).join(', ')})`;
