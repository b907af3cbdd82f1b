import fc from 'fast-check';
import type { Shape } from '../../src/attention/layout';
import { alibi } from '../../src/attention/modifiers/alibi';
import { causal } from '../../src/attention/modifiers/causal';
import { and, or } from '../../src/attention/modifiers/combine';
import { prefixLm, windowWithSinks } from '../../src/attention/modifiers/recipes';
import { documents } from '../../src/attention/modifiers/documents';
import { keyLengths } from '../../src/attention/modifiers/key-lengths';
import type { Mask } from '../../src/attention/modifiers/modifier';
import { packedSequences, rowRanges } from '../../src/attention/modifiers/row-ranges';
import { UNBOUNDED, slidingWindow } from '../../src/attention/modifiers/sliding-window';
import { tensorBias, tensorMask } from '../../src/attention/modifiers/tensor-mask';
import type { ProblemOptions } from '../../src/attention/problem';
import { fillRandom } from '../../src/numeric/random';
import type { Visible, BruteForceOptions } from './brute-force';

/** A mask beside what it means, written out once more. */
interface MaskWithMeaning {
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
export function maskKinds(shape: Shape): Record<string, fc.Arbitrary<MaskWithMeaning>> {
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
        visible: (...place) => shown[offsetIn(dims, place)] === true,
      };
    }),
    'bias that hides': tensors(shape).map((tensor) => {
      const { dims, values } = withHidden(tensor);
      return {
        mask: tensorBias(dims, values).mask,
        visible: (...place) => (values[offsetIn(dims, place)] ?? -Infinity) > -Infinity,
      };
    }),
    'a mask of one’s own': fc.constant(thirds()),
  };
}

/** Masks that a user could compose for a shape, up to three deep. */
export function masksFor(shape: Shape): fc.Arbitrary<MaskWithMeaning> {
  const leaf = fc.oneof(...Object.values(maskKinds(shape)));
  return fc.letrec<{ mask: MaskWithMeaning }>((tie) => ({
    mask: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, joined(tie('mask'))),
  })).mask;
}

function joined(part: fc.Arbitrary<MaskWithMeaning>): fc.Arbitrary<MaskWithMeaning> {
  return fc.tuple(fc.boolean(), fc.array(part, { maxLength: 3 })).map(([all, parts]) => ({
    mask: (all ? and : or)(...parts.map(({ mask }) => mask)),
    visible: (...at) =>
      all ? !parts.some((p) => !p.visible(...at)) : parts.some((p) => p.visible(...at)),
  }));
}

/** Sequences by their lengths; a key's place is counted from the end that the causality aligns. */
function packed({ queryLength, keyLength }: Shape, cuts: number): fc.Arbitrary<MaskWithMeaning> {
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

const sameDocument = (queryIds: number[], keyIds: number[]): MaskWithMeaning => ({
  mask: documents(queryIds, keyIds),
  visible: (_b, _h, i, j) => queryIds[i] === keyIds[j],
});

/** A mask of a user's own that differs from head to head, and has no range. */
function thirds(): MaskWithMeaning {
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
export const maskedShapes: fc.Arbitrary<MaskWithMeaning & { readonly shape: Shape }> = shapes.chain(
  (shape) => masksFor(shape).map((meant) => ({ ...meant, shape })),
);

/** A tensor that broadcasts to (B, H, S, L): its last extent may be short. */
interface RandomTensor {
  readonly dims: number[];
  readonly values: Float32Array;
}

export function tensors(shape: Shape): fc.Arbitrary<RandomTensor> {
  const { batch, heads, queryLength, keyLength } = shape;
  const extents = [batch, heads, queryLength].map((extent) => fc.constantFrom(1, extent));
  const last = fc.oneof(fc.constantFrom(1, keyLength), fc.integer({ min: 1, max: keyLength }));
  return fc
    .tuple(fc.tuple(...extents, last), fc.integer({ min: 1, max: 4 }), fc.nat(1000))
    .map(([all, rank, seed]) => {
      const dims = all.slice(4 - rank);
      const count = dims.reduce((product, extent) => product * extent, 1);
      return { dims, values: fillRandom(new Float32Array(count), { seed }) };
    });
}

/** The same with −∞ here and there. */
const withHidden = ({ dims, values }: RandomTensor): RandomTensor => ({
  dims,
  values: values.map((x) => (x < -1 ? -Infinity : x)),
});

/** Flat index of the element for a place in (B, H, S, L), outermost dimension first; −1 past the end. */
export function offsetIn(dims: readonly number[], place: readonly number[]): number {
  const own = place.slice(4 - dims.length).map((at, i) => (dims[i] === 1 ? 0 : at));
  if (own.some((at, i) => at >= dims[i])) return -1;
  return own.reduce((index, at, i) => index * dims[i] + at, 0);
}

/** Changes of scores beside what they mean, written out once more. */
interface ScoresWithMeaning {
  readonly options: Pick<ProblemOptions, 'scoreModifiers' | 'bias' | 'sinks'>;
  readonly meaning: Pick<BruteForceOptions, 'bias' | 'sinks'>;
}

/** Linear biases, a bias tensor and sinks, each or none, for problems of this shape. */
export function scoreChanges(shape: Shape): fc.Arbitrary<ScoresWithMeaning> {
  const { heads, queryLength, keyLength } = shape;
  // All are stored as float32.
  const perHead = (size: number) =>
    fc.array(fc.double({ min: -size, max: size, noNaN: true }).map(Math.fround), {
      minLength: heads,
      maxLength: heads,
    });
  return fc
    .record(
      {
        slopes: perHead(0.5),
        offset: fc.integer({ min: -queryLength, max: keyLength }),
        tensor: tensors(shape).map(withHidden),
        sinks: perHead(3),
      },
      { requiredKeys: ['offset'] },
    )
    .map(({ slopes, offset, tensor, sinks }) => ({
      options: {
        scoreModifiers: slopes ? [alibi(slopes, offset)] : [],
        bias: tensor && tensorBias(tensor.dims, tensor.values),
        sinks,
      },
      meaning: {
        bias: (b, h, i, j) => {
          const linear = slopes ? -slopes[h] * Math.abs(i + offset - j) : 0;
          if (!tensor) return linear;
          return linear + (tensor.values[offsetIn(tensor.dims, [b, h, i, j])] ?? -Infinity);
        },
        sinks,
      },
    }));
}
