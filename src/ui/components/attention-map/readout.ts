import { formatIndex, formatWeight } from './numbers';
import type { Place } from './scene';

export type Pool = 'largest' | 'mean';

/** One weight, and what was found about it. */
export interface CellReading extends Place {
  readonly rowToken?: string;
  readonly columnToken?: string;
  readonly value: number;
  /** 1 for the largest of its row; null for NaN, and for a weight of 0. */
  readonly rank: number | null;
  /** Weights of its row that are not 0. */
  readonly of: number;
}

/** What the CPU says, and how far off the shown value is. */
export interface Traced {
  readonly value: number;
  readonly error: number;
}

/** A cell that pools several weights. */
export interface BlockReading extends Place {
  readonly rows: number;
  readonly columns: number;
  readonly pool: Pool;
  readonly value: number;
}

/**
 * Where a weight stands in its row, by size (by magnitude, for differences): 1 for the largest.
 * Equal weights share the better rank. Hidden weights, which are 0, do not count.
 */
export function rankOf(row: Float32Array, column: number): { rank: number | null; of: number } {
  const size = Math.abs(row[column]);
  let [larger, of] = [0, 0];
  for (const weight of row) {
    if (weight === 0 || Number.isNaN(weight)) continue;
    of++;
    if (Math.abs(weight) > size) larger++;
  }
  return { rank: size > 0 ? larger + 1 : null, of };
}

/** A weight's place with the words that stand there. */
export const withTokens = (
  { row, column }: Place,
  tokens: { readonly rowTokens: readonly string[]; readonly columnTokens: readonly string[] },
) => ({
  row,
  column,
  rowToken: tokens.rowTokens[row],
  columnToken: tokens.columnTokens[column],
});

const quoted = (kind: string, index: number, token?: string): string =>
  token === undefined
    ? `${kind} ${formatIndex(index)}`
    : `${kind} ${formatIndex(index)} ‘${token}’`;

const rankText = ({ rank, of }: CellReading): string =>
  rank === null ? '' : `, rank ${formatIndex(rank)} of ${formatIndex(of)}`;

/** "query 12 ‘Prisoner’ → key 31 ‘Cell’" */
export const placeText = ({ row, column, rowToken, columnToken }: CellPlace): string =>
  `${quoted('query', row, rowToken)} → ${quoted('key', column, columnToken)}`;

type CellPlace = Pick<CellReading, 'row' | 'column' | 'rowToken' | 'columnToken'>;

/** "0.234, rank 2 of 6" */
export const valueText = (cell: CellReading): string =>
  `${formatWeight(cell.value)}${rankText(cell)}`;

/** "CPU 0.2340001, off by 3e-8" */
export const tracedText = ({ value, error }: Traced): string =>
  `CPU ${formatWeight(value, 7)}, ${error === 0 ? 'no difference' : `off by ${formatWeight(error, 1)}`}`;

/** As a person would say it: "Prisoner to Cell, 0.234, rank 2 of 6". */
export const announcement = (cell: CellReading): string =>
  `${spokenPlace(cell)}, ${formatWeight(cell.value)}${rankText(cell)}`;

/** "Prisoner to Cell" */
export function spokenPlace({ row, column, rowToken, columnToken }: CellPlace): string {
  return `${rowToken ?? `query ${row}`} to ${columnToken ?? `key ${column}`}`;
}

const rangeText = (kind: string, plural: string, first: number, count: number): string =>
  count === 1
    ? `${kind} ${formatIndex(first)}`
    : `${plural} ${formatIndex(first)} to ${formatIndex(first + count - 1)}`;

/** "queries 64 to 127, keys 0 to 63" */
export const blockPlaceText = ({ row, column, rows, columns }: BlockReading): string =>
  `${rangeText('query', 'queries', row, rows)}, ${rangeText('key', 'keys', column, columns)}`;

/** "0.234, the largest of 64 × 64 weights" */
export const blockValueText = ({ rows, columns, pool, value }: BlockReading): string =>
  `${formatWeight(value)}, the ${pool} of ${formatIndex(rows)} × ${formatIndex(columns)} weights`;

/** "Queries 64 to 127, keys 0 to 63: largest 0.234" */
export const blockAnnouncement = (block: BlockReading): string =>
  `${blockPlaceText(block)}: ${block.pool} ${formatWeight(block.value)}`;
