import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../tests/support/problems';
import { type BenchmarkCase, caseName } from './case';
import { findPreset } from './presets';
import { type SizedCase, type SizingOptions, secondsOf, sizeCases } from './sizing';

fc.configureGlobal({ seed: 402 });

const suites = ['suite', 'sweep', 'masks'].map((name) =>
  findPreset(name)!.cases.map((preset): BenchmarkCase => ({ ...preset, dtype: 'f32' })),
);

const caseOf = (extents: Parameters<typeof shapeOf>[0]): BenchmarkCase => ({
  shape: shapeOf({ heads: 8, headSize: 64, ...extents }),
  mask: 'none',
  dtype: 'f32',
});

const options = (changes: Partial<SizingOptions> = {}): SizingOptions => ({
  seconds: 1e9,
  rates: [1e9],
  memoryBytes: 2 ** 33,
  ...changes,
});

/** The case that a sized one was made of: cases may be left out, but keep their order. */
function originalOf(suite: readonly BenchmarkCase[], { benchmarkCase, sizedFrom }: SizedCase) {
  const name = caseName({ ...benchmarkCase, shape: sizedFrom ?? benchmarkCase.shape });
  return suite.find((one) => caseName(one) === name)!;
}

/** One run to verify, one to warm up, six samples. */
const RUNS = 8;

const total = (cases: readonly BenchmarkCase[], rates: readonly number[]) =>
  RUNS * cases.reduce((sum, one) => sum + secondsOf(one, rates), 0);

