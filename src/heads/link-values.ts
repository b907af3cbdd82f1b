import { readList, readWhole } from '../numeric/number-text';
import type { LinkCell } from './link-state';

/** Cells and their lists as links write them; undefined for what is not allowed. */

export const LARGEST_LENGTH = 2 ** 24;
export const MOST_PINS = 16;

/** To the fourth place: finer than anything on the page shows or can be set to. */
export const writeDecimal = (value: number): string => String(Number(value.toFixed(4)));

export function readCell(text: string): LinkCell | undefined {
  const numbers = readList(text, ':', (part) => readWhole(part, 0, LARGEST_LENGTH - 1));
  if (numbers?.length !== 2) return undefined;
  const [row, column] = numbers;
  return { row, column };
}

export const writeCell = ({ row, column }: LinkCell): string => `${row}:${column}`;

export function readPins(text: string): readonly LinkCell[] | undefined {
  if (text === 'none') return [];
  const cells = readList(text, ',', readCell);
  if (!cells || cells.length > MOST_PINS) return undefined;
  return new Set(text.split(',')).size === cells.length ? cells : undefined;
}
