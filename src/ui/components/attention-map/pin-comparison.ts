import { formatWeight } from './numbers';
import { type CellReading, announcement, spokenPlace } from './readout';

/** How a cell's value stands to another's. */
export interface PinComparison {
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
