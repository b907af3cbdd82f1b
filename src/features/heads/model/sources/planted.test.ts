import { describe, expect, it } from 'vitest';
import { statisticsOf, weightsOf } from '../../../../../tests/support/row-statistics';
import { sampleIndices } from '../../../../numeric/random';
import { headMetrics, type HeadMetrics } from '../metrics';
import { type HeadsSource, NO_MARK } from '../source';
import { plantedSource, stridePeriod } from './planted';
import { plantTokens, inventedWord } from './planted-tokens';

const metricsOf = (source: HeadsSource, head: number): HeadMetrics =>
  headMetrics(
    statisticsOf(source, 0, head),
    new Uint32Array(source.queryLength).fill(source.keyLength),
    source.keyLength,
    source.marks,
  );

const headOf = (source: HeadsSource, kind: string): number => {
  const head = source.planted!.indexOf(kind);
  expect(head, kind).toBeGreaterThanOrEqual(0);
  return head;
};

/** Weight that a sample of rows puts where `meant` says, on average. */
function massOn(
  source: HeadsSource,
  kind: string,
  meant: (row: number, key: number) => boolean,
  rows: readonly number[],
): number {
  const head = headOf(source, kind);
  let sum = 0;
  for (const row of rows) {
    const weights = weightsOf(source, 0, head, row);
    weights.forEach((weight, key) => (sum += meant(row, key) ? weight : 0));
  }
  return sum / rows.length;
}

describe.each([
  [64, 64],
  [256, 64],
  [256, 32],
  [1024, 32],
])('planted in %i tokens of head size %i', (length, headSize) => {
  const source = plantedSource({ length, headSize, seed: 5 });
  const all = source.planted!.map((_, head) => metricsOf(source, head));
  const best = (read: (metrics: HeadMetrics) => number) => {
    const values = all.map(read);
    return source.planted![values.indexOf(values.reduce((a, b) => Math.max(a, b)))];
  };

  it.each([
    ['diagonal', 'diagonal'],
    ['previous', 'previous token'],
    ['first', 'first token'],
    ['induction', 'induction'],
    ['evenness', 'uniform'],
    ['entropy', 'uniform'],
  ] as const)('%s is largest for %s', (metric, kind) => {
    expect(best((metrics) => metrics[metric])).toBe(kind);
  });

  it('each has its weight where it says', () => {
    const at = (kind: string) => all[headOf(source, kind)];
    expect(at('diagonal').diagonal).toBeGreaterThan(0.6);
    expect(at('previous token').previous).toBeGreaterThan(0.6);
    expect(at('first token').first).toBeGreaterThan(0.6);
    expect(at('induction').induction).toBeGreaterThan(0.5);
    expect(at('uniform').evenness).toBeGreaterThan(0.99);
    expect(at('noise').evenness).toBeLessThan(0.95);
    const mixed = at('previous and first token');
    expect(Math.min(mixed.previous, mixed.first)).toBeGreaterThan(0.25);
    const local = at('local');
    expect(local.distance).toBeLessThan(length / 6);
    expect(local.evenness).toBeGreaterThan(0.25);
    expect(at('block and diagonal').diagonal).toBeGreaterThan(0.25);
    expect(at('diagonal').sparsity).toBeGreaterThan(0.9);
  });

  it('blocks, stripes and like words hold their weight', () => {
    const { blocks, ids } = plantTokens(length, 5);
    const rows = sampleIndices(32, length, 1);
    const inBlock = (row: number, key: number) => blocks[row] === blocks[key];
    expect(massOn(source, 'block', inBlock, rows)).toBeGreaterThan(0.6);
    expect(massOn(source, 'block and diagonal', inBlock, rows)).toBeGreaterThan(0.6);
    const alike = (row: number, key: number) => ids[row] === ids[key];
    expect(massOn(source, 'same token', alike, rows)).toBeGreaterThan(0.6);
    const period = stridePeriod(length);
    const slack = Math.ceil(period / headSize) - 1;
    const onStripe = (row: number, key: number) => {
      const off = Math.abs(row - key) % period;
      return Math.min(off, period - off) <= slack;
    };
    expect(massOn(source, 'stride', onStripe, rows)).toBeGreaterThan(0.5);
  });
});

