import { describe, expect, it } from 'vitest';
import { causal } from '../../../src/attention/modifiers/causal';
import { and, or } from '../../../src/attention/modifiers/combine';
import { composeModifiers } from '../../../src/attention/modifiers/compose';
import type { Mask, ScoreModifier } from '../../../src/attention/modifiers/modifier';
import { slidingWindow } from '../../../src/attention/modifiers/sliding-window';
import { softcap } from '../../../src/attention/modifiers/softcap';

/** The expression that a generated function returns. */
function returned(mask: Mask | undefined, name: 'visible' | 'tile_state'): string {
  const { wgsl } = composeModifiers(mask);
  return new RegExp(`fn ${name}\\([^)]*\\) -> \\w+ \\{\\s*return ([^;]*);`).exec(wgsl)![1];
}

const count = (text: string, part: string) => text.split(part).length - 1;

/** Evaluates a composed expression where each call is answered by its row of parameters. */
function evaluate(expression: string, answers: readonly number[]) {
  const code = expression.replaceAll(
    /\w+_(visible|tile)\([^[]*\[(\d+)\]\)/g,
    (_call, kind: string, index: string) =>
      kind === 'visible' ? String(answers[Number(index)] === 2) : String(answers[Number(index)]),
  );
  // oxlint-disable-next-line no-new-func -- an expression the project itself composed
  const run = new Function('min', 'max', 'TILE_VISIBLE', 'TILE_HIDDEN', `return ${code};`);
  return run(Math.min, Math.max, 2, 0) as boolean | number;
}

const NESTED = and(or(causal(1), slidingWindow(2, 3, 4)), causal(5));

describe('masks', () => {
  it('nest as they were joined', () => {
    for (const a of [0, 2]) {
      for (const b of [0, 2]) {
        for (const c of [0, 2]) {
          const expected = (a === 2 || b === 2) && c === 2;
          expect(evaluate(returned(NESTED, 'visible'), [a, b, c])).toBe(expected);
        }
      }
    }
  });

  it('call a tile hidden or visible only when its parts prove it', () => {
    for (const a of [0, 1, 2]) {
      for (const b of [0, 1, 2]) {
        for (const c of [0, 1, 2]) {
          const expected = Math.min(Math.max(a, b), c);
          expect(evaluate(returned(NESTED, 'tile_state'), [a, b, c])).toBe(expected);
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
    expect(evaluate(returned(mask, 'visible'), [])).toBe(visible);
    expect(evaluate(returned(mask, 'tile_state'), [])).toBe(state);
    expect(composeModifiers(mask).parameters).toEqual([]);
  });
});

describe('parameters', () => {
  it('come in the order of the calls, masks first, each with its own row', () => {
    const { wgsl, parameters } = composeModifiers(NESTED, [softcap(30), softcap(20)]);
    expect(parameters).toEqual([
      { type: 'i32', values: [1] },
      { type: 'i32', values: [2, 3, 4] },
      { type: 'i32', values: [5] },
      { type: 'f32', values: [30] },
      { type: 'f32', values: [20] },
    ]);
    const rows = [...wgsl.matchAll(/softcap_score\(result.*modifiers\[(\d)\]/g)];
    expect(rows.map(([, index]) => index)).toEqual(['3', '4']);
  });

  it('leave the source alone: new numbers need no new shader', () => {
    const source = (offset: number) => composeModifiers(causal(offset), [softcap(offset + 9)]).wgsl;
    expect(source(3)).toBe(source(-2));
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

  it.each<[string, { name: string; wgsl: string }, string[]]>([
    ['causal', causal(), ['visible', 'tile']],
    ['sliding window', slidingWindow(1, 1), ['visible', 'tile']],
    ['softcap', softcap(1), ['score']],
  ])('of %s define what is called', (_title, { name, wgsl }, suffixes) => {
    for (const suffix of suffixes) expect(wgsl).toContain(`fn ${name}_${suffix}(`);
  });
});

describe('scores', () => {
  const named = (name: string): ScoreModifier => ({ ...softcap(1), name, wgsl: `// ${name}` });

  it('are changed in order, each from the last one’s result', () => {
    const { wgsl } = composeModifiers(undefined, [named('first'), named('second')]);
    expect(wgsl.indexOf('result = first_score(result,')).toBeGreaterThan(0);
    expect(wgsl.indexOf('result = second_score(result,')).toBeGreaterThan(
      wgsl.indexOf('result = first_score('),
    );
  });

  it('tell the kernels whether there are any', () => {
    expect(composeModifiers(causal()).wgsl).toContain('SCORES_MODIFIED: bool = false');
    expect(composeModifiers(undefined, [softcap(1)]).wgsl).toContain(
      'SCORES_MODIFIED: bool = true',
    );
  });
});
