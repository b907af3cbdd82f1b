import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Extents, shapeOf } from '../../../tests/support/problems';
import { type Shape, elementCounts } from '../layout';
import { causal } from '../modifiers/causal';
import { prefixLm } from '../modifiers/recipes';
import { documents } from '../modifiers/documents';
import type { Mask } from '../modifiers/modifier';
import { slidingWindow } from '../modifiers/sliding-window';
import { createProblem } from '../problem';
import { representativeOf, maskClassOf, shapeClassOf } from './shape-class';

fc.configureGlobal({ seed: 231 });

const classOf = (extents: Extents, mask?: Mask) =>
  shapeClassOf(createProblem(shapeOf(extents), { mask }));

describe('classes of problems', () => {
  it.each<[string, Extents, Mask?]>([
    ['q≤16 k≤512 d64 h≤1 f32 full', { queryLength: 1, headSize: 1 }],
    ['q≤16 k>4096 d128 h>8 f32 full', { heads: 9, queryLength: 16, keyLength: 4097, headSize: 65 }],
    ['q≤64 k≤512 d64 h≤8 f32 full', { heads: 2, queryLength: 17, keyLength: 512, headSize: 64 }],
    [
      'q≤512 k≤4096 d256 h≤8 f32 full',
      { batch: 8, queryLength: 65, keyLength: 513, headSize: 129 },
    ],
    ['q>512 k>4096 d64 h≤1 f32 causal-like', { queryLength: 5000, headSize: 64 }, causal()],
    ['q>512 k≤4096 d64 h≤1 f32 window-like', { queryLength: 1000 }, slidingWindow(100, 0)],
  ])('%s', (name, extents, mask) => expect(classOf(extents, mask)).toBe(name));

  it('tell types apart, and go by the larger of head and value size', () => {
    const shape = shapeOf({ queryLength: 4, headSize: 8, valueSize: 200 });
    expect(shapeClassOf(createProblem(shape, { type: 'f16' }))).toContain('d256 h≤1 f16');
  });

  it('see what a mask leaves', () => {
    const kind = (mask?: Mask) =>
      maskClassOf(createProblem(shapeOf({ queryLength: 512 }), { mask }));
    expect(kind()).toBe('full');
    expect(kind(causal())).toBe('causal-like');
    expect(kind(slidingWindow(300, 300))).toBe('causal-like');
    expect(kind(slidingWindow(20, 20))).toBe('window-like');
    expect(kind(prefixLm(20))).toBe('masked');
    expect(kind(documents(Array.from({ length: 512 }, (_, i) => i >> 6)))).toBe('masked');
  });
});

describe('what is measured for a class', () => {
  const limits = { operations: 4e9, bytes: 2 ** 25 };
  const shapes = fc
    .record({
      batch: fc.integer({ min: 1, max: 40 }),
      kvHeads: fc.integer({ min: 1, max: 40 }),
      sharing: fc.integer({ min: 1, max: 16 }),
      queryLength: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 20_000 })),
      keyLength: fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 100_000 })),
      headSize: fc.integer({ min: 1, max: 256 }),
      valueSize: fc.integer({ min: 1, max: 256 }),
    })
    .map(({ sharing, ...rest }): Shape => ({ ...rest, heads: rest.kvHeads * sharing }));
  const masks = fc.constantFrom(undefined, causal(), slidingWindow(2, 0), prefixLm(3));

  it('is of the same class as far as sizes go, has the same sharing, and is bounded', () => {
    fc.assert(
      fc.property(shapes, masks, (shape, mask) => {
        const problem = createProblem(shape, { mask });
        const measured = representativeOf(problem, limits);
        const sizes = (name: string) => name.split(' ').slice(0, 5);
        expect(sizes(shapeClassOf(measured))).toEqual(sizes(shapeClassOf(problem)));
        const { heads, kvHeads, headSize, valueSize } = measured.shape;
        expect(heads / kvHeads).toBe(shape.heads / shape.kvHeads);
        expect([headSize, valueSize]).toEqual([shape.headSize, shape.valueSize]);
        // The class itself sets a floor: many sequences, and lengths beyond its last edges, halved at best.
        const most = 9 * 2 * 16 * 1280 * 10_240 * 256;
        expect(Math.max(...Object.values(elementCounts(measured.shape)))).toBeLessThan(most);
        expect(Boolean(measured.mask)).toBe(Boolean(mask));
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, Extents, Partial<Shape>]>([
    [
      'a small one is left as it is',
      { heads: 8, queryLength: 256, headSize: 64 },
      { heads: 8, queryLength: 256, keyLength: 256 },
    ],
    [
      'queries before keys',
      { queryLength: 16_384, headSize: 64 },
      { queryLength: 1024, keyLength: 8192 },
    ],
    [
      'batch before lengths',
      { batch: 16, heads: 8, queryLength: 600, headSize: 64 },
      { batch: 8, queryLength: 600, keyLength: 600 },
    ],
  ])('%s', (_name, extents, want) => {
    const measured = representativeOf(createProblem(shapeOf(extents)), {
      operations: extents.batch ? 6e9 : 4e9,
      bytes: 2 ** 25,
    });
    expect(measured.shape).toMatchObject(want);
  });
});
