import type { LinkCell, LinkToken } from './link-state';

/** Numbers and cells as links write them; undefined for what is not allowed. */

export const LARGEST_LENGTH = 2 ** 24;
/** Pins, tokens and keys that a link names: pages keep no more. */
export const MOST_PINS = 64;
export const MOST_LOCKS = 256;
export const MOST_HIDDEN = 1024;

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

/** q3 is the query at 3, k4 the key at 4. */
export function readToken(text: string): LinkToken | undefined {
  const side = text.startsWith('q') ? 'query' : text.startsWith('k') ? 'key' : undefined;
  const index = readWhole(text.slice(1), 0, LARGEST_LENGTH - 1);
  return side && index !== undefined ? { side, index } : undefined;
}

export const writeToken = ({ side, index }: LinkToken): string => `${side[0]}${index}`;

/** Items separated by commas, each once; "none" for none. */
export function readList<Item>(
  text: string,
  read: (text: string) => Item | undefined,
  most: number,
): readonly Item[] | undefined {
  if (text === 'none') return [];
  const texts = text.split(',');
  if (new Set(texts).size < texts.length || texts.length > most) return undefined;
  const items = texts.map(read);
  return items.every((item) => item !== undefined) ? items : undefined;
}
