import type { HeadMetrics, MetricName } from './metrics';

export interface HeadFeatures {
  /** Mean weights of the map's cells, the same cells for all heads. */
  readonly cells: Float32Array;
  readonly metrics: HeadMetrics;
}

export interface HeadClusters {
  /** All heads, similar ones next to each other. */
  readonly order: readonly number[];
  /** Each head's group, numbered from 0 along the order. */
  readonly groups: readonly number[];
}

/** Metrics between 0 and 1. The others grow with the length, and the cells reflect them already. */
const FRACTION_METRICS: readonly MetricName[] = [
  'diagonal',
  'previous',
  'first',
  'induction',
  'evenness',
  'sparsity',
];

/** Clusters whose average distance is larger than this are different groups. */
export const CLUSTER_DISTANCE = 0.2;

/**
 * Hierarchical clustering of heads with average linkage, cut at a distance. Deterministic: ties go to the first.
 */
export function clusterHeads(
  heads: readonly HeadFeatures[],
  distance = CLUSTER_DISTANCE,
): HeadClusters {
  const count = heads.length;
  if (count === 0) return { order: [], groups: [] };
  const distances = distancesOf(heads);
  const between = distances.slice();
  const clusters: (Cluster | undefined)[] = heads.map((_, i) => ({ leaves: [i], cuts: [[i]] }));
  for (let merges = 1; merges < count; merges++) {
    const [a, b] = nearestClusters(clusters, between, count);
    const apart = between[a * count + b];
    const [left, right] = [clusters[a]!, clusters[b]!];
    mergeDistances(between, clusters, count, a, b);
    clusters[a] = join(left, right, apart <= distance, distances, count);
    clusters[b] = undefined;
  }
  const { leaves, cuts } = clusters.find((cluster) => cluster !== undefined)!;
  const groups = Array.from({ length: count }, () => 0);
  cuts.forEach((cut, group) => cut.forEach((head) => (groups[head] = group)));
  return { order: leaves, groups };
}

/** Mean of the distances of maps and of metrics: 0 for equal heads, at most 1. */
export function headDistance(a: HeadFeatures, b: HeadFeatures): number {
  return (mapDistance(a.cells, b.cells) + metricDistance(a.metrics, b.metrics)) / 2;
}

/** Hellinger distance √(1 − Σ √(p q)) of maps normalised to sum 1; 1 where a weight is NaN. */
function mapDistance(a: Float32Array, b: Float32Array): number {
  let products = 0;
  let sumA = 0;
  let sumB = 0;
  for (let i = 0; i < a.length; i++) {
    sumA += a[i];
    sumB += b[i];
    products += Math.sqrt(a[i] * b[i]);
  }
  if (sumA === 0 && sumB === 0) return 0;
  const overlap = products / Math.sqrt(sumA * sumB);
  return Number.isFinite(overlap) ? Math.sqrt(Math.max(0, 1 - overlap)) : 1;
}

/** Root mean square difference of the metrics that both heads have. */
function metricDistance(a: HeadMetrics, b: HeadMetrics): number {
  let squares = 0;
  let counted = 0;
  for (const name of FRACTION_METRICS) {
    const difference = a[name] - b[name];
    if (Number.isNaN(difference)) continue;
    squares += difference * difference;
    counted++;
  }
  return counted > 0 ? Math.min(1, Math.sqrt(squares / counted)) : 1;
}

function distancesOf(heads: readonly HeadFeatures[]): Float64Array {
  const count = heads.length;
  const distances = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      const apart = headDistance(heads[a], heads[b]);
      distances[a * count + b] = apart;
      distances[b * count + a] = apart;
    }
  }
  return distances;
}

interface Cluster {
  /** Heads, similar ones next to each other. */
  readonly leaves: readonly number[];
  /** The same heads, group by group. */
  readonly cuts: readonly (readonly number[])[];
}

/** The closest two clusters; the first of equals. */
function nearestClusters(
  clusters: readonly (Cluster | undefined)[],
  between: Float64Array,
  count: number,
): [number, number] {
  let best: [number, number] = [-1, -1];
  let minimum = Infinity;
  for (let a = 0; a < count; a++) {
    if (!clusters[a]) continue;
    for (let b = a + 1; b < count; b++) {
      if (!clusters[b] || between[a * count + b] >= minimum) continue;
      minimum = between[a * count + b];
      best = [a, b];
    }
  }
  return best;
}

/** Average linkage: the merged cluster's distance is the mean over all pairs. */
function mergeDistances(
  between: Float64Array,
  clusters: readonly (Cluster | undefined)[],
  count: number,
  a: number,
  b: number,
): void {
  const sizeA = clusters[a]!.leaves.length;
  const sizeB = clusters[b]!.leaves.length;
  for (let other = 0; other < count; other++) {
    if (other === a || other === b || !clusters[other]) continue;
    const sum = sizeA * between[a * count + other] + sizeB * between[b * count + other];
    between[a * count + other] = sum / (sizeA + sizeB);
    between[other * count + a] = between[a * count + other];
  }
}

/** Joins two clusters, reversing either so that the most similar ends meet. */
function join(
  left: Cluster,
  right: Cluster,
  oneGroup: boolean,
  distances: Float64Array,
  count: number,
): Cluster {
  const turned = ({ leaves, cuts }: Cluster): Cluster => ({
    leaves: leaves.toReversed(),
    cuts: cuts.toReversed(),
  });
  let best: [Cluster, Cluster] = [left, right];
  let minimum = Infinity;
  for (const first of [left, turned(left)]) {
    for (const second of [right, turned(right)]) {
      const apart = distances[first.leaves.at(-1)! * count + second.leaves[0]];
      if (apart >= minimum) continue;
      minimum = apart;
      best = [first, second];
    }
  }
  const [first, second] = best;
  const leaves = [...first.leaves, ...second.leaves];
  // Merge distances never decrease with average linkage, so one group was one group on both sides.
  return { leaves, cuts: oneGroup ? [leaves] : [...first.cuts, ...second.cuts] };
}
