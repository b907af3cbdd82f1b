import { describe, expect, it } from 'vitest';
import { InputError } from '../input-error';
import { alibi } from './alibi';
import { causal } from './causal';
import { and, or } from './combine';
import { composeModifiers } from './compose';
import { documents } from './documents';
import { keyLengths } from './key-lengths';
import type { Mask, ScoreModifier } from './modifier';
import { rowRanges } from './row-ranges';
import { slidingWindow } from './sliding-window';
import { softcap } from './softcap';
import { tensorBias, tensorMask } from './tensor-mask';

/** The expression that a generated function returns. */
function returned(mask: Mask | undefined, name: 'visible' | 'tile_state'): string {
  const { wgsl } = composeModifiers(mask);
  return new RegExp(`fn ${name}\\([^)]*\\) -> \\w+ \\{\\s*return ([^;]*);`).exec(wgsl)![1];
}

const count = (text: string, part: string) => text.split(part).length - 1;

/** Evaluates a composed expression where each call is answered by where its numbers start. */
function evaluate(expression: string, answers: Record<number, number> = {}) {
  const code = expression.replaceAll(
    /\w+_(visible|tile)\([^()]*, (\d+)u\)/g,
    (_call, kind: string, at: string) =>
      kind === 'visible' ? String(answers[Number(at)] === 2) : String(answers[Number(at)]),
  );
  // oxlint-disable-next-line no-new-func -- an expression the project itself composed
  const run = new Function('min', 'max', 'TILE_VISIBLE', 'TILE_HIDDEN', `return ${code};`);
  return run(Math.min, Math.max, 2, 0) as boolean | number;
}

/** Numbers start at 0, 2 and 6. */
const NESTED = and(or(causal(1), slidingWindow(2, 3, 4)), causal(-5));

const bitsOf = (...values: number[]) => [...new Uint32Array(Float32Array.from(values).buffer)];

describe('masks', () => {
  it('nest as they were joined', () => {
    for (const a of [0, 2]) {
      for (const b of [0, 2]) {
        for (const c of [0, 2]) {
          const expected = (a === 2 || b === 2) && c === 2;
          expect(evaluate(returned(NESTED, 'visible'), { 0: a, 2: b, 6: c })).toBe(expected);
        }
      }
    }
  });

  it('call a tile hidden or visible only when its parts prove it', () => {
    for (const a of [0, 1, 2]) {
      for (const b of [0, 1, 2]) {
        for (const c of [0, 1, 2]) {
          const expected = Math.min(Math.max(a, b), c);
          expect(evaluate(returned(NESTED, 'tile_state'), { 0: a, 2: b, 6: c })).toBe(expected);
        }
      }
    }
  });

  it.each([
    ['no mask', undefined, true, 2],
    ['all of nothing', and(), true, 2],
    ['any of nothing', or(), false, 0],
    ['any of all of nothing', or(or(), and()), true, 2],
  ])('%s needs no modifier', (_name, mask, visible, state) => {
    expect(evaluate(returned(mask, 'visible'))).toBe(visible);
    expect(evaluate(returned(mask, 'tile_state'))).toBe(state);
    const { numbers, data, sinks } = composeModifiers(mask);
    expect([numbers.length, data.length, sinks]).toEqual([0, 0, undefined]);
  });
});

describe('numbers', () => {
  it('come in the order of the calls, masks first, and calls say where theirs start', () => {
    const { wgsl, numbers, data } = composeModifiers(NESTED, [softcap(30), softcap(0.1)]);
    expect([...numbers]).toEqual([1, 0, 2, 3, 4, 0, 2 ** 32 - 5, 0, ...bitsOf(30, 0.1)]);
    expect(data.length).toBe(0);
    const places = [...wgsl.matchAll(/softcap_score\(result, .*, (\d+)u\);/g)];
    expect(places.map(([, at]) => at)).toEqual(['8', '9']);
    const calls = [...returned(NESTED, 'tile_state').matchAll(/(\w+)_tile\([^()]*, (\d+)u\)/g)];
    expect(calls.map(([, name, at]) => [name, at])).toEqual([
      ['causal', '0'],
      ['sliding_window', '2'],
      ['causal', '6'],
    ]);
  });

  it('are a modifier’s integers, then its floats, then the place of its data', () => {
    const own: ScoreModifier = {
      ...softcap(1),
      integers: [-1, 7],
      floats: [0.5, -2],
      data: Int32Array.of(-9, 8),
    };
    const { numbers, data } = composeModifiers(keyLengths([3, 4, 5]), [own]);
    expect([...numbers]).toEqual([1, 0, 2 ** 32 - 1, 7, ...bitsOf(0.5, -2), 3]);
    expect([...data]).toEqual([3, 4, 5, 2 ** 32 - 9, 8]);
  });

  it('may be 64, and no more', () => {
    const masks = Array.from({ length: 32 }, () => causal());
    expect(composeModifiers(and(...masks)).numbers.length).toBe(64);
    const tooMany = () => composeModifiers(and(...masks), [softcap(1)]);
    expect(tooMany).toThrow(InputError);
    expect(tooMany).toThrow(/mask is "modifiers with 65 numbers"; allowed: 64\./);
  });

  it('and data leave the source alone: new ones need no new shader', () => {
    const source = (n: number) => {
      const scores = [softcap(n + 9), alibi([n, 1], n)];
      const mask = and(causal(n), keyLengths(Array(n).fill(n)), rowRanges([n], [n]));
      return composeModifiers(mask, scores, Float32Array.of(n)).wgsl;
    };
    expect(source(3)).toBe(source(12));
    expect(composeModifiers(causal(1)).wgsl).toBe(composeModifiers(causal([2, 3])).wgsl);
  });
});

