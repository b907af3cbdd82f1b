import { descending, mean, range } from 'd3-array';

export type TokenSide = 'query' | 'key';

export interface TokenRef {
  readonly side: TokenSide;
  readonly index: number;
}

export const isSameToken = (a: TokenRef, b: TokenRef) => a.side === b.side && a.index === b.index;

export const otherTokenSide = (side: TokenSide): TokenSide => (side === 'query' ? 'key' : 'query');

export interface TokenEdge {
  readonly query: number;
  readonly key: number;
  /** Renormalised where keys are hidden. */
  readonly weight: number;
}

export interface Edges {
  /** Strongest first; among equals the lower index. Weights that are not finite come before all. */
  readonly edges: readonly TokenEdge[];
  /** Share of the total weight that they cover; NaN where a weight is not finite, 0 without any weight. */
  readonly share: number;
}

/** What became of a row when keys were hidden. */
export type RowState = 'usual' | 'sees no key' | 'all hidden' | 'not finite';

export interface ShownWeights {
  readonly rows: number;
  readonly columns: number;
  /** Row by row; 0 for hidden keys. */
  readonly values: Float64Array;
  /** Weight that each row had on hidden keys. */
  readonly hiddenMass: Float64Array;
  readonly states: readonly RowState[];
}

/**
 * Twice the float32 rounding error of a log-sum-exp of up to 256, and so of the sum of a row's weights. If a row's sum
 * is further below 1, an attention sink has the rest.
 */
const MAX_SUM_ERROR = 2 ** -16;

/**
 * The weights that softmax would give without the hidden keys: w / (1 − hidden mass), because hiding only removes their
 * terms from its sum. An attention sink keeps its term.
 *
 * @param weights rows × columns, each row summing to 1 minus the weight of a sink, or to 0
 */
export function renormalize(
  weights: Float32Array,
  rows: number,
  columns: number,
  hidden: ReadonlySet<number>,
): ShownWeights {
  const values = Float64Array.from(weights);
  const hiddenMass = new Float64Array(rows);
  const states: RowState[] = [];
  for (let row = 0; row < rows; row++) {
    const shown = values.subarray(row * columns, (row + 1) * columns);
    for (const key of hidden) {
      hiddenMass[row] += shown[key];
      shown[key] = 0;
    }
    // A sum rather than 1 − hidden, which would lose digits where little is left.
    const left = shown.reduce((sum, weight) => sum + weight, 0);
    states.push(stateOf(left, hiddenMass[row]));
    if (states[row] !== 'usual' || hiddenMass[row] === 0) continue;
    const lacking = 1 - left - hiddenMass[row];
    const sink = lacking > MAX_SUM_ERROR ? lacking : 0;
    for (let key = 0; key < columns; key++) shown[key] /= left + sink;
  }
  return { rows, columns, values, hiddenMass, states };
}

function stateOf(left: number, hiddenMass: number): RowState {
  if (!Number.isFinite(left)) return 'not finite';
  if (left > 0) return 'usual';
  return hiddenMass === 0 ? 'sees no key' : 'all hidden';
}

/**
 * The fewest edges of a token that cover at least this share of the weight that it gives (a query) or receives (a key):
 * 0 < mass ≤ 1.
 */
export function edgesOfToken(
  { rows, columns, values }: ShownWeights,
  { side, index }: TokenRef,
  mass: number,
): Edges {
  const all = range(side === 'query' ? columns : rows).map((other) => {
    const [query, key] = side === 'query' ? [index, other] : [other, index];
    return { query, key, weight: values[query * columns + key] };
  });
  const sorted = all.filter(({ weight }) => weight !== 0).sort(byStrength);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  if (!Number.isFinite(total)) return { edges: sorted, share: NaN };
  let covered = 0;
  let count = 0;
  // At 1 all edges, whatever their sum is rounded to.
  while (count < sorted.length && (mass >= 1 || covered < mass * total))
    covered += sorted[count++].weight;
  return { edges: sorted.slice(0, count), share: total > 0 ? covered / total : 0 };
}

/** Every query's edges. Their share is the mean over queries with weights that are finite and not all 0. */
export function edgesOfAll(shown: ShownWeights, mass: number): Edges {
  const each = range(shown.rows).map((index) =>
    edgesOfToken(shown, { side: 'query', index }, mass),
  );
  const usual = each.filter((_, query) => shown.states[query] === 'usual');
  const edges = each.flatMap((own) => own.edges).sort(byStrength);
  return { edges, share: mean(usual, ({ share }) => share) ?? 0 };
}

const byStrength = (a: TokenEdge, b: TokenEdge): number =>
  descending(strengthOf(a.weight), strengthOf(b.weight)) || a.query - b.query || a.key - b.key;

const strengthOf = (weight: number) => (Number.isFinite(weight) ? weight : Infinity);
