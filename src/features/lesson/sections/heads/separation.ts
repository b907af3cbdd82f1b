import { InputError } from '../../../../attention/input-error';
import { apply, combine, type PlaneMap, rotate, shear, stretch } from '../../model/linear-map';
import { distance, type Matrix, mean, subtract } from '../../model/matrix';
import { type PointOverrides, placedWords, type Topic } from '../../model/word-points';

export interface Separation {
  /** Σ over clusters of size · ‖its mean − the mean of all‖² */
  readonly between: number;
  /** Σ over points of ‖point − its cluster's mean‖² */
  readonly within: number;
  /** between / within. Rotating the plane or scaling it uniformly changes nothing. */
  readonly ratio: number;
}

/** @throws InputError unless there is one label a point and two clusters or more. */
export function separation(points: Matrix, labels: readonly string[]): Separation {
  const names = [...new Set(labels)];
  if (labels.length !== points.length || names.length < 2) {
    throw new InputError('labels', labels, `${points.length}, one a point, of two kinds or more`);
  }
  const centre = mean(points);
  let [between, within] = [0, 0];
  for (const name of names) {
    const cluster = points.filter((_, i) => labels[i] === name);
    const own = mean(cluster);
    between += cluster.length * distance(own, centre) ** 2;
    for (const point of cluster) within += distance(point, own) ** 2;
  }
  return { between, within, ratio: between / within };
}

export interface Head {
  readonly name: string;
  readonly map: PlaneMap;
}

/** The deck's four kinds of map, with numbers chosen here. */
export const fourHeads: readonly Head[] = [
  { name: 'shear', map: shear(0.9) },
  { name: 'stretch', map: stretch(1.8, 0.6) },
  { name: 'rotate', map: rotate(Math.PI / 5) },
  { name: 'combine', map: combine(rotate(Math.PI / 6), stretch(0.6, 1.7), shear(-0.4)) },
];

export interface RankedHead extends Head {
  readonly separation: Separation;
}

/** Heads by how well they separate the clusters, best first; ties keep their order. */
export const rankHeads = (
  heads: readonly Head[],
  points: Matrix,
  labels: readonly string[],
): RankedHead[] =>
  heads
    .map((head) => ({ ...head, separation: separation(apply(head.map, points), labels) }))
    .sort((a, b) => b.separation.ratio - a.separation.ratio);

export function topicClusters(moved: PointOverrides = {}): {
  words: string[];
  points: Matrix;
  labels: Topic[];
} {
  const words = placedWords.filter((one) => one.topic !== 'none');
  return {
    words: words.map(({ word }) => word),
    points: words.map(({ word, point }) => (Object.hasOwn(moved, word) ? moved[word] : point)),
    labels: words.map(({ topic }) => topic as Topic),
  };
}

/**
 * The largest ratio that any map of the plane reaches: that of the line on which the clusters are best
 * separated (Fisher's discriminant), the larger root of det(between − λ·within) = 0 with scatters as
 * matrices. NaN if the words of each cluster lie on one line.
 */
export function bestRatio(points: Matrix, labels: readonly string[]): number {
  const centre = mean(points);
  const means = new Map(
    [...new Set(labels)].map((name) => [name, mean(points.filter((_, i) => labels[i] === name))]),
  );
  const within = scatter(points.map((point, i) => subtract(point, means.get(labels[i])!)));
  const between = scatter(labels.map((label) => subtract(means.get(label)!, centre)));
  const area = within.xx * within.yy - within.xy ** 2;
  const half =
    (between.xx * within.yy + between.yy * within.xx - 2 * between.xy * within.xy) / (2 * area);
  const product = (between.xx * between.yy - between.xy ** 2) / area;
  return half + Math.sqrt(Math.max(0, half ** 2 - product));
}

/** Σ of outer products: a symmetric matrix of 2 × 2. */
const scatter = (points: Matrix) => ({
  xx: points.reduce((sum, [x]) => sum + x * x, 0),
  xy: points.reduce((sum, [x, y]) => sum + x * y, 0),
  yy: points.reduce((sum, [, y]) => sum + y * y, 0),
});

/**
 * Σ wᵢ·headᵢ: mixing weights for the heads' maps. Concatenation and an output matrix W_O do more (each value
 * of each head gets a weight of its own); this is W_O with one number a head.
 */
export function mixHeads(heads: readonly Head[], weights: readonly number[]): PlaneMap {
  if (weights.length !== heads.length) {
    throw new InputError('weights', weights, `${heads.length}, one per head`);
  }
  const entry = (row: 0 | 1, column: 0 | 1) =>
    heads.reduce((sum, { map }, i) => sum + weights[i] * map[row][column], 0);
  return [
    [entry(0, 0), entry(0, 1)],
    [entry(1, 0), entry(1, 1)],
  ];
}
