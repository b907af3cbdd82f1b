import { describe, expect, it } from 'vitest';
import { TokenAttention } from './token-attention';

const tokens = ['the', 'guard', 'the'];
const weights = Float32Array.of(1, 0, 0, 0.25, 0.75, 0, 0.5, 0.125, 0.375);

function attention(hidden: readonly number[] = [], mass = 1, of = weights) {
  const made = new TokenAttention(of, tokens, tokens);
  made.show(hidden, mass);
  return made;
}

describe('attention among tokens', () => {
  it('counts the edges that hold the share, of those that there are', () => {
    expect(attention().summary).toBe('6 of 6 edges, with 100.0% of the weight.');
    // 1 of the first, 0.75 of the second, 0.5 and 0.375 of the third.
    expect(attention([], 0.7).summary).toBe('4 of 6 edges, with 87.5% of the weight.');
  });

  it('says which queries have nothing left, and which are not finite', () => {
    expect(attention([0]).summary).toContain('1 row has all weight on hidden keys.');
    const strange = Float32Array.from(weights);
    strange[3] = NaN;
    expect(attention([], 1, strange).summary).toContain('1 row has weights that are not finite');
    expect(attention([0], 1, strange).hasNonFiniteWeight({ side: 'query', index: 1 })).toBe(true);
    expect(attention([], 1, strange).hasNonFiniteWeight({ side: 'key', index: 1 })).toBe(false);
  });

  it('has the weights of a token with all of the other side', () => {
    expect(attention().weightsOf({ side: 'query', index: 2 })).toEqual([0.5, 0.125, 0.375]);
    expect(attention().weightsOf({ side: 'key', index: 0 })).toEqual([1, 0.25, 0.5]);
    expect(attention([0]).weightsOf({ side: 'query', index: 2 })).toEqual([0, 0.25, 0.75]);
  });

  it('keeps for a hidden key what it had', () => {
    const hidden = attention([0]);
    const { edges } = hidden.edgesOf({ side: 'key', index: 0 });
    expect(edges.map(({ query, weight }) => [query, weight])).toEqual([
      [0, 1],
      [2, 0.5],
      [1, 0.25],
    ]);
    expect(hidden.describe({ side: 'key', index: 0 })).toMatch(/^the \(1\) is hidden\. It had: /);
    expect(hidden.describe({ side: 'query', index: 1 })).toBe(
      'guard attends to: guard 1.00. Hidden keys had 0.25.',
    );
  });

  it('gives hidden keys back as they were', () => {
    const made = attention([0]);
    made.show([], 1);
    expect(made.weightsOf({ side: 'query', index: 2 })).toEqual([0.5, 0.125, 0.375]);
  });
});
