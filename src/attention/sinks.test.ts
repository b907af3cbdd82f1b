import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masksFor, shapes } from '../../tests/support/arbitraries';
import { bruteForce } from '../../tests/support/brute-force';
import { randomData, shapeOf } from '../../tests/support/problems';
import { plainAttention } from './cpu/plain';
import { causal } from './modifiers/causal';
import { type Problem, createProblem } from './problem';
import { type Operands, reference, rowCount } from './reference';

fc.configureGlobal({ seed: 213 });

const COMPUTATIONS = {
  reference: [1e-12, reference],
  'plain attention': [
    2e-5,
    (problem: Problem, operands: Operands) => {
      const rows = Array.from({ length: rowCount(problem) }, (_, i) => i);
      const output = new Float32Array(rows.length * problem.shape.valueSize).fill(7);
      const logSumExp = new Float32Array(rows.length);
      plainAttention(problem, operands, rows, output, logSumExp);
      return { output, logSumExp };
    },
  ],
} as const;

describe.each(Object.entries(COMPUTATIONS))('%s', (_name, [tolerance, compute]) => {
  it('counts a sink as one more key, with that score and a value of zeros', () => {
    const problems = shapes.chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        meant: masksFor(shape),
        sinks: fc.array(fc.double({ min: -4, max: 4, noNaN: true }).map(Math.fround), {
          minLength: shape.heads,
          maxLength: shape.heads,
        }),
      }),
    );
    fc.assert(
      fc.property(problems, fc.nat(1000), ({ shape, meant, sinks }, seed) => {
        const data = randomData(shape, seed);
        const got = compute(createProblem(shape, { mask: meant.mask, sinks }), data);
        const want = bruteForce(shape, data, { visible: meant.visible, sinks });
        for (const name of ['output', 'logSumExp'] as const) {
          expect(got[name].length).toBe(want[name].length);
          want[name].forEach((value, i) => {
            const error = Math.abs(got[name][i] - value);
            if (!(error <= tolerance)) expect.fail(`${name} ${i}: ${got[name][i]}, not ${value}`);
          });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('leaves zeros, and the sink itself as log-sum-exp, in rows that see nothing', () => {
    const shape = shapeOf({ heads: 2, queryLength: 3 });
    const problem = createProblem(shape, { mask: causal(-9), sinks: [0.5, -700] });
    const { output, logSumExp } = compute(problem, randomData(shape));
    expect(output.every((value) => value === 0)).toBe(true);
    expect([...logSumExp]).toEqual([0.5, 0.5, 0.5, -700, -700, -700]);
  });

  it('drowns all keys in a sink far above them, and no key in one far below', () => {
    const shape = shapeOf({ heads: 3, queryLength: 4 });
    const data = randomData(shape);
    const plain = compute(createProblem(shape), data);
    const drowned = compute(createProblem(shape, { sinks: [9000, -9000, 9000] }), data);
    const size = 4 * shape.valueSize;
    const head = (values: ArrayLike<number>, i: number) =>
      Array.from(values).slice(i * size, (i + 1) * size);
    expect(head(drowned.output, 0).every((value) => value === 0)).toBe(true);
    expect(head(drowned.output, 1)).toEqual(head(plain.output, 1));
    const sums = Array.from(drowned.logSumExp);
    expect(sums.slice(0, 4)).toEqual([9000, 9000, 9000, 9000]);
    expect(sums.slice(4, 8)).toEqual(Array.from(plain.logSumExp).slice(4, 8));
  });
});

it('sinks are stored as float32, which is what the reference computes from', () => {
  const shape = shapeOf({ queryLength: 1 });
  const { sinks } = createProblem(shape, { sinks: [0.1] });
  expect(sinks).toEqual(Float32Array.of(0.1));
  expect(createProblem(shape).sinks).toBeUndefined();
  const rounded = createProblem(shape, { sinks: [Math.fround(0.1)] });
  const data = randomData(shape);
  expect(reference(createProblem(shape, { sinks: [0.1] }), data)).toEqual(reference(rounded, data));
});
