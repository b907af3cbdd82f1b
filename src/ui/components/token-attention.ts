import {
  edgesOfAll,
  edgesOfKey,
  edgesOfQuery,
  renormalize,
  type Edges,
  type ShownWeights,
} from './token-edges';
import type { TokenRef, TokenSide } from './token-ref';
import { describeKey, describeQuery, formatShareOf, tokenNames } from './token-words';

/** More lines than these would be neither seen nor drawn in time. */
export const MOST_LINES = 20_000;

const whole = (count: number) => count.toLocaleString('en-US');

/** Attention among tokens, with some keys hidden: each token's edges, and what is said of them. */
export class TokenAttention {
  /** Tokens as they are spoken of. */
  readonly names: Readonly<Record<TokenSide, readonly string[]>>;
  /** With no key hidden. */
  readonly stored: ShownWeights;
  shown: ShownWeights;
  /** Of every query. */
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

  /** @param mass The share of a token's weight that its edges hold at least: 0 < mass ≤ 1. */
  show(hiddenKeys: readonly number[], mass: number): void {
    const { rows, columns } = this.stored;
    if (hiddenKeys !== this.hiddenKeys) {
      this.shown = renormalize(this.weights, rows, columns, new Set(hiddenKeys));
    }
    this.hiddenKeys = hiddenKeys;
    this.mass = mass;
    this.all = edgesOfAll(this.shown, mass);
  }

  /** The strongest edges of a token; of a hidden key, those that it had. */
  edgesOf({ side, index }: TokenRef): Edges {
    if (side === 'query') return edgesOfQuery(this.shown, index, this.mass);
    const isHidden = this.hiddenKeys.includes(index);
    return edgesOfKey(isHidden ? this.stored : this.shown, index, this.mass);
  }

  /** All weights between a token and those of the other side. */
  weightsOf({ side, index }: TokenRef): number[] {
    const { rows, columns, values } = this.shown;
    return side === 'query'
      ? [...values.subarray(index * columns, (index + 1) * columns)]
      : Array.from({ length: rows }, (_, row) => values[row * columns + index]);
  }

  /** Whether some of its weights were not finite to begin with. */
  isStrange({ side, index }: TokenRef): boolean {
    return side === 'query' && this.stored.states[index] === 'not finite';
  }

  /** A token and its edges, in a sentence. */
  tell(token: TokenRef): string {
    const { names, shown } = this;
    const { side, index } = token;
    const name = names[side][index];
    const edges = this.edgesOf(token);
    return side === 'query'
      ? describeQuery(name, edges, names.key, shown.states[index], shown.hiddenMass[index])
      : describeKey(name, edges, names.query, this.hiddenKeys.includes(index));
  }

  /** All edges, in numbers. */
  get summary(): string {
    const { edges, share } = this.all;
    const possible = this.stored.values.reduce((sum, weight) => sum + Number(weight !== 0), 0);
    const cut =
      edges.length > MOST_LINES ? ` The strongest ${whole(MOST_LINES)} of them are drawn.` : '';
    const rowsOf = (wanted: string) => this.shown.states.filter((it) => it === wanted).length;
    const strange = rowsOf('not finite');
    const empty = rowsOf('all hidden');
    return [
      `${whole(edges.length)} of ${whole(possible)} edges, with ${formatShareOf(share)} of the weight.${cut}`,
      ...(empty > 0 ? [`${rowsCalled(empty)} all weight on hidden keys.`] : []),
      ...(strange > 0 ? [`${rowsCalled(strange)} weights that are not finite: dashed.`] : []),
    ].join(' ');
  }
}

const rowsCalled = (count: number) => (count === 1 ? '1 row has' : `${count} rows have`);
