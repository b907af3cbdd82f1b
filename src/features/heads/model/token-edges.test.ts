import { describe, expect, it } from 'vitest';
import { fillRandom } from '../../../numeric/random';
import { edgesOfAll, edgesOfToken, renormalize } from './token-edges';

const ROWS = 23;
const COLUMNS = 31;
const none = new Set<number>();
const queryAt = (index: number) => ({ side: 'query' as const, index });

/** Rounding of a weight to float32, and of the few that are left, in their sum as in the quotient. */
const TOLERANCE = 4 * 2 ** -24;

/** Seeded scores; row 5 sees no key. */
const scores = fillRandom(new Float64Array(ROWS * COLUMNS), { seed: 11 }).map((score, i) =>
  Math.floor(i / COLUMNS) === 5 ? -Infinity : 3 * score,
);

/** Softmax in float64 over the keys that are left, the plain way; a sink takes part with its own score. */
function softmax(isLeft: (key: number) => boolean, sink = -Infinity): Float64Array {
  const out = new Float64Array(ROWS * COLUMNS);
  for (let row = 0; row < ROWS; row++) {
    let sum = Math.exp(sink);
    for (let key = 0; key < COLUMNS; key++) {
      if (isLeft(key)) sum += Math.exp(scores[row * COLUMNS + key]);
    }
    for (let key = 0; key < COLUMNS && sum > 0; key++) {
      if (isLeft(key)) out[row * COLUMNS + key] = Math.exp(scores[row * COLUMNS + key]) / sum;
    }
  }
  return out;
}

const weights = Float32Array.from(softmax(() => true));
const shown = (hidden: ReadonlySet<number>, given = weights) =>
  renormalize(given, ROWS, COLUMNS, hidden);

function expectNear(actual: Float64Array, expected: Float64Array) {
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(TOLERANCE * expected[i]);
  });
}

describe('renormalize', () => {
  it('changes nothing where nothing is hidden', () => {
    expect([...shown(none).values]).toEqual([...weights]);
  });

  it.each([[[4]], [[0, 7, 30]], [Array.from({ length: 29 }, (_, i) => i)]])(
    'gives what softmax gives without keys %j',
    (keys) => {
      const hidden = new Set(keys);
      const plain = softmax((key) => !hidden.has(key));
      expectNear(shown(hidden).values, plain);
    },
  );

  it('leaves a sink its place in the sum', () => {
    const withSink = Float32Array.from(softmax(() => true, 1.5));
    const hidden = new Set([2, 3, 5]);
    const { values, hiddenMass } = shown(hidden, withSink);
    const plain = softmax((key) => !hidden.has(key), 1.5);
    // What the sink takes is 1 less the sum of 31 rounded weights.
    values.forEach((value, i) => {
      expect(Math.abs(value - plain[i])).toBeLessThanOrEqual(COLUMNS * TOLERANCE);
    });
    // And by the formula: w / (1 − hidden mass).
    const at = 3 * COLUMNS + 9;
    expect(values[at]).toBeCloseTo(withSink[at] / (1 - hiddenMass[3]), 6);
  });

  it('says what the hidden keys held', () => {
    const { hiddenMass } = shown(new Set([1, 8]));
    for (let row = 0; row < ROWS; row++) {
      expect(hiddenMass[row]).toBe(weights[row * COLUMNS + 1] + weights[row * COLUMNS + 8]);
    }
  });

  it('tells rows that see nothing, have nothing left, or hold something not finite', () => {
    const given = Float32Array.from([0.5, 0.5, 0, 0, 0, 0, NaN, 0.5, 0.5]);
    const { states, values } = renormalize(given, 3, 3, new Set([0, 1]));
    expect(states).toEqual(['all hidden', 'sees no key', 'usual']);
    // What a hidden NaN held cannot be known: the others share all there is.
    expect([...values]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(renormalize(given, 3, 3, none).states[2]).toBe('not finite');
    const infinite = renormalize(Float32Array.from([Infinity, 1]), 1, 2, new Set([1]));
    expect(infinite.states).toEqual(['not finite']);
    expect([...infinite.values]).toEqual([Infinity, 0]);
  });
});

describe('the strongest edges', () => {
  /** The plain way: sort, and take until enough is held. */
  function plainly(values: readonly number[], mass: number): number[] {
    const total = values.reduce((sum, value) => sum + value, 0);
    const order = values.map((_, i) => i).sort((a, b) => values[b] - values[a] || a - b);
    for (let count = 0; count <= order.length; count++) {
      const held = order.slice(0, count).reduce((sum, i) => sum + values[i], 0);
      if (held >= mass * total) return order.slice(0, count);
    }
    return order;
  }

  it.each([0.01, 0.5, 0.9, 0.99])('of a query are the fewest that hold %d', (mass) => {
    for (let query = 0; query < ROWS; query++) {
      const row = [...weights.subarray(query * COLUMNS, (query + 1) * COLUMNS)];
      const { edges, share } = edgesOfToken(shown(none), queryAt(query), mass);
      expect(edges.map(({ key }) => key)).toEqual(plainly(row, mass));
      if (query !== 5) expect(share).toBeGreaterThanOrEqual(mass);
      for (const edge of edges)
        expect(edge).toEqual({ query, key: edge.key, weight: row[edge.key] });
    }
  });

  it('of a key are the fewest that hold a share of what it receives', () => {
    for (let key = 0; key < COLUMNS; key++) {
      const column = Array.from({ length: ROWS }, (_, row) => weights[row * COLUMNS + key]);
      const { edges } = edgesOfToken(shown(none), { side: 'key', index: key }, 0.7);
      expect(edges.map(({ query }) => query)).toEqual(plainly(column, 0.7));
    }
  });

  it('never go to hidden keys', () => {
    const { edges } = edgesOfAll(shown(new Set([3, 4])), 1);
    expect(edges).toHaveLength((ROWS - 1) * (COLUMNS - 2));
    expect(edges.some(({ key }) => key === 3 || key === 4)).toBe(false);
  });

  it('of all queries are those of each, strongest first, with the mean of their shares', () => {
    const whole = shown(none);
    const each = Array.from({ length: ROWS }, (_, query) =>
      edgesOfToken(whole, queryAt(query), 0.8),
    );
    const { edges, share } = edgesOfAll(whole, 0.8);
    expect(edges).toHaveLength(each.reduce((sum, own) => sum + own.edges.length, 0));
    for (let i = 1; i < edges.length; i++) {
      expect(edges[i - 1].weight).toBeGreaterThanOrEqual(edges[i].weight);
    }
    const sum = each.reduce((total, own) => total + own.share, 0);
    expect(share).toBeCloseTo(sum / (ROWS - 1), 12);
  });

  it('include all at 1, and put what is not finite first', () => {
    const given = Float32Array.from([0.1, NaN, 0.3, 0, 0.6]);
    const { edges, share } = edgesOfToken(renormalize(given, 1, 5, none), queryAt(0), 0.5);
    expect(edges.map(({ key }) => key)).toEqual([1, 4, 2, 0]);
    expect(share).toBeNaN();
    expect(edgesOfToken(shown(none), queryAt(0), 1).edges).toHaveLength(COLUMNS);
  });

  it('among equals come by their index', () => {
    const given = new Float32Array(8).fill(1 / 8);
    const { edges, share } = edgesOfToken(renormalize(given, 1, 8, none), queryAt(0), 0.5);
    expect(edges.map(({ key }) => key)).toEqual([0, 1, 2, 3]);
    expect(share).toBe(0.5);
  });
});
