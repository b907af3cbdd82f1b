import type { HeadMetrics, MetricName } from './metrics';

/** What of a head is held against another's. */
export interface HeadFeatures {
  /** Mean weights of the map's cells, the same cells for all heads. */
  readonly cells: Float32Array;
  readonly metrics: HeadMetrics;
}

export interface HeadClusters {
  /** All heads, like beside like. */
  readonly order: readonly number[];
  /** Number of each head's group, from 0 in the order's first to the last. */
  readonly groups: readonly number[];
}

/** Metrics that lie between 0 and 1; the others grow with the length, and the cells tell of them. */
const FRACTION_METRICS: readonly MetricName[] = [
  'diagonal',
  'previous',
  'first',
  'induction',
  'evenness',
  'sparsity',
];

/** Heads that are further apart than this on average are of different groups. */
export const CLUSTER_DISTANCE = 0.2;

/**
 * Order and groups of heads by likeness: hierarchical clustering with average linkage, cut at a distance.
 * Nothing is left to chance: the same heads in the same order give the same answer.
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

/** Half the distance of the maps and half that of the metrics; 0 for the same, 1 at most. */
export function headDistance(a: HeadFeatures, b: HeadFeatures): number {
  return (mapDistance(a.cells, b.cells) + metricDistance(a.metrics, b.metrics)) / 2;
}

/**
 * Hellinger's: √(1 − Σ √(p q)) of weights that sum to 1. What is NaN is like nothing.
 */
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

/** Root mean square over what both heads have. */
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
  /** Heads, like beside like. */
  readonly leaves: readonly number[];
  /** The same, group by group. */
  readonly cuts: readonly (readonly number[])[];
}

/** The two clusters that are closest; the first of equals. */
function nearestClusters(
  clusters: readonly (Cluster | undefined)[],
  between: Float64Array,
  count: number,
): [number, number] {
  let best: [number, number] = [-1, -1];
  let least = Infinity;
  for (let a = 0; a < count; a++) {
    if (!clusters[a]) continue;
    for (let b = a + 1; b < count; b++) {
      if (!clusters[b] || between[a * count + b] >= least) continue;
      least = between[a * count + b];
      best = [a, b];
    }
  }
  return best;
}

/** Average linkage: the mean over all pairs, as the merged cluster has them. */
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

/** Turns either so that the ends that meet are the most alike. */
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
  let least = Infinity;
  for (const first of [left, turned(left)]) {
    for (const second of [right, turned(right)]) {
      const apart = distances[first.leaves.at(-1)! * count + second.leaves[0]];
      if (apart >= least) continue;
      least = apart;
      best = [first, second];
    }
  }
  const [first, second] = best;
  const leaves = [...first.leaves, ...second.leaves];
  // Average linkage never joins nearer than it has joined before: what is one group was one on both sides.
  return { leaves, cuts: oneGroup ? [leaves] : [...first.cuts, ...second.cuts] };
}
