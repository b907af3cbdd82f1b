import { describe, expect, it } from 'vitest';
import { describeKey, describeQuery, formatShortWeight, tokenNames } from './token-attention';
import { edgesOfToken, renormalize } from './token-edges';

const names = ['Prisoner', 'Cell'];
const weights = Float32Array.from([0.3, 0.7, 0, 1]);

function query(index: number, hidden: number[]) {
  const shown = renormalize(weights, 2, 2, new Set(hidden));
  const edges = edgesOfToken(shown, { side: 'query', index }, 1);
  return describeQuery(names[index], edges, names, shown.states[index], shown.hiddenMass[index]);
}

describe('sentences about tokens', () => {
  it('list a query’s keys, strongest first', () => {
    expect(query(0, [])).toBe('Prisoner attends to: Cell 0.70, Prisoner 0.30.');
  });

  it('say what hidden keys held', () => {
    expect(query(0, [1])).toBe('Prisoner attends to: Prisoner 1.00. Hidden keys had 0.70.');
    expect(query(1, [1])).toContain('all of its weight was on hidden keys');
  });

  it('say who attends to a key, and what a hidden one held', () => {
    const edges = edgesOfToken(renormalize(weights, 2, 2, new Set()), { side: 'key', index: 1 }, 1);
    expect(describeKey('Cell', edges, names, false)).toBe(
      'Cell is attended to by: Cell 1.00, Prisoner 0.70.',
    );
    expect(describeKey('Cell', edges, names, true)).toMatch(/^Cell is hidden. It had: Cell 1.00/);
  });

  it('tell five, and count the rest', () => {
    const uniform = renormalize(new Float32Array(8).fill(1 / 8), 1, 8, new Set());
    const keys = [...'abcdefgh'];
    expect(
      describeQuery('q', edgesOfToken(uniform, { side: 'query', index: 0 }, 1), keys, 'usual', 0),
    ).toBe('q attends to: a 0.13, b 0.13, c 0.13, d 0.13, e 0.13, and 3 more.');
  });
});

it.each([
  [0.3, '0.30'],
  [1, '1.00'],
  [0.0449, '0.045'],
  [0.0995, '0.10'],
  [0.00004, '4e-5'],
  [0, '0.00'],
  [NaN, 'NaN'],
  [-Infinity, '−∞'],
])('formatWeight(%d) is %s', (weight, text) => {
  expect(formatShortWeight(weight)).toBe(text);
});

it('tokens that occur more than once are told apart by position, and blanks are seen', () => {
  expect(tokenNames(['a', 'b', 'a', ' '])).toEqual(['a (1)', 'b', 'a (3)', '" "']);
});
