import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masksFor, shapes, scoreChanges } from '../../tests/support/arbitraries';
import { bruteForce } from '../../tests/support/brute-force';
import { randomData, shapeOf } from '../../tests/support/problems';
import { createProblem } from './problem';
import { locateRow, reference, rowCount } from './reference';

fc.configureGlobal({ seed: 201 });

function expectClose(got: ArrayLike<number>, want: readonly number[]) {
  expect(got.length).toBe(want.length);
  want.forEach((value, i) => {
    const close = Number.isFinite(value) ? Math.abs(got[i] - value) < 1e-12 : got[i] === value;
    if (!close) expect.fail(`element ${i}: ${got[i]} instead of ${value}`);
  });
}

describe('the reference', () => {
  it('is the formula, for any shape, mask, layout, scale, cap, biases and sinks', () => {
    const options = fc.record({
      layout: fc.constantFrom('bhsd' as const, 'bshd' as const),
      scale: fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined }),
      softcap: fc.option(fc.double({ min: 0.5, max: 4, noNaN: true }), { nil: undefined }),
    });
    const problems = shapes.chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        meant: masksFor(shape),
        changes: scoreChanges(shape),
      }),
    );
    fc.assert(
      fc.property(
        problems,
        options,
        fc.nat(1000),
        ({ shape, meant: { mask, visible }, changes }, chosen, seed) => {
          const data = randomData(shape, seed);
          const all = { ...chosen, ...changes.options, mask };
          const got = reference(createProblem(shape, all), data);
          const want = bruteForce(shape, data, { ...chosen, ...changes.meaning, visible });
          expectClose(got.output, want.output);
          expectClose(got.logSumExp, want.logSumExp);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes scores far beyond what exp can hold', () => {
    const shape = shapeOf({ queryLength: 1, keyLength: 2, headSize: 1 });
    const problem = createProblem(shape, { scale: 1 });
    const { output, logSumExp } = reference(problem, {
      query: [1000],
      key: [1, 0.999],
      value: [5, 7],
    });
    // Scores 1000 and 999: softmax of (1, 0).
    const weight = Math.E / (Math.E + 1);
    expect(output[0]).toBeCloseTo(5 * weight + 7 * (1 - weight), 12);
    expect(logSumExp[0]).toBeCloseTo(999 + Math.log(Math.E + 1), 10);
  });

  it('computes only the rows asked for, in that order', () => {
    const shape = shapeOf({ batch: 2, heads: 2, queryLength: 5, valueSize: 3 });
    const problem = createProblem(shape);
    const data = randomData(shape);
    const whole = reference(problem, data);
    const rows = [17, 0, 6, 6];
    const some = reference(problem, data, { rows });
    rows.forEach((row, i) => {
      const values = (all: Float64Array, from: number) => all.slice(3 * from, 3 * from + 3);
      expect(values(some.output, i)).toEqual(values(whole.output, row));
      expect(values(some.outputBound, i)).toEqual(values(whole.outputBound, row));
      expect(some.logSumExp[i]).toBe(whole.logSumExp[row]);
      expect(some.logSumExpBound[i]).toBe(whole.logSumExpBound[row]);
    });
  });

  it('applies score modifiers in their order, the soft cap first, with the key’s own place', () => {
    const shape = shapeOf({ queryLength: 1, keyLength: 2, headSize: 1 });
    const plus = {
      kind: 'score' as const,
      name: 'plus',
      wgsl: '',
      slope: 1,
      score: (score: number, _b: number, _h: number, _query: number, key: number) => score + key,
    };
    const twice = { ...plus, name: 'twice', slope: 2, score: (score: number) => 2 * score };
    const problem = createProblem(shape, { scale: 1, softcap: 1, scoreModifiers: [plus, twice] });
    const { logSumExp } = reference(problem, { query: [3], key: [1, 1], value: [0, 0] });
    const capped = Math.tanh(3);
    const scores = [2 * capped, 2 * (capped + 1)];
    expect(logSumExp[0]).toBeCloseTo(Math.log(Math.exp(scores[0]) + Math.exp(scores[1])), 13);
  });
});

it('numbers rows as (batch · heads + head) · queryLength + query', () => {
  const problem = createProblem(shapeOf({ batch: 3, heads: 4, queryLength: 5 }));
  let row = 0;
  for (let batch = 0; batch < 3; batch++) {
    for (let head = 0; head < 4; head++) {
      for (let query = 0; query < 5; query++, row++) {
        expect(locateRow(problem, row)).toEqual({ batch, head, query });
      }
    }
  }
  expect(rowCount(problem)).toBe(row);
});
