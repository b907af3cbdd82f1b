import { describe, expect, it } from 'vitest';
import {
  apply,
  combine,
  determinant,
  gridLines,
  inverse,
  type PlaneMap,
  rotate,
  scoresUnderSharedMap,
  shear,
  singularValues,
  stretch,
} from './linear-map';
import { type Matrix, maxDifference, multiply, transpose } from './matrix';
import { normalMatrix } from './seeded';
import {
  bestRatio,
  fourHeads,
  mixHeads,
  rankHeads,
  separation,
  topicClusters,
} from '../sections/heads/separation';
import { ascendingEigen } from './similarity-table';

const expectClose = (got: Matrix, want: Matrix) =>
  want.forEach((row, i) => row.forEach((value, j) => expect(got[i][j]).toBeCloseTo(value, 12)));

/** How far Mᵀ·M is from 1: a map that keeps all dot products has an error of 0. */
const dotProductError = (map: Matrix): number =>
  Math.max(
    ...multiply(transpose(map), map).flatMap((row, i) =>
      row.map((value, j) => Math.abs(value - Number(i === j))),
    ),
  );

describe('row 9: linear maps', () => {
  it('do what they are called', () => {
    expect(apply(shear(2), [[1, 3]])).toEqual([[7, 3]]);
    expect(apply(stretch(2, 3), [[1, 1]])).toEqual([[2, 3]]);
    expectClose(apply(rotate(Math.PI / 2), [[1, 0]]), [[0, 1]]);
    // Stretched first, then turned.
    expectClose(apply(combine(stretch(2, 1), rotate(Math.PI / 2)), [[1, 0]]), [[0, 2]]);
    expect(combine()).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  const maps: [string, PlaneMap, number][] = [
    ['shear', shear(0.7), 1],
    ['stretch', stretch(2, -3), -6],
    ['rotation', rotate(1.1), 1],
    ['combination', combine(shear(0.7), stretch(2, 3), rotate(1)), 6],
  ];

  it.each(maps)('%s: determinant, inverse, singular values', (_, map, area) => {
    expect(determinant(map)).toBeCloseTo(area, 12);
    expectClose(combine(map, inverse(map)), [
      [1, 0],
      [0, 1],
    ]);
    const squares = ascendingEigen(multiply(transpose(map), map)).values;
    const [large, small] = singularValues(map);
    expect(large).toBeCloseTo(Math.sqrt(squares[1]), 12);
    expect(small).toBeCloseTo(Math.sqrt(squares[0]), 12);
    expect(large * small).toBeCloseTo(Math.abs(area), 12);
  });

  it('cannot undo what flattens', () => {
    expect(() => inverse(stretch(1, 0))).toThrow(/map is \[1, 0, 0, 0\]/);
    expect(singularValues(stretch(1, 0))).toEqual([1, 0]);
  });

  it('bend no grid line', () => {
    const lines = gridLines(2, 0.5);
    expect(lines).toHaveLength(18);
    for (const line of lines) {
      const points = apply(maps[3][1], line);
      const [[x0, y0], [x1, y1]] = points;
      for (const [x, y] of points) {
        expect((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)).toBeCloseTo(0, 12);
      }
    }
  });

  it('a rotation shared by queries and keys changes no score; a stretch does', () => {
    const x = normalMatrix(6, 2, 4, 1);
    const [wq, wk] = [2, 3].map((stream) => normalMatrix(2, 2, 4, stream));
    const changeUnder = (shared: Matrix) => {
      const { before, after } = scoresUnderSharedMap(x, wq, wk, shared);
      return maxDifference(before, after);
    };
    for (const angle of [0.1, 1, 2.5, -0.7]) {
      expect(dotProductError(rotate(angle))).toBeLessThan(1e-14);
      expect(changeUnder(rotate(angle))).toBeLessThan(1e-14);
    }
    expect(dotProductError(shear(0.1))).toBeGreaterThan(0.05);
    expect(changeUnder(stretch(1.5, 1))).toBeGreaterThan(0.1);
  });
});

describe('row 9: cluster separation', () => {
  const { points, labels } = topicClusters();

  it('is worked out by hand for two pairs', () => {
    const pairs = [
      [0, 0],
      [0, 2],
      [4, 0],
      [4, 2],
    ];
    expect(separation(pairs, ['a', 'a', 'b', 'b'])).toEqual({ between: 16, within: 4, ratio: 4 });
    expect(separation(apply(stretch(2, 1), pairs), ['a', 'a', 'b', 'b']).ratio).toBe(16);
  });

  it('splits the whole variance', () => {
    const { between, within } = separation(points, labels);
    const [x, y] = [0, 1].map((axis) => points.reduce((s, p) => s + p[axis], 0) / points.length);
    const total = points.reduce((s, p) => s + (p[0] - x) ** 2 + (p[1] - y) ** 2, 0);
    expect(between + within).toBeCloseTo(total, 11);
  });

  it('ranks the four heads; rotation is worth nothing', () => {
    const ranked = rankHeads(fourHeads, points, labels);
    const ratios = ranked.map((head) => head.separation.ratio);
    expect(ratios).toEqual(ratios.toSorted((a, b) => b - a));
    expect(new Set(ranked.map(({ name }) => name)).size).toBe(4);
    const rotation = ranked.find(({ name }) => name === 'rotate')!;
    expect(rotation.separation.ratio).toBeCloseTo(separation(points, labels).ratio, 12);
    expect(ratios[0]).toBeGreaterThan(rotation.separation.ratio);
  });

  it('has a ceiling that one line reaches and no map passes', () => {
    const ceiling = bestRatio(points, labels);
    const ratioOf = (map: PlaneMap) => separation(apply(map, points), labels).ratio;
    let best = 0;
    for (let i = 0; i < 1800; i++) {
      const angle = (i * Math.PI) / 1800;
      const flat = combine(rotate(angle), stretch(1, 0));
      best = Math.max(best, ratioOf(flat));
      expect(ratioOf(combine(flat, shear(i % 7)))).toBeLessThanOrEqual(ceiling * (1 + 1e-9));
      expect(ratioOf(combine(rotate(angle), stretch(1, (i % 9) - 4)))).toBeLessThanOrEqual(
        ceiling * (1 + 1e-9),
      );
    }
    expect(best).toBeGreaterThan(ceiling * 0.9999);
  });

  it('follows words that have been moved', () => {
    const moved = topicClusters({ jail: [0, 0], cell: [1, 1] });
    expect(moved.points[moved.words.indexOf('jail')]).toEqual([0, 0]);
    expect(moved.words).not.toContain('cell');
  });

  it('mixes heads, one weight each', () => {
    expect(mixHeads(fourHeads, [0, 1, 0, 0])).toEqual(fourHeads[1].map);
    const mixed = mixHeads(fourHeads, [0.5, 0.5, 0, 0]);
    const both = [0, 1].map((i) => apply(fourHeads[i].map, points));
    expectClose(
      apply(mixed, points),
      both[0].map((row, i) => row.map((value, j) => (value + both[1][i][j]) / 2)),
    );
    expect(() => mixHeads(fourHeads, [1])).toThrow(/weights is \[1\]; allowed: 4/);
  });

  it('needs labels of two kinds', () => {
    expect(() => separation([[1, 2]], ['a'])).toThrow(/labels/);
  });
});
