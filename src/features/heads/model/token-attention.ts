import { formatCount, formatNonFinite } from '../../../numeric/format';
import {
  type Edges,
  type RowState,
  edgesOfAll,
  edgesOfToken,
  renormalize,
  type ShownWeights,
  type TokenRef,
  type TokenSide,
} from './token-edges';

/** "0.30", "0.045", "4e-5": a weight in few characters. */
export function formatShortWeight(weight: number): string {
  if (!Number.isFinite(weight)) return formatNonFinite(weight);
  const size = Math.abs(weight);
  if (size >= 0.0995 || weight === 0) return weight.toFixed(2);
  return size >= 0.00095 ? weight.toFixed(3) : weight.toExponential(0);
}

/** Names for tokens: those that occur more than once carry their position, from 1. */
export function tokenNames(tokens: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return tokens.map((token, i) => {
    const shown = token.trim() === '' ? JSON.stringify(token) : token;
    return counts.get(token)! > 1 ? `${shown} (${i + 1})` : shown;
  });
}

const MAX_LISTED_EDGES = 5;

/** More lines could be neither distinguished nor drawn in time. */
export const MAX_LINES = 20_000;

/** Attention among tokens, with some keys hidden: each token's edges and their descriptions. */
export class TokenAttention {
  readonly names: Readonly<Record<TokenSide, readonly string[]>>;
  /** With no key hidden. */
  readonly stored: ShownWeights;
  shown: ShownWeights;
  all: Edges = { edges: [], share: 0 };
  private hiddenKeys: readonly number[] = [];
  private mass = 1;

  /** @param weights queries × keys, row by row */
  constructor(
    private readonly weights: Float32Array,
    queries: readonly string[],
    keys: readonly string[],
  ) {
    this.names = { query: tokenNames(queries), key: tokenNames(keys) };
    this.stored = renormalize(weights, queries.length, keys.length, new Set());
    this.shown = this.stored;
  }

  /** @param mass The share of a token's weight that its edges cover at least: 0 < mass ≤ 1. */
  show(hiddenKeys: readonly number[], mass: number): void {
    const { rows, columns } = this.stored;
    if (hiddenKeys !== this.hiddenKeys) {
      this.shown = renormalize(this.weights, rows, columns, new Set(hiddenKeys));
    }
    this.hiddenKeys = hiddenKeys;
    this.mass = mass;
    this.all = edgesOfAll(this.shown, mass);
  }

  /** The strongest edges of a token; for a hidden key, those that it had. */
  edgesOf(token: TokenRef): Edges {
    const isHidden = token.side === 'key' && this.hiddenKeys.includes(token.index);
    return edgesOfToken(isHidden ? this.stored : this.shown, token, this.mass);
  }

  weightsOf({ side, index }: TokenRef): number[] {
    const { rows, columns, values } = this.shown;
    return side === 'query'
      ? [...values.subarray(index * columns, (index + 1) * columns)]
      : Array.from({ length: rows }, (_, row) => values[row * columns + index]);
  }

  hasNonFiniteWeight({ side, index }: TokenRef): boolean {
    return side === 'query' && this.stored.states[index] === 'not finite';
  }

  /** "Prisoner attends to: Prisoner 0.30, Cell 0.23, and 4 more." */
  describe(token: TokenRef): string {
    const { side, index } = token;
    const name = this.names[side][index];
    const { edges } = this.edgesOf(token);
    if (side === 'key') {
      if (edges.length === 0) return `${name} is attended to by no query.`;
      const what = this.hiddenKeys.includes(index) ? 'is hidden. It had' : 'is attended to by';
      return `${name} ${what}: ${this.list(edges, 'query')}.`;
    }
    const state = this.shown.states[index];
    const hiddenMass = this.shown.hiddenMass[index];
    if (state === 'sees no key') return `${name} attends to no key: none is visible to it.`;
    if (state === 'all hidden') {
      return `${name}: all of its weight was on hidden keys, so nothing is left to share out.`;
    }
    const problem = state === 'not finite' ? ' Some of its weights are not finite.' : '';
    const hidden = hiddenMass !== 0 ? ` Hidden keys had ${formatShortWeight(hiddenMass)}.` : '';
    return `${name} attends to: ${this.list(edges, 'key')}.${problem}${hidden}`;
  }

  /** @param side The ends that are named. */
  private list(edges: Edges['edges'], side: TokenSide): string {
    const more = edges.length - MAX_LISTED_EDGES;
    const listed = edges
      .slice(0, MAX_LISTED_EDGES)
      .map((edge) => `${this.names[side][edge[side]]} ${formatShortWeight(edge.weight)}`);
    return listed.join(', ') + (more > 0 ? `, and ${more} more` : '');
  }

  /** How many edges there are and what they cover. */
  get summary(): string {
    const { edges, share } = this.all;
    const possible = this.stored.values.reduce((sum, weight) => sum + Number(weight !== 0), 0);
    const cut =
      edges.length > MAX_LINES ? ` The strongest ${formatCount(MAX_LINES)} of them are drawn.` : '';
    const rowsOf = (state: RowState) => this.shown.states.filter((it) => it === state).length;
    const nonFinite = rowsOf('not finite');
    const empty = rowsOf('all hidden');
    return [
      `${formatCount(edges.length)} of ${formatCount(possible)} edges, with ${(100 * share).toFixed(1)}% of the weight.${cut}`,
      ...(empty > 0 ? [`${rowsCalled(empty)} all weight on hidden keys.`] : []),
      ...(nonFinite > 0 ? [`${rowsCalled(nonFinite)} weights that are not finite: dashed.`] : []),
    ].join(' ');
  }
}

const rowsCalled = (count: number) => (count === 1 ? '1 row has' : `${count} rows have`);
