import type { Shape } from './shape';

/** Order of a tensor's dimensions: batch, head, sequence, then the values of a row. */
export type Layout = 'bhsd' | 'bshd';

/** Elements between neighbours along each dimension; the values of a row are adjacent. */
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

export interface OperandStrides {
  readonly query: Strides;
  readonly key: Strides;
  readonly value: Strides;
  readonly output: Strides;
}

export function operandStrides(shape: Shape, layout: Layout): OperandStrides {
  const { heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  return {
    query: stridesOf(layout, heads, queryLength, headSize),
    key: stridesOf(layout, kvHeads, keyLength, headSize),
    value: stridesOf(layout, kvHeads, keyLength, valueSize),
    output: stridesOf(layout, heads, queryLength, valueSize),
  };
}

/** Dimensions of a tensor of `layout`. */
export function dimensions(
  layout: Layout,
  batch: number,
  heads: number,
  length: number,
  size: number,
): readonly number[] {
  return layout === 'bhsd' ? [batch, heads, length, size] : [batch, length, heads, size];
}
