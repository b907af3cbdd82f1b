import { sum } from 'd3-array';
import { InputError } from '../../../../attention/input-error';
import { apply, combine, type PlaneMap, rotate, shear, stretch } from '../../model/linear-map';
import { distance, type Matrix, mean, subtract, weightedSum } from '../../model/matrix';
import { type PointOverrides, placedWords, pointOf, type Topic } from '../../model/word-points';

/** The topics' words in the plane. */
export interface Clusters {
  readonly words: readonly string[];
  readonly points: Matrix;
  readonly labels: readonly Topic[];
}

export function topicClusters(moved: PointOverrides = {}): Clusters {
  const words = placedWords.filter(({ topic }) => topic !== 'none');
  return {
    words: words.map(({ word }) => word),
    points: words.map((word) => pointOf(word, moved)),
    labels: words.map(({ topic }) => topic as Topic),
  };
}

/** The points of each label, and their mean. */
export const groupsOf = <Label extends string>(points: Matrix, labels: readonly Label[]) =>
  [...new Set(labels)].map((label) => {
    const own = points.filter((_, i) => labels[i] === label);
    return { label, own, centre: mean(own) };
  });

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
  const groups = groupsOf(points, labels);
  if (labels.length !== points.length || groups.length < 2) {
    throw new InputError('labels', labels, `${points.length}, one a point, of two kinds or more`);
  }
  const middle = mean(points);
  const between = sum(groups, ({ own, centre }) => own.length * distance(centre, middle) ** 2);
  const within = sum(groups, ({ own, centre }) => sum(own, (one) => distance(one, centre) ** 2));
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

/**
 * The largest ratio that any map of the plane reaches: that of the line on which the clusters are best
 * separated (Fisher's discriminant), the larger root of det(between − λ·within) = 0 with scatters as
 * matrices. NaN if the words of each cluster lie on one line.
 */
export function bestRatio(points: Matrix, labels: readonly string[]): number {
  const middle = mean(points);
  const groups = groupsOf(points, labels);
  const within = scatter(
    groups.flatMap(({ own, centre }) => own.map((point) => subtract(point, centre))),
  );
  const between = scatter(
    groups.flatMap(({ own, centre }) => own.map(() => subtract(centre, middle))),
  );
  const area = within.xx * within.yy - within.xy ** 2;
  const half =
    (between.xx * within.yy + between.yy * within.xx - 2 * between.xy * within.xy) / (2 * area);
  const product = (between.xx * between.yy - between.xy ** 2) / area;
  return half + Math.sqrt(Math.max(0, half ** 2 - product));
}

/** Σ of outer products: a symmetric matrix of 2 × 2. */
const scatter = (points: Matrix) => ({
  xx: sum(points, ([x]) => x * x),
  xy: sum(points, ([x, y]) => x * y),
  yy: sum(points, ([, y]) => y * y),
});

/**
 * Σ wᵢ·headᵢ: mixing weights for the heads' maps. Concatenation and an output matrix W_O do more (each value
 * of each head gets a weight of its own); this is W_O with one number a head.
 */
export function mixHeads(heads: readonly Head[], weights: readonly number[]): PlaneMap {
  if (weights.length !== heads.length) {
    throw new InputError('weights', weights, `${heads.length}, one per head`);
  }
  const rows = [0, 1].map((row) =>
    weightedSum(
      weights,
      heads.map(({ map }) => map[row]),
    ),
  );
  return rows as unknown as PlaneMap;
}