describe('data', () => {
  it('are lists one after another; one that two modifiers share is stored once', () => {
    const values = Float32Array.of(1, -Infinity, 2.5);
    const bias = tensorBias([3], values);
    const mask = and(causal([4, -6]), bias.mask);
    const sinks = Float32Array.of(-1.5);
    const { numbers, data, sinks: place } = composeModifiers(mask, [bias.score], sinks);
    expect([...data]).toEqual([4, 2 ** 32 - 6, ...bitsOf(...values), ...bitsOf(-1.5)]);
    const tensor = [0, 0, 0, 1, 3, 2];
    expect([...numbers]).toEqual([0, 1, 0, ...tensor, ...tensor]);
    expect(place).toBe(5);
  });

  it('may be views into larger buffers', () => {
    const whole = Float32Array.of(9, 9, 1, 2, 9);
    const { data } = composeModifiers(undefined, [tensorBias([2], whole.subarray(2, 4)).score]);
    expect([...data]).toEqual(bitsOf(1, 2));
  });

  it('of a boolean tensor are bytes, four in a word, 1 for whatever is not 0', () => {
    const { data } = composeModifiers(tensorMask([6], [true, false, 7, 0, 0, -0.5]));
    expect([...new Uint8Array(data.buffer)]).toEqual([1, 0, 1, 0, 0, 1, 0, 0]);
  });
});

describe('files', () => {
  it('are taken in once, however often they are used', () => {
    const { wgsl } = composeModifiers(and(causal(), causal(3), slidingWindow(1, 1)), [softcap(1)]);
    for (const name of [
      'causal_visible',
      'causal_tile',
      'sliding_window_visible',
      'softcap_score',
    ]) {
      expect(count(wgsl, `fn ${name}(`), name).toBe(1);
    }
    expect(count(wgsl, 'fn visible(')).toBe(1);
  });

  const bias = tensorBias([1], Float32Array.of(0));

  it.each([
    causal(),
    slidingWindow(1, 1),
    keyLengths(1),
    rowRanges([0], [1]),
    documents([1]),
    tensorMask([1], [1]),
    bias.mask,
    bias.score,
    softcap(1),
    alibi([1]),
  ])('of $name define what is called, and nothing of another name', ({ kind, name, wgsl }) => {
    const defined = [...wgsl.matchAll(/^fn (\w+)\(/gm)].map(([, found]) => found);
    const suffixes = kind === 'mask' ? ['visible', 'tile'] : ['score'];
    const called = suffixes.map((suffix) => `${name}_${suffix}`);
    expect(defined.slice(0, called.length)).toEqual(called);
    // What these call in turn.
    for (const helper of defined.slice(called.length)) {
      expect(helper.startsWith(`${name}_`), helper).toBe(true);
    }
  });
});

describe('scores', () => {
  const named = (name: string): ScoreModifier => ({ ...softcap(1), name, wgsl: `// ${name}` });

  it('are changed in order, each from the last one’s result', () => {
    const { wgsl } = composeModifiers(undefined, [named('first'), named('second')]);
    const first = wgsl.indexOf('result = first_score(result,');
    expect(first).toBeGreaterThan(0);
    expect(wgsl.indexOf('result = second_score(result,')).toBeGreaterThan(first);
  });

  it('and sinks: the kernels are told whether there are any', () => {
    const none = composeModifiers(causal());
    expect(none.wgsl).toContain('SCORES_MODIFIED: bool = false');
    expect(none.wgsl).toContain('HAS_SINKS: bool = false');
    const both = composeModifiers(undefined, [softcap(1)], Float32Array.of(1)).wgsl;
    expect(both).toContain('SCORES_MODIFIED: bool = true');
    expect(both).toContain('HAS_SINKS: bool = true');
  });
});
