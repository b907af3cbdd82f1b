import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causal } from '../../../src/attention/modifiers/causal';
import type { MaskModifier, ScoreModifier } from '../../../src/attention/modifiers/modifier';
import { UNBOUNDED, slidingWindow } from '../../../src/attention/modifiers/sliding-window';
import { softcap } from '../../../src/attention/modifiers/softcap';

fc.configureGlobal({ seed: 208 });

const HIDDEN = 0;
const MIXED = 1;
const VISIBLE = 2;

type Twin = (...values: unknown[]) => number | boolean;

/**
 * A modifier's WGSL as JavaScript. Modifiers are expressions of few words, so replacing types is enough;
 * the GPU's own compiler has its say in the kernel tests.
 */
function twin(modifier: MaskModifier | ScoreModifier, suffix: string): Twin {
  const source = modifier.wgsl
    .replaceAll(/\/\/.*/g, '')
    .replaceAll(/:\s*vec4<\w+>|:\s*[uif]32/g, '')
    .replaceAll(/->\s*\w+/g, '')
    .replaceAll(/\blet\b/g, 'const')
    .replaceAll(/\bfn\b/g, 'function')
    .replaceAll(/\bi32\(/g, '(')
    .replaceAll(/\b(?=tanh\()/g, 'Math.');
  const name = `${modifier.name}_${suffix}`;
  // oxlint-disable-next-line no-new-func -- the project's own shader, made readable to JavaScript
  return new Function(
    'TILE_HIDDEN',
    'TILE_MIXED',
    'TILE_VISIBLE',
    'select',
    'clamp',
    `${source}; return ${name};`,
  )(
    HIDDEN,
    MIXED,
    VISIBLE,
    (no: unknown, yes: unknown, condition: boolean) => (condition ? yes : no),
    (x: number, low: number, high: number) => Math.min(Math.max(x, low), high),
  );
}

const row = ({ parameters: [x = 0, y = 0, z = 0, w = 0] }: MaskModifier | ScoreModifier) => ({
  x,
  y,
  z,
  w,
});

const offsets = fc.integer({ min: -40, max: 40 });
const widths = fc.oneof(fc.integer({ min: -5, max: 40 }), fc.constant(UNBOUNDED));
const maskModifiers = fc.oneof(
  offsets.map((offset) => causal(offset)),
  fc.tuple(widths, widths, offsets).map((sizes) => slidingWindow(...sizes)),
);

describe('a mask’s WGSL', () => {
  it('shows the keys that its TypeScript shows', () => {
    fc.assert(
      fc.property(maskModifiers, fc.nat(60), fc.nat(60), (modifier, query, key) => {
        const got = twin(modifier, 'visible')(0, 0, query, key, row(modifier));
        expect(got).toBe(modifier.visible(0, 0, query, key));
      }),
      { numRuns: 500 },
    );
  });

  it('skips a tile only where all of it is hidden, and tests none where all is visible', () => {
    const tile = fc.tuple(fc.nat(40), fc.nat(6), fc.nat(40), fc.nat(6));
    fc.assert(
      fc.property(maskModifiers, tile, (modifier, [query, queries, key, keys]) => {
        const last = [query + queries, key + keys] as const;
        const state = twin(modifier, 'tile')(0, 0, query, last[0], key, last[1], row(modifier));
        let shown = 0;
        for (let i = query; i <= last[0]; i++) {
          for (let j = key; j <= last[1]; j++) if (modifier.visible(0, 0, i, j)) shown++;
        }
        const all = (queries + 1) * (keys + 1);
        expect([HIDDEN, MIXED, VISIBLE]).toContain(state);
        if (state === HIDDEN) expect(shown).toBe(0);
        if (state === VISIBLE) expect(shown).toBe(all);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['causal', causal(), [32, 63, 0, 31], [0, 31, 32, 63]],
    ['window', slidingWindow(64, 64), [32, 63, 32, 63], [0, 31, 128, 159]],
  ])('%s does find tiles to skip and tiles to leave whole', (_name, modifier, whole, empty) => {
    const tile = twin(modifier, 'tile');
    expect(tile(0, 0, ...whole, row(modifier))).toBe(VISIBLE);
    expect(tile(0, 0, ...empty, row(modifier))).toBe(HIDDEN);
  });
});

it('softcap’s WGSL changes scores as its TypeScript does', () => {
  const score = fc.double({ min: -1e4, max: 1e4, noNaN: true });
  fc.assert(
    fc.property(score, fc.double({ min: 0.1, max: 100, noNaN: true }), (value, cap) => {
      const modifier = softcap(cap);
      const got = twin(modifier, 'score')(value, 0, 0, 0, 0, row(modifier)) as number;
      // Clamping at 10 costs 1 − tanh 10, far below float32’s last place.
      expect(Math.abs(got - modifier.score(value, 0, 0, 0, 0))).toBeLessThanOrEqual(2 ** -24 * cap);
    }),
  );
});
