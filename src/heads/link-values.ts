import type { LinkCell } from './link-state';

/** Numbers and cells as links write them; undefined for what is not allowed. */

export const LARGEST_LENGTH = 2 ** 24;
export const MOST_PINS = 16;

/** Digits only: "1e3", "0x10", "+1", "1.0" and "" are no whole numbers in a link. */
export function readWhole(text: string, min: number, max: number): number | undefined {
  if (!/^(0|[1-9]\d*)$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

export function readDecimal(text: string, min: number, max: number): number | undefined {
  if (!/^(0|[1-9]\d*)(\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

/** To the fourth place: finer than anything on the page shows or can be set to. */
export const writeDecimal = (value: number): string => String(Number(value.toFixed(4)));

export function readCell(text: string): LinkCell | undefined {
  const numbers = text.split(':').map((part) => readWhole(part, 0, LARGEST_LENGTH - 1));
  const [row, column] = numbers;
  if (numbers.length !== 2 || row === undefined || column === undefined) return undefined;
  return { row, column };
}

export const writeCell = ({ row, column }: LinkCell): string => `${row}:${column}`;

export function readPins(text: string): readonly LinkCell[] | undefined {
  if (text === 'none') return [];
  const cells = text.split(',').map(readCell);
  const different = new Set(text.split(',')).size === cells.length;
  if (!different || cells.length > MOST_PINS) return undefined;
  return cells.every((cell) => cell !== undefined) ? cells : undefined;
}
