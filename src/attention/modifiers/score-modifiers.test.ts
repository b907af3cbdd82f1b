import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetIn, tensors } from '../../../tests/support/arbitraries';
import { randomData, shapeOf } from '../../../tests/support/problems';
import { createProblem } from '../problem';
import { reference } from '../reference';
import { alibi, alibiSlopes } from './alibi';
import { causal } from './causal';
import { isVisible } from './combine';
import { softcap } from './softcap';
import { tensorBias } from './tensor-mask';

fc.configureGlobal({ seed: 212 });

describe('softcap', () => {
  it('keeps scores within the cap, in order, and small ones as they are', () => {
    const score = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const cap = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(score, score, cap, (a, b, limit) => {
        const modifier = softcap(limit);
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((x) =>
          modifier.score(x, 0, 0, 0, 0),
        );
        expect(Math.max(Math.abs(low), Math.abs(high))).toBeLessThanOrEqual(limit);
        expect(low).toBeLessThanOrEqual(high);
        // Its slope is said to stretch no difference.
        const stretch = modifier.slope * Math.abs(b - a) * (1 + 1e-9) + 1e-9;
        expect(high - low).toBeLessThanOrEqual(stretch);
      }),
    );
    expect(softcap(50).score(0.1, 0, 0, 0, 0)).toBeCloseTo(0.1, 6);
    expect(softcap(50).score(25, 0, 0, 0, 0)).toBeCloseTo(50 * 0.4621171572600098, 12);
  });
});

describe('alibi', () => {
  const EIGHT = [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 256];

  it('has the published slopes', () => {
    expect(alibiSlopes(1)).toEqual([1 / 256]);
    expect(alibiSlopes(2)).toEqual([1 / 16, 1 / 256]);
    expect(alibiSlopes(8)).toEqual(EIGHT);
    const sixteen = alibiSlopes(16);
    expect(sixteen.length).toBe(16);
    sixteen.forEach((slope, i) => expect(slope).toBeCloseTo(Math.SQRT1_2 ** (i + 1), 15));
    // Between powers of two: those of the power below, then every other one of the power above.
    const twelve = alibiSlopes(12);
    expect(twelve.slice(0, 8)).toEqual(EIGHT);
    expect(twelve.length).toBe(12);
    [0.7071067811865476, 0.3535533905932738, 0.1767766952966369, 0.08838834764831845].forEach(
      (slope, i) => expect(twelve[8 + i]).toBeCloseTo(slope, 15),
    );
  });

  it('never gives two heads one slope', () => {
    for (let heads = 1; heads <= 130; heads++) {
      const slopes = alibiSlopes(heads);
      expect(new Set(slopes).size).toBe(heads);
      expect(slopes.every((slope) => slope > 0 && slope < 1)).toBe(true);
    }
  });

  it('takes the distance times the head’s slope away, before and after the query alike', () => {
    const { score } = alibi([0.5, 0.25], 3);
    const row = (head: number) => [0, 3, 4, 5, 9].map((key) => score(10, 1, head, 1, key));
    expect(row(0)).toEqual([8, 9.5, 10, 9.5, 7.5]);
    expect(row(1)).toEqual([9, 9.75, 10, 9.75, 8.75]);
  });
});

describe('a bias tensor', () => {
  it('adds the element that broadcasting finds, wherever it covers a key', () => {
    const shape = shapeOf({ batch: 2, heads: 3, queryLength: 4, keyLength: 5 });
    const at = fc.tuple(fc.nat(1), fc.nat(2), fc.nat(3), fc.nat(4));
    fc.assert(
      fc.property(tensors(shape), at, ({ dims, values }, place) => {
        const { score, mask } = tensorBias(dims, values);
        const index = offsetIn(dims, place);
        expect(mask.visible(...place)).toBe(index >= 0);
        if (index >= 0) expect(score.score(2, ...place)).toBe(2 + values[index]);
      }),
      { numRuns: 500 },
    );
  });

  const shape = shapeOf({ heads: 2, queryLength: 4, headSize: 8 });
  const bias = tensorBias([4], Float32Array.of(0.5, -Infinity, -1, 0));

  it('comes after the soft cap and after other modifiers', () => {
    const problem = createProblem(shape, {
      softcap: 5,
      scoreModifiers: [alibi([1, 2])],
      bias,
    });
    expect(problem.scoreModifiers.map(({ name }) => name)).toEqual(['softcap', 'alibi', 'bias']);
    const score = problem.scoreModifiers.reduce((s, m) => m.score(s, 0, 1, 3, 0), 1e6);
    expect(score).toBe(5 - 2 * 3 + 0.5);
  });

  it('joins the mask with "and", or is the mask alone', () => {
    const visible = (mask: Parameters<typeof isVisible>[0]) =>
      [0, 1, 2, 3].map((key) => isVisible(mask, 0, 0, 2, key));
    const alone = createProblem(shape, { bias }).mask;
    expect(visible(alone)).toEqual([true, false, true, true]);
    const joined = createProblem(shape, { bias, mask: causal() }).mask;
    expect(visible(joined)).toEqual([true, false, true, false]);
    expect(createProblem(shape, { mask: causal() }).mask).toEqual(
      expect.objectContaining({ name: 'causal' }),
    );
  });

  it('of −∞ everywhere gives zeros and −∞, not NaN', () => {
    const hidden = tensorBias([1], Float32Array.of(-Infinity));
    const { output, logSumExp } = reference(
      createProblem(shape, { bias: hidden }),
      randomData(shape),
    );
    expect(output.every((value) => value === 0)).toBe(true);
    expect(logSumExp.every((value) => value === -Infinity)).toBe(true);
  });

  it('of one number everywhere moves the log-sum-exp alone', () => {
    const data = randomData(shape);
    const plain = reference(createProblem(shape), data);
    const constant = tensorBias([1, 1], Float32Array.of(2.5));
    const moved = reference(createProblem(shape, { bias: constant }), data);
    moved.output.forEach((value, i) => expect(value).toBeCloseTo(plain.output[i], 12));
    moved.logSumExp.forEach((value, i) => expect(value).toBeCloseTo(plain.logSumExp[i] + 2.5, 12));
  });
});
