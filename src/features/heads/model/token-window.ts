import { range } from 'd3-array';
import type { WeightMap } from '../../../attention/maps/weight-map';
import type { TokenRef, TokenSide } from './token-edges';

export const MAX_WINDOW_QUERIES = 64;
export const MAX_WINDOW_KEYS = 96;
/** Maps up to this length are shown whole. */
export const MAX_WHOLE_LENGTH = 128;

/** Weights between some queries and the keys that they attend to most. */
export interface TokenWindow {
  readonly queries: readonly number[];
  readonly keys: readonly number[];
  /** Queries × keys, row by row. */
  readonly weights: Float32Array;
  /** Mean share of these queries' weight that these keys have. */
  readonly share: number;
}

/**
 * Reads a window of a map: all of a small one; else the queries from `first` on, and the keys that receive the most
 * weight from them in total.
 * @throws what the map throws; the signal's reason.
 */
export async function readTokenWindow(
  map: WeightMap,
  first: number,
  signal?: AbortSignal,
): Promise<TokenWindow> {
  const isWhole = map.rows <= MAX_WHOLE_LENGTH && map.columns <= MAX_WHOLE_LENGTH;
  const rows = isWhole ? map.rows : Math.min(MAX_WINDOW_QUERIES, map.rows);
  const row = isWhole ? 0 : Math.max(0, Math.min(first, map.rows - rows));
  const { columns } = map;
  const region = { row, column: 0, rows, columns, rowsOfCell: 1, columnsOfCell: 1 };
  const { largest: all } = await map.cells(region, { signal });
  const queries = range(row, row + rows);
  const keys = isWhole ? range(columns) : mostAttended(all, columns);
  const weights = Float32Array.from(
    queries.flatMap((_, i) => keys.map((key) => all[i * columns + key])),
  );
  return { queries, keys, weights, share: weights.reduce((a, b) => a + b, 0) / rows };
}

const sideOf = ({ queries, keys }: TokenWindow, side: TokenSide) =>
  side === 'query' ? queries : keys;

/** Positions in the window of those tokens of the map that it contains. */
export const positionsIn = (window: TokenWindow, tokens: readonly TokenRef[]): TokenRef[] =>
  tokens
    .map(({ side, index }) => ({ side, index: sideOf(window, side).indexOf(index) }))
    .filter(({ index }) => index >= 0);

/**
 * The map's tokens that are selected once these positions of the window are: tokens outside of the window stay
 * selected.
 */
export function selectionAfter(
  window: TokenWindow,
  before: readonly TokenRef[],
  positions: readonly TokenRef[],
): TokenRef[] {
  const elsewhere = before.filter(({ side, index }) => !sideOf(window, side).includes(index));
  return [
    ...elsewhere,
    ...positions.map(({ side, index }) => ({ side, index: sideOf(window, side)[index] })),
  ];
}

/** The columns with the largest sums, in their own order. NaN counts as largest, so that it is shown. */
function mostAttended(all: Float32Array, columns: number): number[] {
  const sums = new Float64Array(columns);
  for (let i = 0; i < all.length; i++) sums[i % columns] += all[i];
  const rank = (column: number) => (Number.isNaN(sums[column]) ? Infinity : sums[column]);
  return range(columns)
    .sort((a, b) => rank(b) - rank(a) || a - b)
    .slice(0, MAX_WINDOW_KEYS)
    .sort((a, b) => a - b);
}
