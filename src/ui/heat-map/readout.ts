import type { Cell } from './scene';

const whole = new Intl.NumberFormat('en-US');

/** "65,536" */
export const formatIndex = (value: number): string => whole.format(value);

/** A weight in three significant figures: "0.234", "3.1e-8", "0", "−0.02", "NaN", "∞". */
export function formatWeight(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size >= 1e-4 && size < 1e6
      ? String(Number(size.toPrecision(digits)))
      : size
          .toExponential(Math.max(0, digits - 1))
          .replace(/\.?0+e/, 'e')
          .replace('e+', 'e');
  return value < 0 ? `−${text}` : text;
}

/** In five letters at most, for a cell: ".039", "8e-5", "1", "−.2". */
export function formatInCell(value: number): string {
  const size = Math.abs(value);
  if (!(size < 1) || size === 0) return formatWeight(value, 2);
  const text = size < 5e-4 ? size.toExponential(0) : size.toFixed(3).replace(/^0|0+$/g, '');
  return value < 0 ? `−${text}` : text;
}

/** Short enough for a tick or a cell: "0.2", ".23", "1e-5". */
export const formatTick = (value: number): string => formatWeight(value, 2);

export type Pool = 'largest' | 'mean';

/** One weight, and what was found about it. */
export interface CellReading extends Cell {
  readonly rowToken?: string;
  readonly columnToken?: string;
  readonly value: number;
  /** 1 for the largest of its row; null for NaN, and for a weight of 0. */
  readonly rank: number | null;
  /** Weights of its row that are not 0. */
  readonly of: number;
}

/** What the CPU says, and how far off the shown value is. */
export interface ReferenceValue {
  readonly value: number;
  readonly error: number;
}

/** A cell that pools several weights. */
export interface BlockReading extends Cell {
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
  { row, column }: Cell,
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
export const referenceText = ({ value, error }: ReferenceValue): string =>
  `CPU ${formatWeight(value, 7)}, ${error === 0 ? 'no difference' : `off by ${formatWeight(error, 1)}`}`;

/** As a person would say it: "Prisoner to Cell, 0.234, rank 2 of 6". */
export const announcement = (cell: CellReading): string =>
  `${spokenPlace(cell)}, ${formatWeight(cell.value)}${rankText(cell)}`;

/** "Prisoner to Cell" */
function spokenPlace({ row, column, rowToken, columnToken }: CellPlace): string {
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

/** How far the visible tiles have come. */
export interface FrameProgress {
  /** 0 to 1: the share of visible rows of cells that are there. */
  readonly fraction: number;
  readonly failed: number;
  /** Coarser cells stand in for some that are not there yet. */
  readonly coarser: boolean;
  /** Cells of the map before it was changed stand in. */
  readonly outdated: boolean;
}

interface Pooling {
  readonly rowsOfCell: number;
  readonly columnsOfCell: number;
  readonly pool: Pool;
}

/** "each cell is one weight", "each cell pools 64 × 64 weights: the largest" */
function poolingText({ rowsOfCell, columnsOfCell, pool }: Pooling): string {
  if (rowsOfCell * columnsOfCell === 1) return 'each cell is one weight';
  const size = `${formatIndex(rowsOfCell)} × ${formatIndex(columnsOfCell)}`;
  return `each cell pools ${size} weights: ${pool === 'largest' ? 'the largest' : 'their mean'}`;
}

/** What the picture is at this moment: exact, or what stands in for it. */
export function statusText(progress: FrameProgress, pooling: Pooling): string {
  const { fraction, failed, coarser, outdated } = progress;
  if (failed > 0) return 'Incomplete: part of this view could not be computed.';
  if (fraction >= 1) return `Exact: ${poolingText(pooling)}.`;
  const percent = Math.floor(100 * fraction);
  if (outdated) return `Out of date: the map before the change is shown, computing… ${percent} %`;
  if (coarser) return `Approximate: coarser cells stand in, computing… ${percent} %`;
  return `Incomplete: computing… ${percent} %; rows not done repeat a neighbour or are hatched.`;
}

/** "3 NaN and 1 infinite cell in view", or nothing. */
export function nonFiniteText(nans: number, infinities: number): string {
  const parts = [
    ...(nans > 0 ? [`${formatIndex(nans)} NaN`] : []),
    ...(infinities > 0 ? [`${formatIndex(infinities)} infinite`] : []),
  ];
  if (parts.length === 0) return '';
  return `${parts.join(' and ')} ${nans + infinities === 1 ? 'cell' : 'cells'} in view.`;
}

/** How a cell's value stands to another's. */
interface PinComparison {
  /** The value less the other's; NaN where one is. */
  readonly difference: number;
  /** The value by the other's; null where that tells nothing: by 0, of what is not finite, of other signs. */
  readonly ratio: number | null;
}

export function comparePins({ value }: CellReading, { value: other }: CellReading): PinComparison {
  const difference = value - other;
  const ratio = value / other;
  const tells = Number.isFinite(difference) && Number.isFinite(ratio) && ratio >= 0;
  return { difference, ratio: tells ? ratio : null };
}

/** "+0.034, × 1.2"; "no difference" */
export function comparisonText({ difference, ratio }: PinComparison): string {
  if (difference === 0) return 'no difference';
  const sign = difference > 0 ? '+' : '';
  return `${sign}${formatWeight(difference)}${ratio === null ? '' : `, × ${formatWeight(ratio)}`}`;
}

/** "Pinned. Prisoner to Cell, 0.234, rank 2 of 6: 0.034 more than Guard to Cell, 1.2 times as much" */
export function pinAnnouncement(cell: CellReading, first: CellReading | null): string {
  const said = `Pinned. ${announcement(cell)}`;
  if (!first) return said;
  const { difference, ratio } = comparePins(cell, first);
  const place = spokenPlace(first);
  if (difference === 0) return `${said}: as much as ${place}`;
  if (Number.isNaN(difference)) return `${said}: no difference to ${place} can be told`;
  const size = `${formatWeight(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'} than ${place}`;
  const times = ratio === null ? '' : `, ${formatWeight(ratio)} times as much`;
  return `${said}: ${size}${times}`;
}
