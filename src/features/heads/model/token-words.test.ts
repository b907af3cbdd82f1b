import { describe, expect, it } from 'vitest';
import { formatShortWeight, TokenAttention, tokenNames } from './token-attention';

const names = ['Prisoner', 'Cell'];
const weights = Float32Array.from([0.3, 0.7, 0, 1]);

function describeToken(side: 'query' | 'key', index: number, hidden: number[]) {
  const attention = new TokenAttention(weights, names, names);
  attention.show(hidden, 1);
  return attention.describe({ side, index });
}

describe('sentences about tokens', () => {
  it('list a query’s keys, strongest first', () => {
    expect(describeToken('query', 0, [])).toBe('Prisoner attends to: Cell 0.70, Prisoner 0.30.');
  });

  it('say what hidden keys held', () => {
    expect(describeToken('query', 0, [1])).toBe(
      'Prisoner attends to: Prisoner 1.00. Hidden keys had 0.70.',
    );
    expect(describeToken('query', 1, [1])).toContain('all of its weight was on hidden keys');
  });

  it('say who attends to a key, and what a hidden one held', () => {
    expect(describeToken('key', 1, [])).toBe('Cell is attended to by: Cell 1.00, Prisoner 0.70.');
    expect(describeToken('key', 1, [1])).toMatch(/^Cell is hidden. It had: Cell 1.00/);
  });

  it('tell five, and count the rest', () => {
    const uniform = new TokenAttention(new Float32Array(8).fill(1 / 8), ['q'], [...'abcdefgh']);
    uniform.show([], 1);
    expect(uniform.describe({ side: 'query', index: 0 })).toBe(
      'q attends to: a 0.13, b 0.13, c 0.13, d 0.13, e 0.13, and 3 more.',
    );
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
