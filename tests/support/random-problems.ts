import fc from 'fast-check';
import { causal } from '../../src/attention/modifiers/causal';
import { and, or } from '../../src/attention/modifiers/combine';
import { documents } from '../../src/attention/modifiers/documents';
import { keyLengths } from '../../src/attention/modifiers/key-lengths';
import type { Mask } from '../../src/attention/modifiers/modifier';
import { prefixLm, windowWithSinks } from '../../src/attention/modifiers/recipes';
import { packedSequences, rowRanges } from '../../src/attention/modifiers/row-ranges';
import { UNBOUNDED, slidingWindow } from '../../src/attention/modifiers/sliding-window';
import { tensorBias, tensorMask } from '../../src/attention/modifiers/tensor-mask';
import type { Shape } from '../../src/attention/shape';
import { type Visible } from './brute-force';
import { placeIn, tensors, withHidden } from './random-scores';

/** A mask beside what it means, written out once more. */
export interface MeantMask {
  readonly mask: Mask;
  readonly visible: Visible;
}

type OneOrMany = number | number[];

const of = (value: OneOrMany, batch: number) => (typeof value === 'number' ? value : value[batch]);

const listOf = (number: fc.Arbitrary<number>, length: number) =>
  fc.array(number, { minLength: length, maxLength: length });

const risingOf = (number: fc.Arbitrary<number>, length: number) =>
  listOf(number, length).map((list) => list.toSorted((a, b) => a - b));

/** Every kind of mask that there is, for problems of this shape. */
export function maskKinds(shape: Shape): Record<string, fc.Arbitrary<MeantMask>> {
  const { batch, queryLength, keyLength } = shape;
  const forBatch = (number: fc.Arbitrary<number>): fc.Arbitrary<OneOrMany> =>
    fc.oneof(number, listOf(number, batch));
  const offsets = forBatch(fc.integer({ min: -queryLength - 2, max: keyLength + 2 }));
  const widths = fc.oneof(fc.integer({ min: -3, max: keyLength + 2 }), fc.constant(UNBOUNDED));
  const lengths = forBatch(fc.nat(keyLength));
  const firsts = fc.integer({ min: -2, max: Math.ceil(keyLength / 2) });
  const ends = fc.integer({ min: Math.floor(keyLength / 4), max: keyLength + 2 });
  const ids = fc.integer({ min: -1, max: 2 });
  return {
    causal: offsets.map((offset) => ({
      mask: causal(offset),
      visible: (b, _h, i, j) => j - i <= of(offset, b),
    })),
    window: fc.tuple(widths, widths, offsets).map(([left, right, offset]) => ({
      mask: slidingWindow(left, right, offset),
      visible: (b, _h, i, j) => j - i - of(offset, b) >= -left && j - i - of(offset, b) <= right,
    })),
    'key lengths': lengths.map((length) => ({
      mask: keyLengths(length),
      visible: (b, _h, _i, j) => j < of(length, b),
    })),
    'row ranges': fc
      .tuple(risingOf(firsts, queryLength), risingOf(ends, queryLength))
      .map(([first, end]) => ({
        mask: rowRanges(first, end),
        visible: (_b, _h, i, j) => !(j < first[i]) && end[i] > j,
      })),
    packed: fc.nat(3).chain((cuts) => packed(shape, cuts)),
    documents: fc
      .tuple(listOf(ids, queryLength), listOf(ids, keyLength))
      .map(([queryIds, keyIds]) => sameDocument(queryIds, keyIds)),
    'documents in order': fc
      .tuple(risingOf(ids, queryLength), risingOf(ids, keyLength))
      .map(([queryIds, keyIds]) => sameDocument(queryIds, keyIds)),
    prefix: fc.tuple(lengths, offsets).map(([prefix, offset]) => ({
      mask: prefixLm(prefix, offset),
      visible: (b, _h, i, j) => j < of(prefix, b) || j - i <= of(offset, b),
    })),
    'window with sinks': fc
      .tuple(widths, fc.nat(keyLength), offsets)
      .map(([left, sinks, offset]) => ({
        mask: windowWithSinks(left, sinks, offset),
        visible: (b, _h, i, j) => {
          const behind = i + of(offset, b) - j;
          return behind >= 0 && (behind <= left || j < sinks);
        },
      })),
    tensor: tensors(shape).map(({ dims, values }) => {
      const shown = Array.from(values, (x) => x > -0.3);
      return {
        mask: tensorMask(dims, shown),
        visible: (...place) => shown[placeIn(dims, place)] === true,
      };
    }),
    'bias that hides': tensors(shape).map((tensor) => {
      const { dims, values } = withHidden(tensor);
      return {
        mask: tensorBias(dims, values).mask,
        visible: (...place) => (values[placeIn(dims, place)] ?? -Infinity) > -Infinity,
      };
    }),
    'a mask of one’s own': fc.constant(thirds()),
  };
}