describe('any suite, device and budget', () => {
  const rates = fc.array(
    fc.double({ min: 7, max: 15, noNaN: true }).map((power) => 10 ** power),
    { minLength: 1, maxLength: 3 },
  );
  const anything = fc.record({
    suite: fc.constantFrom(...suites),
    seconds: fc.double({ min: 0.1, max: 600, noNaN: true }),
    rates,
    memoryBytes: fc.constantFrom(2 ** 29, 2 ** 31, 2 ** 33),
  });

  it('fits, or cannot be made shorter', () => {
    fc.assert(
      fc.property(anything, ({ suite, ...given }) => {
        const sized = sizeCases(suite, given).map(({ benchmarkCase }) => benchmarkCase);
        if (total(sized, given.rates) <= given.seconds) return;
        const names = new Set(sized.map(caseName));
        for (const { shape, ...rest } of sized) {
          const queryLength = shape.queryLength === 1 ? 1 : shape.queryLength / 2;
          const half = {
            ...rest,
            shape: { ...shape, queryLength, keyLength: shape.keyLength / 2 },
          };
          const alike = sized.filter((other) => other.shape.keyLength === shape.keyLength);
          const window = Math.max(...alike.map((other) => other.window ?? 0));
          const { keyLength } = half.shape;
          const tooShort =
            keyLength < Math.max(64, 2 * window) || (queryLength > 1 && queryLength < 16);
          expect(tooShort || names.has(caseName(half)), caseName({ shape, ...rest })).toBe(true);
        }
      }),
    );
  });

  it('keeps its ratios, its single queries and all that is no length', () => {
    fc.assert(
      fc.property(anything, ({ suite, ...given }) => {
        sizeCases(suite, given).forEach((sized) => {
          const { benchmarkCase } = sized;
          const original = originalOf(suite, sized);
          const { queryLength, keyLength, ...rest } = benchmarkCase.shape;
          const { queryLength: queries, keyLength: keys, ...before } = original.shape;
          expect(rest).toEqual(before);
          expect(benchmarkCase.mask).toBe(original.mask);
          expect(benchmarkCase.window).toBe(original.window);
          if (queries === 1) expect(queryLength).toBe(1);
          else expect(queryLength / keyLength).toBe(queries / keys);
          expect(Math.max(queryLength, keyLength)).toBeLessThanOrEqual(16384);
        });
      }),
    );
  });

  it('keeps names apart: no case becomes another one', () => {
    fc.assert(
      fc.property(anything, ({ suite, ...given }) => {
        const names = sizeCases(suite, given).map(({ benchmarkCase }) => caseName(benchmarkCase));
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('keeps one shape for the masks to be compared', () => {
    fc.assert(
      fc.property(anything, ({ suite: _suite, ...given }) => {
        const sized = sizeCases(suites[2], given).map(({ benchmarkCase }) => benchmarkCase);
        expect(sized.map(({ mask }) => mask)).toEqual(['none', 'causal', 'causal-window']);
        expect(new Set(sized.map(({ shape }) => shape.keyLength)).size).toBe(1);
      }),
    );
    const shrunk = sizeCases(suites[2], options({ seconds: 10 }));
    for (const { benchmarkCase, sizedFrom } of shrunk) {
      expect(benchmarkCase.shape.keyLength).toBeLessThan(4096);
      expect(sizedFrom).toEqual(suites[2][0].shape);
    }
  });

  it('leaves a case out only where nothing could be halved without duplicating another case', () => {
    fc.assert(
      fc.property(anything, ({ suite, ...given }) => {
        const sized = sizeCases(suite, given);
        const left = suite.filter((one) => !sized.some((kept) => originalOf(suite, kept) === one));
        expect(sized.length).toBeGreaterThan(0);
        // With the cheapest of those left out it would not have fitted.
        const kept = sized.map(({ benchmarkCase }) => benchmarkCase);
        for (const one of left) {
          if (total(kept, given.rates) <= given.seconds) {
            expect(total([...kept, one], given.rates)).toBeGreaterThan(given.seconds);
          }
        }
      }),
    );
  });

  it('a sweep on a slow device ends sooner', () => {
    const [, sweep] = suites;
    const slow = sizeCases(sweep, options({ seconds: 8, rates: [1e9, 4e8] }));
    const lengths = slow.map(({ benchmarkCase }) => benchmarkCase.shape.keyLength);
    expect(lengths).toEqual([64, 128, 256]);
    expect(slow.every(({ sizedFrom }) => sizedFrom === undefined)).toBe(true);
  });

  it('says what was asked for exactly where that was changed', () => {
    fc.assert(
      fc.property(anything, ({ suite, ...given }) => {
        sizeCases(suite, given).forEach((sized) => {
          const { benchmarkCase, sizedFrom } = sized;
          const original = originalOf(suite, sized);
          const isSame = caseName(benchmarkCase) === caseName(original);
          expect(sizedFrom).toEqual(isSame ? undefined : original.shape);
        });
      }),
    );
  });
});

it('halves the costliest case first', () => {
  const cases = [caseOf({ queryLength: 512 }), caseOf({ queryLength: 4096 })];
  const budget = total(cases, [1e9]) * 0.9;
  const sized = sizeCases(cases, options({ seconds: budget, rates: [1e9] }));
  expect(sized.map(({ benchmarkCase }) => benchmarkCase.shape.keyLength)).toEqual([512, 2048]);
});

it('changes nothing that fits and is informative', () => {
  const cases = [caseOf({ queryLength: 1024 }), caseOf({ queryLength: 1, keyLength: 4096 })];
  expect(sizeCases(cases, options())).toEqual(cases.map((benchmarkCase) => ({ benchmarkCase })));
});

describe('a fast device', () => {
  it('gets longer cases, up to a length, until they take long enough', () => {
    const grown = (rate: number, memoryBytes = 2 ** 33) => {
      const sized = sizeCases(
        [caseOf({ queryLength: 256 })],
        options({ rates: [rate], memoryBytes }),
      );
      return sized[0].benchmarkCase;
    };
    for (const rate of [1e10, 1e11, 1e12]) {
      expect(secondsOf(grown(rate), [rate])).toBeGreaterThanOrEqual(0.02);
      expect(secondsOf(grown(rate), [rate])).toBeLessThan(0.02 * 4);
    }
    expect(grown(1e16).shape.keyLength).toBe(16384);
    // 8 heads of 64 floats at 1024 tokens are 8 MiB for all four tensors, held twice, and log-sum-exps.
    expect(grown(1e16, 1.1 * 2 ** 25).shape.keyLength).toBe(1024);
    expect(grown(1e16, 0.9 * 2 ** 25).shape.keyLength).toBe(512);
  });

  it('is judged by its fastest kernel, and the budget by all of them', () => {
    const rates = [1e8, 1e11];
    const [{ benchmarkCase }] = sizeCases([caseOf({ queryLength: 256 })], options({ rates }));
    expect(secondsOf(benchmarkCase, [1e11])).toBeGreaterThanOrEqual(0.02);
    const seconds = total([benchmarkCase], rates) - 1e-6;
    const [shorter] = sizeCases([caseOf({ queryLength: 256 })], options({ rates, seconds }));
    expect(shorter.benchmarkCase.shape.keyLength).toBe(benchmarkCase.shape.keyLength / 2);
  });
});

it('counts a single query as the tile that it takes', () => {
  const one = secondsOf(caseOf({ queryLength: 1, keyLength: 1024 }), [1e9]);
  const tile = secondsOf(caseOf({ queryLength: 32, keyLength: 1024 }), [1e9]);
  expect(one).toBeCloseTo(tile, 12);
  expect(tile).toBeCloseTo((4 * 64 * 8 * 32 * 1024) / 1e9, 12);
});
