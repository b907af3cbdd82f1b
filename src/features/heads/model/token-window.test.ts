import { describe, expect, it } from 'vitest';
import { denseMap } from '../../../attention/maps/cpu-maps';
import { fillRandom } from '../../../numeric/random';
import {
  selectionAfter,
  MAX_WINDOW_KEYS,
  MAX_WINDOW_QUERIES,
  positionsIn,
  readTokenWindow,
} from './token-window';

function softmaxRows(rows: number, columns: number): Float32Array {
  const weights = fillRandom(new Float32Array(rows * columns), { seed: 3, stream: 1 });
  for (let row = 0; row < rows; row++) {
    const part = weights.subarray(row * columns, (row + 1) * columns);
    const sum = part.reduce((all, score) => all + Math.exp(3 * score), 0);
    part.forEach((score, i) => (part[i] = Math.exp(3 * score) / sum));
  }
  return weights;
}

describe('a window for token lines', () => {
  it('is the whole of a small map', async () => {
    const weights = softmaxRows(20, 30);
    const window = await readTokenWindow(denseMap(20, 30, weights), 7);
    expect(window.queries).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(window.keys).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(window.weights).toEqual(weights);
    expect(window.share).toBeCloseTo(1, 5);
  });

  it('has the keys that its queries look at most, and tells what they hold', async () => {
    const [rows, columns] = [300, 500];
    const weights = softmaxRows(rows, columns);
    const {
      queries,
      keys,
      weights: shown,
      share,
    } = await readTokenWindow(denseMap(rows, columns, weights), 100);
    expect([queries[0], queries.at(-1)]).toEqual([100, 100 + MAX_WINDOW_QUERIES - 1]);
    expect(keys).toHaveLength(MAX_WINDOW_KEYS);
    const received = (key: number) =>
      queries.reduce((sum, query) => sum + weights[query * columns + key], 0);
    const least = Math.min(...keys.map(received));
    const others = Array.from({ length: columns }, (_, key) => key).filter(
      (key) => !keys.includes(key),
    );
    for (const key of others) expect(received(key)).toBeLessThanOrEqual(least);
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    let held = 0;
    queries.forEach((query, i) =>
      keys.forEach((key, j) => {
        expect(shown[i * keys.length + j]).toBe(weights[query * columns + key]);
        held += weights[query * columns + key];
      }),
    );
    expect(share).toBeCloseTo(held / MAX_WINDOW_QUERIES, 6);
    expect(share).toBeLessThan(1);
  });

  it('stays on the map', async () => {
    const map = denseMap(300, 200, softmaxRows(300, 200));
    for (const first of [-5, 299, 10_000]) {
      const { queries } = await readTokenWindow(map, first);
      expect(queries).toHaveLength(MAX_WINDOW_QUERIES);
      expect(queries[0]).toBeGreaterThanOrEqual(0);
      expect(queries.at(-1)).toBeLessThan(300);
    }
  });

  it('does not hide a NaN', async () => {
    const weights = softmaxRows(300, 300);
    weights[5 * 300 + 250] = NaN;
    const { keys } = await readTokenWindow(denseMap(300, 300, weights), 0);
    expect(keys).toContain(250);
  });
});

describe('tokens of a window', () => {
  const window = { queries: [10, 11, 12], keys: [2, 40], weights: new Float32Array(6), share: 1 };
  const query = (index: number) => ({ side: 'query' as const, index });
  const key = (index: number) => ({ side: 'key' as const, index });

  it('have their places in it, where they are in it', () => {
    expect(positionsIn(window, [key(40), query(3), query(12), key(10)])).toEqual([
      key(1),
      query(2),
    ]);
  });

  it('are chosen beside those that it does not show', () => {
    const before = [query(3), query(11), key(41), key(2)];
    expect(selectionAfter(window, before, [key(1), query(1)])).toEqual([
      query(3),
      key(41),
      key(40),
      query(11),
    ]);
    expect(selectionAfter(window, before, positionsIn(window, before))).toEqual([
      query(3),
      key(41),
      query(11),
      key(2),
    ]);
  });
});
