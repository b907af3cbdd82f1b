import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shapes } from '../../tests/support/arbitraries';
import {
  type Layout,
  type Strides,
  dimensions,
  operandStrides,
  stridesOf,
  elementCounts,
} from './layout';

fc.configureGlobal({ seed: 210 });

const layouts = fc.constantFrom<Layout>('bhsd', 'bshd');
const extent = fc.integer({ min: 1, max: 6 });

const at = (strides: Strides, batch: number, head: number, row: number) =>
  batch * strides.batch + head * strides.head + row * strides.row;

it('gives every element a place of its own, and leaves no gaps', () => {
  fc.assert(
    fc.property(layouts, extent, extent, extent, extent, (layout, batch, heads, length, size) => {
      const strides = stridesOf(layout, heads, length, size);
      const places = new Set<number>();
      for (let b = 0; b < batch; b++) {
        for (let h = 0; h < heads; h++) {
          for (let s = 0; s < length; s++) {
            for (let i = 0; i < size; i++) places.add(at(strides, b, h, s) + i);
          }
        }
      }
      const count = dimensions(layout, batch, heads, length, size).reduce((a, b) => a * b);
      expect(places.size).toBe(count);
      expect(Math.max(...places)).toBe(count - 1);
    }),
  );
});

it('walks memory in the order of the layout’s letters', () => {
  expect(stridesOf('bhsd', 3, 5, 7)).toEqual({ batch: 105, head: 35, row: 7 });
  expect(stridesOf('bshd', 3, 5, 7)).toEqual({ batch: 105, row: 21, head: 7 });
  expect(dimensions('bhsd', 2, 3, 5, 7)).toEqual([2, 3, 5, 7]);
  expect(dimensions('bshd', 2, 3, 5, 7)).toEqual([2, 5, 3, 7]);
});

it('may be another for each operand; bhsd where nothing is said', () => {
  fc.assert(
    fc.property(shapes, layouts, layouts, (shape, key, output) => {
      const strides = operandStrides(shape, { key, output });
      expect(strides.key).toEqual(operandStrides(shape, key).key);
      expect(strides.output).toEqual(operandStrides(shape, output).output);
      expect(strides.query).toEqual(operandStrides(shape, 'bhsd').query);
      expect(strides.value).toEqual(operandStrides(shape, undefined).value);
    }),
  );
});

it('gives each operand its own heads, length and row size', () => {
  fc.assert(
    fc.property(layouts, shapes, (layout, shape) => {
      const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
      const strides = operandStrides(shape, layout);
      const counts = elementCounts(shape);
      const lastOf = (name: 'query' | 'key' | 'value' | 'output', extents: number[]) =>
        at(strides[name], batch - 1, extents[0] - 1, extents[1] - 1) + extents[2];
      expect(lastOf('query', [heads, queryLength, headSize])).toBe(counts.query);
      expect(lastOf('key', [kvHeads, keyLength, headSize])).toBe(counts.key);
      expect(lastOf('value', [kvHeads, keyLength, valueSize])).toBe(counts.value);
      expect(lastOf('output', [heads, queryLength, valueSize])).toBe(counts.output);
      expect(counts.logSumExp).toBe(batch * heads * queryLength);
    }),
  );
});
