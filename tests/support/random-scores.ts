import fc from 'fast-check';
import { alibi } from '../../src/attention/modifiers/alibi';
import { tensorBias } from '../../src/attention/modifiers/tensor-mask';
import type { ProblemOptions } from '../../src/attention/problem';
import type { Shape } from '../../src/attention/shape';
import { fillRandom } from '../../src/numeric/random';
import type { BruteForceOptions } from './brute-force';

/** A tensor that broadcasts to (B, H, S, L): its last extent may be short. */
export interface RandomTensor {
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
export const withHidden = ({ dims, values }: RandomTensor): RandomTensor => ({
  dims,
  values: values.map((x) => (x < -1 ? -Infinity : x)),
});

/** Flat index of the element for a place in (B, H, S, L), outermost dimension first; −1 past the end. */
export function placeIn(dims: readonly number[], place: readonly number[]): number {
  const own = place.slice(4 - dims.length).map((at, i) => (dims[i] === 1 ? 0 : at));
  if (own.some((at, i) => at >= dims[i])) return -1;
  return own.reduce((index, at, i) => index * dims[i] + at, 0);
}

/** Changes of scores beside what they mean, written out once more. */
export interface MeantScores {
  readonly options: Pick<ProblemOptions, 'scoreModifiers' | 'bias' | 'sinks'>;
  readonly meaning: Pick<BruteForceOptions, 'bias' | 'sinks'>;
}

/** Linear biases, a bias tensor and sinks, each or none, for problems of this shape. */
export function scoreChanges(shape: Shape): fc.Arbitrary<MeantScores> {
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
          return linear + (tensor.values[placeIn(tensor.dims, [b, h, i, j])] ?? -Infinity);
        },
        sinks,
      },
    }));
}
