import { least, mean } from 'd3-array';
import { metricDescriptions, type HeadMetrics } from './metrics';

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

/** The others grow with the length, and the cells reflect them already. */
const shareMetrics = metricDescriptions.filter(({ unit }) => unit === '').map(({ id }) => id);

/** Clusters whose average distance is larger than this are different groups. */
export const CLUSTER_DISTANCE = 0.2;

/** Hierarchical clustering with average linkage, cut at a distance. Of ties, the first counts. */
export function clusterHeads(
  heads: readonly HeadFeatures[],
  distance = CLUSTER_DISTANCE,
): HeadClusters {
  if (heads.length === 0) return { order: [], groups: [] };
  const distances = distancesOf(heads);
  /** Of clusters, each named by its first head. */
  const between = distances.map((row) => row.slice());
  const clusters = new Map(
    heads.map((_, i): [number, Cluster] => [i, { leaves: [i], cuts: [[i]] }]),
  );
  while (clusters.size > 1) {
    const [a, b] = nearestClusters([...clusters.keys()], between);
    const isOneGroup = between[a][b] <= distance;
    const [left, right] = [clusters.get(a)!, clusters.get(b)!];
    clusters.delete(b);
    // Average linkage: the merged cluster's distance is the mean over all pairs.
    const [sizeA, sizeB] = [left.leaves.length, right.leaves.length];
    for (const other of clusters.keys()) {
      if (other === a) continue;
      const sum = sizeA * between[a][other] + sizeB * between[b][other];
      between[a][other] = between[other][a] = sum / (sizeA + sizeB);
    }
    clusters.set(a, join(left, right, isOneGroup, distances));
  }
  const [{ leaves, cuts }] = clusters.values();
  return { order: leaves, groups: heads.map((_, i) => cuts.findIndex((cut) => cut.includes(i))) };
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
  const square = mean(shareMetrics, (name) => (a[name] - b[name]) ** 2) ?? 1;
  return Math.min(1, Math.sqrt(square));
}

function distancesOf(heads: readonly HeadFeatures[]): Float64Array[] {
  const distances = heads.map(() => new Float64Array(heads.length));
  heads.forEach((head, a) => {
    for (let b = 0; b < a; b++) {
      distances[a][b] = distances[b][a] = headDistance(head, heads[b]);
    }
  });
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
  clusters: readonly number[],
  between: readonly Float64Array[],
): readonly [number, number] {
  let best: [number, number] = [clusters[0], clusters[1]];
  clusters.forEach((a, i) => {
    for (let j = i + 1; j < clusters.length; j++) {
      const b = clusters[j];
      if (between[a][b] < between[best[0]][best[1]]) best = [a, b];
    }
  });
  return best;
}

/** Joins two clusters, reversing either so that the most similar ends meet. */
function join(
  left: Cluster,
  right: Cluster,
  isOneGroup: boolean,
  distances: readonly Float64Array[],
): Cluster {
  const bothWays = ({ leaves, cuts }: Cluster): Cluster[] => [
    { leaves, cuts },
    { leaves: leaves.toReversed(), cuts: cuts.toReversed() },
  ];
  const pairs = bothWays(left).flatMap((first) => bothWays(right).map((second) => [first, second]));
  const [first, second] = least(
    pairs,
    ([{ leaves }, other]) => distances[leaves.at(-1)!][other.leaves[0]],
  )!;
  const leaves = [...first.leaves, ...second.leaves];
  // Merge distances never decrease with average linkage, so one group was one group on both sides.
  return { leaves, cuts: isOneGroup ? [leaves] : [...first.cuts, ...second.cuts] };
}