describe('planted in 65,536 tokens', () => {
  it.each([32, 64])(
    'is as plain as in few, at head size %i, and quickly made',
    (size) => {
      const started = performance.now();
      plantedSource({ length: 65536, heads: 1, headSize: size, seed: 1 });
      // One head alone; on a machine with other work this is what slips, so it has room.
      expect(performance.now() - started).toBeLessThan(4000);
      const source = plantedSource({ length: 65536, heads: 8, headSize: size, seed: 2 });
      const { blocks, ids } = plantTokens(65536, 2);
      const marked = sampleIndices(4096, 65536, 3).filter((row) => source.marks![row] !== NO_MARK);
      const rows = marked.filter((_, i) => i % Math.floor(marked.length / 12) === 0);
      const mass = (kind: string, meant: (row: number, key: number) => boolean) =>
        massOn(source, kind, meant, rows);
      expect(mass('diagonal', (row, key) => row === key)).toBeGreaterThan(0.6);
      expect(mass('previous token', (row, key) => row - 1 === key)).toBeGreaterThan(0.6);
      expect(mass('induction', (row, key) => source.marks![row] === key)).toBeGreaterThan(0.5);
      expect(mass('first token', (_, key) => key === 0)).toBeGreaterThan(0.6);
      expect(mass('block', (row, key) => blocks[row] === blocks[key])).toBeGreaterThan(0.6);
      expect(mass('same token', (row, key) => ids[row] === ids[key])).toBeGreaterThan(0.5);
      expect(mass('local', (row, key) => Math.abs(row - key) < 65536 / 6)).toBeGreaterThan(0.6);
    },
    60_000,
  );
});

describe('plantedSource', () => {
  it('gives the same for the same seed, and other heads in other places for another', () => {
    const make = (seed: number) => plantedSource({ length: 64, seed });
    expect(make(3)).toEqual(make(3));
    expect(make(3).planted).not.toEqual(make(4).planted);
    expect([...make(3).planted!].sort()).toEqual([...make(4).planted!].sort());
    expect(make(3).queryTokens).not.toEqual(make(4).queryTokens);
  });

  it('has the shapes that it says', () => {
    const source = plantedSource({ length: 40, heads: 5, layers: 3, headSize: 32, seed: 1 });
    expect(source.query.length).toBe(3 * 5 * 40 * 32);
    expect(source.key.length).toBe(source.query.length);
    expect(source.value!.length).toBe(source.query.length);
    expect(source.headNames).toHaveLength(15);
    expect(source.headNames[7]).toBe('layer 2, head 3');
    expect(source.planted).toHaveLength(15);
    expect(new Set(source.planted!.slice()).size).toBe(12);
    expect(source.queryTokens).toHaveLength(40);
    for (const value of [...source.query, ...source.key]) expect(Number.isFinite(value)).toBe(true);
  });

  it('marks what followed a word the last time', () => {
    const { queryTokens, marks } = plantedSource({ length: 300, heads: 1, seed: 9 });
    let repeats = 0;
    queryTokens.forEach((word, i) => {
      const last = queryTokens.slice(0, i).lastIndexOf(word);
      const next = last < 0 || last + 1 === i ? NO_MARK : last + 1;
      expect(marks![i]).toBe(next);
      if (next !== NO_MARK) repeats++;
    });
    expect(repeats).toBeGreaterThan(75);
  });

  it('gives all heads the same values, so that outputs differ by attention alone', () => {
    const { value, headSize, queryLength } = plantedSource({ length: 16, heads: 2, seed: 1 });
    const half = headSize * queryLength;
    expect(value!.slice(0, half)).toEqual(value!.slice(half));
    const square = value!.reduce((sum, v) => sum + v * v, 0) / value!.length;
    expect(square).toBeCloseTo(1, 5);
  });

  it.each([
    [{ length: 7 }, 'length is 7; allowed: a whole number from 8 to 65536.'],
    [{ length: 65537 }, 'length is 65537'],
    [{ length: 16.5 }, 'length is 16.5'],
    [{ length: 64, heads: 0 }, 'heads is 0'],
    [{ length: 64, headSize: 48 }, 'headSize is 48; allowed: one of 32, 64, 128.'],
    [{ length: 64, layers: NaN }, 'layers is NaN'],
    [{ length: 64, seed: -1 }, 'seed is -1'],
    [{ length: 65536, heads: 64 }, '1 × 64 × 65536 × 64'],
  ])('refuses %o', (options, message) => {
    expect(() => plantedSource({ seed: 1, ...options })).toThrow(message);
  });
});

it('has a word of its own for every number', () => {
  const words = Array.from({ length: 70 ** 2 + 70 ** 3 + 1000 }, (_, i) => inventedWord(i));
  expect(new Set(words).size).toBe(words.length);
  for (const word of words.filter((_, i) => i % 97 === 0))
    expect(word).toMatch(/^([bdfgklmnprstvz][aeiou]){2,}$/);
});
