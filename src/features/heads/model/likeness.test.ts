import { describe, expect, it } from 'vitest';
import { statisticsOf, weightsOf } from '../../../../tests/support/row-statistics';
import { clusterHeads, type HeadFeatures, headDistance } from './likeness';
import { headMetrics, type HeadMetrics } from './metrics';
import { plantedSource } from './sources/planted';
import { randomDraws } from './sources/planted-tokens';

const metrics = (values: Partial<HeadMetrics> = {}): HeadMetrics => ({
  entropy: 0,
  evenness: 0,
  distance: 0,
  diagonal: 0,
  previous: 0,
  first: 0,
  induction: NaN,
  sparsity: 0,
  ...values,
});

/** A head that is `at` on a line: two cells that share the weight. */
const onLine = (at: number): HeadFeatures => ({
  cells: Float32Array.of(Math.cos(at) ** 2, Math.sin(at) ** 2),
  metrics: metrics({ evenness: at }),
});

describe('headDistance', () => {
  it('is 0 for the same, 1 at most, and the same both ways', () => {
    const [a, b] = [onLine(0), onLine(0.5)];
    expect(headDistance(a, a)).toBeCloseTo(0, 6);
    expect(headDistance(a, b)).toBe(headDistance(b, a));
    // Hellinger: √(1 − cos .5), and one of five metrics differs by .5.
    const expected = (Math.sqrt(1 - Math.cos(0.5)) + 0.5 / Math.sqrt(5)) / 2;
    expect(headDistance(a, b)).toBeCloseTo(expected, 6);
    const far = { cells: Float32Array.of(0, 1), metrics: metrics({ diagonal: 1, first: 1 }) };
    expect(headDistance({ ...far, cells: Float32Array.of(1, 0) }, far)).toBeCloseTo(0.5, 6);
  });

  it('puts what is NaN far from all else', () => {
    const broken = { cells: Float32Array.of(NaN, 1), metrics: metrics({ evenness: NaN }) };
    expect(headDistance(broken, onLine(0))).toBeCloseTo(0.5, 6);
    const none = Object.fromEntries(Object.keys(metrics()).map((name) => [name, NaN]));
    const lost = { ...broken, metrics: none as unknown as HeadMetrics };
    expect(headDistance(lost, onLine(0))).toBe(1);
  });
});

/** Average linkage by its definition: the two clusters whose pairs are closest on average, until none is close. */
function plainGroups(heads: readonly HeadFeatures[], distance: number): number[][] {
  const clusters = heads.map((_, i) => [i]);
  for (;;) {
    let best = { apart: Infinity, a: -1, b: -1 };
    for (let a = 0; a < clusters.length; a++) {
      for (let b = a + 1; b < clusters.length; b++) {
        const pairs = clusters[a].flatMap((x) => clusters[b].map((y) => [x, y]));
        const sum = pairs.reduce((total, [x, y]) => total + headDistance(heads[x], heads[y]), 0);
        if (sum / pairs.length < best.apart) best = { apart: sum / pairs.length, a, b };
      }
    }
    if (best.apart > distance) return clusters;
    clusters[best.a].push(...clusters.splice(best.b, 1)[0]);
  }
}

const sorted = (groups: number[][]) =>
  groups.map((group) => group.toSorted((a, b) => a - b)).toSorted((a, b) => a[0] - b[0]);
const members = (groups: readonly number[]) => {
  const found: number[][] = [];
  groups.forEach((group, head) => (found[group] ??= []).push(head));
  return found;
};

describe('groupByLikeness', () => {
  it('has nothing to say of no heads, and little of one', () => {
    expect(clusterHeads([])).toEqual({ order: [], groups: [] });
    expect(clusterHeads([onLine(1)])).toEqual({ order: [0], groups: [0] });
  });

  it.each([1, 2, 3, 4, 5])('groups as the definition does, of seed %i', (seed) => {
    const draw = randomDraws(seed, 1);
    const heads = Array.from({ length: 30 }, () => onLine(1.5 * draw()));
    for (const distance of [0, 0.05, 0.15, 0.4, 1]) {
      const { order, groups } = clusterHeads(heads, distance);
      expect([...order].sort((a, b) => a - b)).toEqual(heads.map((_, i) => i));
      expect(sorted(members(groups))).toEqual(sorted(plainGroups(heads, distance)));
      // Groups lie together in the order, and are numbered as they come.
      const along = order.map((head) => groups[head]);
      expect(along).toEqual(along.toSorted((a, b) => a - b));
    }
  });

  it('finds the same groups whatever order heads come in', () => {
    const draw = randomDraws(7, 1);
    const heads = Array.from({ length: 12 }, () => onLine(1.5 * draw()));
    const there = members(clusterHeads(heads).groups);
    const back = members(clusterHeads(heads.toReversed()).groups);
    expect(sorted(back.map((group) => group.map((i) => 11 - i)))).toEqual(sorted(there));
    expect(clusterHeads(heads)).toEqual(clusterHeads(heads));
  });

  it('finds heads of a kind among planted ones', () => {
    const source = plantedSource({ length: 96, heads: 12, layers: 2, headSize: 32, seed: 3 });
    const heads = source.planted!.map((_, i): HeadFeatures => {
      const [layer, head] = [Math.floor(i / 12), i % 12];
      const cells = new Float32Array(12 * 12);
      for (let row = 0; row < 96; row++) {
        weightsOf(source, layer, head, row).forEach((weight, key) => {
          cells[Math.floor(row / 8) * 12 + Math.floor(key / 8)] += weight / 64;
        });
      }
      const statistics = statisticsOf(source, layer, head);
      const visible = new Uint32Array(96).fill(96);
      return { cells, metrics: headMetrics(statistics, visible, 96, source.marks) };
    });
    const { order, groups } = clusterHeads(heads);
    // Every kind was planted twice, the second time fainter.
    const together = heads.filter((_, i) => {
      const twin = source.planted!.findIndex((kind, j) => j !== i && kind === source.planted![i]);
      return groups[i] === groups[twin];
    });
    expect(together.length).toBeGreaterThanOrEqual(16);
    expect(new Set(groups).size).toBeGreaterThanOrEqual(6);
    const beside = order.filter((head, place) =>
      [order[place - 1], order[place + 1]].some(
        (other) => other !== undefined && source.planted![other] === source.planted![head],
      ),
    );
    expect(beside.length).toBeGreaterThanOrEqual(16);
  });

  it('takes a few hundred heads at once', () => {
    const draw = randomDraws(9, 1);
    const heads = Array.from({ length: 400 }, () => ({
      cells: Float32Array.from({ length: 256 }, draw),
      metrics: metrics({ evenness: draw() }),
    }));
    const started = performance.now();
    expect(clusterHeads(heads).order).toHaveLength(400);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
