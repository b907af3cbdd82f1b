import { describe, expect, it } from 'vitest';
import { forward } from './forward';
import { embed, untrainedWeights } from './layers';
import { comparePositions, shuffledOrder } from './shuffle';
import { type Derivation, derivationOf } from './traces';

const source = ['The', 'prisoner', 'sat', 'in', 'his', 'cell'];
const target = ['Le', 'prisonnier', 'était', 'assis'];
const weights = untrainedWeights(3);

/** What a trace says, worked out from its numbers alone. */
function valueOf(trace: Derivation, column: number): number {
  switch (trace.kind) {
    case 'drawn':
      return embed(weights, trace.word)[column];
    case 'copy':
      return trace.value;
    case 'hidden':
      return -Infinity;
    case 'wave':
      return Math[trace.wave](trace.position / 10000 ** trace.exponent);
    case 'sum':
      return trace.terms[0] + trace.terms[1];
    case 'softmax': {
      const powers = trace.scores.map(Math.exp);
      return powers[trace.index] / powers.reduce((a, b) => a + b, 0);
    }
    case 'norm':
      return (trace.value - trace.mean) / Math.sqrt(trace.variance + trace.epsilon);
    case 'products': {
      const sum = trace.a.reduce((all, value, i) => all + value * trace.b[i], 0);
      if (trace.bias !== undefined) return Math.max(0, sum + trace.bias);
      return trace.size === undefined ? sum : sum / Math.sqrt(trace.size);
    }
  }
}

describe('a number of the forward pass', () => {
  it.each([true, false])(
    'is what the numbers that made it come to: all of them, positions %s',
    async (positions) => {
      const pass = await forward({ source, target, weights, positions });
      const kinds = new Set<string>();
      let count = 0;
      for (const { name, matrices } of pass.tensors.values()) {
        matrices.forEach((matrix, head) =>
          matrix.forEach((cells, row) =>
            cells.forEach((value, column) => {
              const trace = derivationOf(pass, weights, { name, head, row, column });
              kinds.add(trace.kind);
              count++;
              const got = valueOf(trace, column);
              if (Number.isFinite(value)) expect(got, name).toBeCloseTo(value, 11);
              else expect(got).toBe(value);
            }),
          ),
        );
      }
      expect(count).toBeGreaterThan(2000);
      const all = ['drawn', 'hidden', 'norm', 'products', 'softmax', 'sum'];
      expect([...kinds].sort()).toEqual([...all, positions ? 'wave' : 'copy'].sort());
    },
  );
});

describe('shuffled words', () => {
  it('stand in a seeded order that is never their own', () => {
    expect(shuffledOrder(6, 0)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(shuffledOrder(1, 5)).toEqual([0]);
    for (let shuffle = 1; shuffle <= 40; shuffle++) {
      expect(shuffledOrder(2, shuffle)).toEqual([1, 0]);
      const order = shuffledOrder(6, shuffle);
      expect(order).toEqual(shuffledOrder(6, shuffle));
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5]);
      expect(order).not.toEqual([0, 1, 2, 3, 4, 5]);
    }
    const orders = Array.from({ length: 40 }, (_, i) => String(shuffledOrder(6, i + 1)));
    expect(new Set(orders).size).toBeGreaterThan(30);
  });

  it('are compared with themselves where they stood', () => {
    const own = [[1, 0], [0, 3], [5, 5]]; // prettier-ignore
    const shuffled = [[5, 5], [1, 0], [0, 7]]; // prettier-ignore
    expect(comparePositions(['a', 'b', 'c'], [2, 0, 1], own, shuffled)).toEqual([
      { word: 'a', before: 0, after: 1, largest: 0, distance: 0 },
      { word: 'b', before: 1, after: 2, largest: 4, distance: 4 },
      { word: 'c', before: 2, after: 0, largest: 0, distance: 0 },
    ]);
  });
});
