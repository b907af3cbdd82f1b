import { InputError } from './input-error';

/** The extents of one attention problem. */
export interface Shape {
  /** B: independent sequences. */
  readonly batch: number;
  /** H: query heads. */
  readonly heads: number;
  /** G: key/value heads; H is a multiple of G, and each serves H/G neighbouring query heads. */
  readonly kvHeads: number;
  /** S: queries in a sequence. */
  readonly queryLength: number;
  /** L: keys in a sequence. */
  readonly keyLength: number;
  /** D: values in a query and in a key. */
  readonly headSize: number;
  /** E: values in a value row and in an output row. */
  readonly valueSize: number;
}

/** Number of values in each operand of this shape. */
export function elementCounts(shape: Shape) {
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  return {
    query: batch * heads * queryLength * headSize,
    key: batch * kvHeads * keyLength * headSize,
    value: batch * kvHeads * keyLength * valueSize,
    output: batch * heads * queryLength * valueSize,
    logSumExp: batch * heads * queryLength,
  };
}

/** Order of a tensor's dimensions: batch, head, sequence, then the values of a row. */
export type Layout = 'bhsd' | 'bshd';

/** Elements between neighbours along each dimension; the values of a row are contiguous. */
export interface Strides {
  readonly batch: number;
  readonly head: number;
  readonly row: number;
}

export function stridesOf(layout: Layout, heads: number, length: number, size: number): Strides {
  return layout === 'bhsd'
    ? { batch: heads * length * size, head: length * size, row: size }
    : { batch: length * heads * size, head: size, row: heads * size };
}

export type Operand = 'query' | 'key' | 'value' | 'output';

export type OperandStrides = Readonly<Record<Operand, Strides>>;

/** One layout for all operands, or one for each; bhsd by default. */
export type Layouts = Layout | Partial<Record<Operand, Layout>>;

/** @throws InputError for an unknown layout. */
export function layoutOf(layouts: Layouts | undefined, operand: Operand): Layout {
  const layout = typeof layouts === 'object' ? layouts[operand] : layouts;
  if (layout !== undefined && layout !== 'bhsd' && layout !== 'bshd') {
    throw new InputError('layout', layout, "'bhsd' or 'bshd'");
  }
  return layout ?? 'bhsd';
}

export function operandStrides(shape: Shape, layouts: Layouts | undefined): OperandStrides {
  const { heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  return {
    query: stridesOf(layoutOf(layouts, 'query'), heads, queryLength, headSize),
    key: stridesOf(layoutOf(layouts, 'key'), kvHeads, keyLength, headSize),
    value: stridesOf(layoutOf(layouts, 'value'), kvHeads, keyLength, valueSize),
    output: stridesOf(layoutOf(layouts, 'output'), heads, queryLength, valueSize),
  };
}

/** What the extents of a tensor of four dimensions mean. */
export function extentsOf([batch, second, third, size]: readonly number[], layout: Layout) {
  const [heads, length] = layout === 'bhsd' ? [second, third] : [third, second];
  return { batch, heads, length, size };
}

export const rowStart = (strides: Strides, batch: number, head: number, row: number): number =>
  batch * strides.batch + head * strides.head + row * strides.row;

/** The key head that serves a query head. */
export const kvHeadOf = (
  { heads, kvHeads }: Pick<Shape, 'heads' | 'kvHeads'>,
  head: number,
): number => Math.floor(head / (heads / kvHeads));

export function dimensions(
  layout: Layout,
  batch: number,
  heads: number,
  length: number,
  size: number,
): readonly number[] {
  return layout === 'bhsd' ? [batch, heads, length, size] : [batch, length, heads, size];
}
