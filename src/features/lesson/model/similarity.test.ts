import { describe, expect, it } from 'vitest';
import { InputError } from '../../../attention/input-error';
import {
  cosine,
  logSumExp,
  printedFractions,
  scaledDot,
  scaledScore,
  softmax,
  sumNormalise,
  temperatureFor,
} from './attention';
import { dot } from './matrix';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const { exp } = Math;

describe('row 10: dot, cosine, scaled dot', () => {
  it('length changes the dot product, not the cosine', () => {
    const [a, b] = [
      [3, 4],
      [4, 3],
    ];
    expect(dot(a, b)).toBe(24);
    expect(cosine(a, b)).toBeCloseTo(0.96, 15);
    expect(dot([6, 8], b)).toBe(48);
    expect(cosine([6, 8], b)).toBeCloseTo(0.96, 15);
    expect(scaledDot(a, b)).toBeCloseTo(24 / Math.SQRT2, 14);
    expect(cosine([0, 0], b)).toBeNaN();
  });

  it.each([
    [2, 0.544, 0.456],
    [64, 0.508, 0.492],
  ])('scores 1 and .75 at d = %i', (d, first, second) => {
    const weights = softmax([scaledScore(1, d), scaledScore(0.75, d)]);
    // Independently: the logistic function of the difference.
    expect(weights[0]).toBeCloseTo(1 / (1 + exp(-0.25 / Math.sqrt(d))), 14);
    expect(weights[0]).toBeCloseTo(first, 3);
    expect(weights[1]).toBeCloseTo(second, 3);
  });

  it('names what does not fit', () => {
    expect(() => dot([1, 2], [1])).toThrow(InputError);
    expect(() => scaledScore(1, 0)).toThrow(/headSize is 0/);
  });
});

describe('row 12: division by the sum', () => {
  it('gives .571 and .429, not the printed .58 and .42', () => {
    const { shares, failure } = sumNormalise([1, 0.75]);
    expect(shares).toEqual([expect.closeTo(4 / 7, 14), expect.closeTo(3 / 7, 14)]);
    expect(shares[0]).toBeCloseTo(0.571, 3);
    expect(shares[1]).toBeCloseTo(0.429, 3);
    expect(Math.abs(shares[0] - 0.58)).toBeGreaterThan(0.005);
    expect(failure).toBe('none');
  });

  it('gives .103 / .513 / .385 with The', () => {
    const { shares } = sumNormalise([0.2, 1, 0.75]);
    expect(shares).toEqual([4 / 39, 20 / 39, 15 / 39].map((share) => expect.closeTo(share, 14)));
    [0.103, 0.513, 0.385].forEach((printed, i) => expect(shares[i]).toBeCloseTo(printed, 3));
  });

  it('breaks on negative scores, where the softmax does not', () => {
    expect(sumNormalise([-1, 1]).failure).toBe('zero-sum');
    expect(sumNormalise([0.1, 0.2, -0.3]).failure).toBe('zero-sum');
    const broken = sumNormalise([1, -0.75]);
    expect(broken.failure).toBe('outside');
    expect(broken.shares).toEqual([4, -3]);
    expect(sum(softmax([1, -0.75]))).toBeCloseTo(1, 15);
  });
});

describe('row 13: exponentials', () => {
  it('gives .562 and .438 over e¹ + e^.75 = 4.835', () => {
    const weights = softmax([1, 0.75]);
    expect(exp(logSumExp([1, 0.75]))).toBeCloseTo(exp(1) + exp(0.75), 13);
    expect(exp(logSumExp([1, 0.75]))).toBeCloseTo(4.835, 3);
    expect(weights[0]).toBeCloseTo(exp(1) / (exp(1) + exp(0.75)), 14);
    expect(weights[0]).toBeCloseTo(0.562, 3);
    expect(weights[1]).toBeCloseTo(0.438, 3);
  });

  it('as printed, gives .472 and .368, which sum to .840, over 5.755', () => {
    const { shares, denominator, sum: total } = printedFractions([1, 0.75]);
    expect(denominator).toBeCloseTo(exp(1) * exp(0.75), 12);
    expect(denominator).toBeCloseTo(5.755, 3);
    expect(shares[0]).toBeCloseTo(exp(-0.75), 14);
    expect(shares[1]).toBeCloseTo(exp(-1), 14);
    expect(shares[0]).toBeCloseTo(0.472, 3);
    expect(shares[1]).toBeCloseTo(0.368, 3);
    expect(total).toBeCloseTo(0.84, 3);
  });

  it('needs temperature .775 for .58 and .42', () => {
    const temperature = temperatureFor(0.25, 0.58);
    expect(temperature).toBeCloseTo(0.775, 3);
    expect(softmax([1, 0.75], { temperature })[0]).toBeCloseTo(0.58, 14);
    expect(() => temperatureFor(1, 1)).toThrow(InputError);
  });

  it.each([
    [0.1, 0.924, 0.076],
    [10, 0.506, 0.494],
  ])('at temperature %f', (temperature, first, second) => {
    const weights = softmax([1, 0.75], { temperature });
    expect(weights[0]).toBeCloseTo(1 / (1 + exp(-0.25 / temperature)), 13);
    expect(weights[0]).toBeCloseTo(first, 3);
    expect(weights[1]).toBeCloseTo(second, 3);
  });

  it('leaves hidden scores out, and has nothing to say where all are', () => {
    expect(softmax([1, 9, 0.75], { hidden: [false, true, false] })).toEqual([
      expect.closeTo(softmax([1, 0.75])[0], 15),
      0,
      expect.closeTo(softmax([1, 0.75])[1], 15),
    ]);
    expect(softmax([1, 2], { hidden: [true, true] })).toEqual([0, 0]);
    expect(logSumExp([-Infinity])).toBe(-Infinity);
    expect(softmax([1000, 999])[0]).toBeCloseTo(1 / (1 + exp(-1)), 14);
  });

  it.each([0, -1, NaN, Infinity])('refuses temperature %f', (temperature) => {
    expect(() => softmax([1], { temperature })).toThrow(/temperature is .*above 0/);
  });
});
