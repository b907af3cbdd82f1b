import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskKinds, scoreChanges } from '../../../tests/support/arbitraries';
import { createProblem, visibleKeys } from '../problem';
import { maskParts } from './combine';
import { countKeys, maskNames, maskNumbers, modifiers, namedMasks } from './index';
import type { Mask, ModifierExample, ScoreModifier } from './modifier';

fc.configureGlobal({ seed: 812 });

const TOKENS = { batch: 1, heads: 2, kvHeads: 2, queryLength: 24, keyLength: 24 };
const SHAPE = { ...TOKENS, headSize: 4, valueSize: 4 };

const wgslNames = (mask?: Mask, scores: readonly ScoreModifier[] = []) =>
  [...maskParts(mask), ...scores].map(({ name }) => name);

describe.each(modifiers.map((entry) => [entry.label, entry] as const))('%s', (_label, entry) => {
  it('has examples of any size', () => {
    for (const size of [4, 24]) {
      const shape = { ...SHAPE, queryLength: size, keyLength: size };
      const examples: readonly ModifierExample[] = entry.examples(size, SHAPE.heads);
      expect(examples.length).toBeGreaterThan(0);
      for (const { mask, scoreModifiers } of examples)
        expect(() => createProblem(shape, { mask, scoreModifiers })).not.toThrow();
    }
  });
});

it('random tests know every modifier that is listed', () => {
  const samples = { numRuns: 40, seed: 1 };
  const known = new Set([
    // Tests draw the cap apart, as it is an option of its own.
    'softcap',
    ...Object.values(maskKinds(SHAPE)).flatMap((kind) =>
      fc.sample(kind, samples).flatMap(({ mask }) => wgslNames(mask)),
    ),
    ...fc
      .sample(scoreChanges(SHAPE), samples)
      .flatMap(({ options: { scoreModifiers, bias } }) =>
        wgslNames(bias?.mask, [...(scoreModifiers ?? []), ...(bias ? [bias.score] : [])]),
      ),
  ]);
  const listed = modifiers.flatMap(({ examples }) =>
    examples(TOKENS.keyLength, SHAPE.heads).flatMap(({ mask, scoreModifiers }) =>
      wgslNames(mask, scoreModifiers),
    ),
  );
  expect(listed.filter((name) => !known.has(name))).toEqual([]);
});

describe('named masks', () => {
  it('are those that links and reports have', () => {
    expect(maskNames).toEqual([
      'none',
      'causal',
      'window',
      'causal-window',
      'prefix',
      'sink-window',
    ]);
  });

  it('count in closed form what asking the mask gives, row by row', () => {
    const length = fc.integer({ min: 1, max: 40 });
    const number = fc.oneof(fc.integer({ min: 0, max: 45 }), fc.constant(maskNumbers.window.max));
    const numbers = fc.record({ window: number, prefix: number, sinks: number });
    const offsets = fc.integer({ min: -5, max: 40 });
    const names = fc.constantFrom(...maskNames);
    fc.assert(
      fc.property(names, numbers, length, length, offsets, (name, given, S, L, offset) => {
        const named = namedMasks[name];
        const mask = named.create(given, offset);
        const problem = createProblem({ ...SHAPE, queryLength: S, keyLength: L }, { mask });
        for (let query = 0; query < S; query++) {
          const runs = named.visibleRuns(given, query + offset, L);
          expect(countKeys(runs, L)).toBe(visibleKeys(problem, 0, 0, query));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('say what they hide', () => {
    const numbers = { window: 256, prefix: 1, sinks: 4 };
    expect(maskNames.map((name) => namedMasks[name].describe(numbers))).toEqual([
      '',
      'causal',
      'window of 256 keys on either side',
      'causal window of 256 keys',
      'prefix of 1 key',
      'causal window of 256 keys and the first 4 keys',
    ]);
  });
});
