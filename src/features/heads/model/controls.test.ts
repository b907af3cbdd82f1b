import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProblem, visibleKeys } from '../../../attention/problem';
import { type MaskName, maskNames } from '../../../attention/modifiers/index';
import {
  controlLimits,
  defaultControls,
  problemOptions,
  validateControls,
  maskDensity,
  visibleKeyCounts,
} from './controls';

fc.configureGlobal({ seed: 511 });

const sourceOf = (queryLength: number, keyLength = queryLength) => ({
  queryLength,
  keyLength,
  headSize: 64,
  heads: 2,
});

describe('problemOptions', () => {
  it('is plain attention by default', () => {
    expect(problemOptions(defaultControls, sourceOf(8))).toEqual({
      scale: 1 / 8,
      mask: undefined,
      scoreModifiers: [],
      softcap: undefined,
      type: 'f32',
    });
  });

  it('divides by the temperature, and by the root of the head size', () => {
    const options = problemOptions({ ...defaultControls, temperature: 2 }, sourceOf(8));
    expect(options.scale).toBe(1 / 16);
  });

  it('makes problems: softcap before ALiBi, each head with its slope', () => {
    const controls = { ...defaultControls, softcap: 20, alibi: true, type: 'f16' as const };
    const source = sourceOf(8, 10);
    const shape = { ...source, batch: 1, kvHeads: 2, valueSize: 1 };
    const problem = createProblem(shape, problemOptions(controls, source));
    expect(problem.type).toBe('f16');
    expect(problem.scoreModifiers.map(({ name }) => name)).toEqual(['softcap', 'alibi']);
    // Slopes of two heads are 2^-4 and 2^-8; query 0 stands at key 2.
    expect(problem.scoreModifiers[1].score(1, 0, 0, 0, 5)).toBe(1 - 3 / 16);
    expect(problem.scoreModifiers[1].score(1, 0, 1, 0, 5)).toBe(1 - 3 / 256);
  });

  it.each([
    [{ temperature: 0 }, 'temperature is 0; allowed: 0.01 to 100.'],
    [{ temperature: NaN }, 'temperature is NaN'],
    [{ softcap: 0 }, 'softcap is 0; allowed: null, or 0.01 to 1000.'],
    [{ window: 1.5 }, 'window is 1.5; allowed: a whole number, 0 to 65536.'],
    [{ prefix: -1 }, 'prefix is -1'],
    [{ sinks: 1e9 }, 'sinks is 1000000000'],
    [{ mask: 'toString' as MaskName }, 'mask is "toString"; allowed: one of none, causal'],
    [{ type: 'f64' as 'f32' }, 'type is "f64"'],
  ])('refuses %o', (change, message) => {
    expect(() => validateControls({ ...defaultControls, ...change })).toThrow(message);
  });
});

describe('density', () => {
  it('is what asking the mask gives, row by row', () => {
    const length = fc.integer({ min: 1, max: 40 });
    const number = fc.oneof(fc.integer({ min: 0, max: 45 }), fc.constant(controlLimits.window.max));
    fc.assert(
      fc.property(
        fc.record({
          mask: fc.constantFrom(...maskNames),
          queryLength: length,
          keyLength: length,
          window: number,
          prefix: number,
          sinks: number,
        }),
        ({ queryLength, keyLength, ...numbers }) => {
          const controls = { ...defaultControls, ...numbers };
          const source = sourceOf(queryLength, keyLength);
          const shape = { ...source, batch: 1, heads: 1, kvHeads: 1, valueSize: 1 };
          const problem = createProblem(shape, problemOptions(controls, source));
          const counts = visibleKeyCounts(controls, source);
          const asked = Array.from(counts, (_, query) => visibleKeys(problem, 0, 0, query));
          expect([...counts]).toEqual(asked);
          const pairs = asked.reduce((sum, count) => sum + count, 0);
          expect(maskDensity(controls, source)).toBe(pairs / (queryLength * keyLength));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['none', 1],
    ['causal', (65536 * 65537) / 2 / 65536 ** 2],
    // A band of 65 keys, less the corners that are off the map.
    ['window', (65 * 65536 - 32 * 33) / 65536 ** 2],
    ['causal-window', (33 * 65536 - (32 * 33) / 2) / 65536 ** 2],
    // A triangle, and above it what the first 15 rows see more.
    ['prefix', ((65536 * 65537) / 2 + (15 * 16) / 2) / 65536 ** 2],
    // The band, and four sinks left of it: 1 … 4 for the rows that leave them, then all four.
    ['sink-window', (33 * 65536 - (32 * 33) / 2 + (1 + 2 + 3) + 4 * (65536 - 36)) / 65536 ** 2],
  ] as const)('%s of 65,536 tokens is exact, and quick', (mask, density) => {
    const started = performance.now();
    expect(maskDensity({ ...defaultControls, mask }, sourceOf(65536))).toBe(density);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