/** Masks that a user could compose for a shape, up to three deep. */
export function masksFor(shape: Shape): fc.Arbitrary<MeantMask> {
  const leaf = fc.oneof(...Object.values(maskKinds(shape)));
  return fc.letrec<{ mask: MeantMask }>((tie) => ({
    mask: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, joined(tie('mask'))),
  })).mask;
}

function joined(part: fc.Arbitrary<MeantMask>): fc.Arbitrary<MeantMask> {
  return fc.tuple(fc.boolean(), fc.array(part, { maxLength: 3 })).map(([all, parts]) => ({
    mask: (all ? and : or)(...parts.map(({ mask }) => mask)),
    visible: (...at) =>
      all ? !parts.some((p) => !p.visible(...at)) : parts.some((p) => p.visible(...at)),
  }));
}

/** Sequences by their lengths; a key's place is counted from the end that the causality aligns. */
function packed({ queryLength, keyLength }: Shape, cuts: number): fc.Arbitrary<MeantMask> {
  const starts = (length: number) =>
    risingOf(fc.nat(length), cuts).map((middle) => [0, ...middle, length]);
  const causalities = fc.constantFrom(
    'none' as const,
    'top-left' as const,
    'bottom-right' as const,
  );
  return fc
    .tuple(starts(queryLength), starts(keyLength), causalities)
    .map(([queryStarts, keyStarts, causality]) => ({
      mask: packedSequences(queryStarts, keyStarts, causality),
      visible: (_b, _h, i, j) => {
        const n = queryStarts.findLastIndex((start) => start <= i);
        if (j < keyStarts[n] || j >= keyStarts[n + 1]) return false;
        if (causality === 'top-left') return j - keyStarts[n] <= i - queryStarts[n];
        return causality === 'none' || keyStarts[n + 1] - j >= queryStarts[n + 1] - i;
      },
    }));
}

const sameDocument = (queryIds: number[], keyIds: number[]): MeantMask => ({
  mask: documents(queryIds, keyIds),
  visible: (_b, _h, i, j) => queryIds[i] === keyIds[j],
});

/** A mask of a user's own that differs from head to head, and has no range. */
function thirds(): MeantMask {
  const visible: Visible = (batch, head, query, key) => (batch + head + query + key) % 3 !== 0;
  const wgsl = `
    fn thirds_visible(batch: u32, head: u32, query: u32, key: u32, at: u32) -> bool {
      return (batch + head + query + key) % 3u != 0u;
    }
    fn thirds_tile(b: u32, h: u32, i: u32, i_last: u32, j: u32, j_last: u32, at: u32) -> u32 {
      return TILE_MIXED;
    }`;
  return { visible, mask: { kind: 'mask', name: 'thirds', wgsl, visible } };
}

/** Small shapes, grouped heads and all extents unlike each other. */
export const shapes: fc.Arbitrary<Shape> = fc
  .record({
    batch: fc.integer({ min: 1, max: 2 }),
    kvHeads: fc.integer({ min: 1, max: 3 }),
    sharing: fc.integer({ min: 1, max: 3 }),
    queryLength: fc.integer({ min: 1, max: 9 }),
    keyLength: fc.integer({ min: 1, max: 11 }),
    headSize: fc.integer({ min: 1, max: 7 }),
    valueSize: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ sharing, ...rest }) => ({ ...rest, heads: rest.kvHeads * sharing }));

/** A shape and a mask for it. */
export const maskedShapes: fc.Arbitrary<MeantMask & { readonly shape: Shape }> = shapes.chain(
  (shape) => masksFor(shape).map((meant) => ({ ...meant, shape })),
);
