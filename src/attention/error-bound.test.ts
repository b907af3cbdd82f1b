import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomData, shapeOf } from '../../tests/support/problems';
import { compare } from '../numeric/compare';
import { type BoundOptions, logSumExpError, outputErrorFactor, storageError } from './error-bound';
import { alibi } from './modifiers/alibi';
import { softcap } from './modifiers/softcap';
import { tensorBias } from './modifiers/tensor-mask';
import { type ProblemOptions, createProblem } from './problem';
import { reference } from './reference';

fc.configureGlobal({ seed: 204 });

const OPTIONS: BoundOptions = {
  type: 'f32',
  headSize: 64,
  modifiers: 1,
  slope: 1,
  model: 'random',
};
const ROW = { keys: 256, scoreSize: 20, modifiedSize: 15, scoreSpread: 10 };

describe('an output', () => {
  const shape = shapeOf({ heads: 2, queryLength: 20, keyLength: 60, headSize: 16 });
  const want = reference(createProblem(shape), randomData(shape));

  it('that is off by less than the bound passes, and by more is refused, at any place', () => {
    fc.assert(
      fc.property(fc.nat(want.output.length - 1), fc.boolean(), (index, up) => {
        const got = want.output.slice();
        const sign = up ? 1 : -1;
        got[index] = want.output[index] + 0.99 * sign * want.outputBound[index];
        expect(compare(got, want.output, want.outputBound).passed).toBe(true);
        got[index] = want.output[index] + 1.01 * sign * want.outputBound[index];
        expect(compare(got, want.output, want.outputBound)).toMatchObject({
          passed: false,
          worst: index,
        });
      }),
    );
  });

  it('has bounds small enough to see one key of sixty left out', () => {
    // A weight is about 1/60 and a value about 1; the bound must be far below their product.
    for (const bound of want.outputBound) expect(bound).toBeLessThan(1e-4);
    for (const bound of want.logSumExpBound) expect(bound).toBeLessThan(1e-4);
  });

  it('has bounds that grow with the values, and are never zero', () => {
    const data = randomData(shape);
    const problem = createProblem(shape);
    const tenfold = reference(problem, { ...data, value: data.value.map((value) => 10 * value) });
    tenfold.outputBound.forEach((bound, i) => {
      expect(bound / want.outputBound[i]).toBeCloseTo(10, 3);
    });
    const zero = reference(problem, { ...data, value: data.value.map(() => 0) });
    for (const bound of zero.outputBound) expect(bound).toBeGreaterThan(0);
  });

  it('of the worst-case model has bounds at least as large', () => {
    const worst = reference(createProblem(shape), randomData(shape), { model: 'worst-case' });
    worst.outputBound.forEach((bound, i) => {
      expect(bound).toBeGreaterThanOrEqual(want.outputBound[i]);
    });
  });
});

describe('bounds never fall', () => {
  const positive = (max: number) => fc.double({ min: 0, max, noNaN: true });
  const rows = fc.record({
    keys: fc.integer({ min: 1, max: 100_000 }),
    scoreSize: positive(1e4),
    modifiedSize: positive(1e4),
    scoreSpread: positive(1e4),
  });
  const growths = fc.record({
    keys: fc.nat(100_000),
    scoreSize: positive(1e4),
    modifiedSize: positive(1e4),
    scoreSpread: positive(1e4),
    headSize: fc.nat(192),
    modifiers: fc.nat(5),
    slope: positive(3),
  });

  it.each([
    'keys',
    'scoreSize',
    'modifiedSize',
    'scoreSpread',
    'headSize',
    'modifiers',
    'slope',
  ] as const)('with %s', (grown) => {
    fc.assert(
      fc.property(rows, growths, (row, growth) => {
        const larger = {
          ...row,
          ...OPTIONS,
          [grown]: { ...row, ...OPTIONS }[grown] + growth[grown],
        };
        expect(outputErrorFactor(larger, larger)).toBeGreaterThanOrEqual(
          outputErrorFactor(row, OPTIONS),
        );
        expect(logSumExpError(larger, 3, larger)).toBeGreaterThanOrEqual(
          logSumExpError(row, 3, OPTIONS),
        );
      }),
    );
  });
});

it.each([
  ['scores', { ...ROW, scoreSize: 2000 }, OPTIONS],
  ['head size', ROW, { ...OPTIONS, headSize: 256 }],
  ['a steeper modifier', ROW, { ...OPTIONS, slope: 2 }],
  ['more modifiers', ROW, { ...OPTIONS, modifiers: 4 }],
  ['sizes that modifiers work at', { ...ROW, modifiedSize: 1500 }, OPTIONS],
])('really depend on %s', (_what, row, options) => {
  expect(outputErrorFactor(row, options)).toBeGreaterThan(1.2 * outputErrorFactor(ROW, OPTIONS));
});

it('where nothing is modified, modified sizes cost nothing', () => {
  const options = { ...OPTIONS, modifiers: 0 };
  const large = { ...ROW, modifiedSize: 1e6 };
  expect(outputErrorFactor(large, options)).toBe(outputErrorFactor(ROW, options));
  expect(logSumExpError(large, 3, options)).toBe(logSumExpError(ROW, 3, options));
  expect(outputErrorFactor(ROW, options)).toBeLessThan(outputErrorFactor(ROW, OPTIONS));
});

describe('what modifiers add is in the bounds of the reference', () => {
  const shape = shapeOf({ queryLength: 3, keyLength: 20 });
  const data = randomData(shape);
  const boundsWith = (options: ProblemOptions) =>
    reference(createProblem(shape, options), data).outputBound;

  it.each<[string, ProblemOptions]>([
    ['a bias of thousands', { bias: tensorBias([1], Float32Array.of(5000)) }],
    ['steep linear biases', { scoreModifiers: [alibi([90], 3000)] }],
    ['two soft caps', { softcap: 30, scoreModifiers: [softcap(20)] }],
  ])('%s', (_name, options) => {
    const plain = boundsWith({});
    // A bias that is the same everywhere leaves the weights alone, but not their rounding errors.
    boundsWith(options).forEach((bound, i) => expect(bound).toBeGreaterThan(1.05 * plain[i]));
  });
});

it('the storage error grants one rounding of the value, and underflow', () => {
  for (const value of [1 + 2 ** -24, -3.3, 1e20, 2 ** -140 * 1.3, 1e-60]) {
    const error = Math.abs(Math.fround(value) - value);
    expect(storageError(value, 'f32')).toBeGreaterThanOrEqual(error);
  }
  expect(storageError(1, 'f32')).toBeLessThan(1.01 * 2 ** -24);
});
