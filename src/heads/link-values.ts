import { readList, readWhole } from '../numeric/number-text';
import type { LinkCell, LinkToken } from './link-state';

/** Cells, tokens and lists as links write them; undefined for what is not allowed. */

export const LARGEST_LENGTH = 2 ** 24;
/** Pins, tokens and keys that a link names: pages keep no more. */
export const MOST_PINS = 64;
export const MOST_LOCKS = 256;
export const MOST_HIDDEN = 1024;

/** To the fourth place: finer than anything on the page shows or can be set to. */
export const writeDecimal = (value: number): string => String(Number(value.toFixed(4)));

export function readCell(text: string): LinkCell | undefined {
  const numbers = readList(text, ':', (part) => readWhole(part, 0, LARGEST_LENGTH - 1));
  if (numbers?.length !== 2) return undefined;
  const [row, column] = numbers;
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
export function readItems<Item>(
  text: string,
  read: (text: string) => Item | undefined,
  most: number,
): readonly Item[] | undefined {
  if (text === 'none') return [];
  const items = readList(text, ',', read);
  if (!items || items.length > most) return undefined;
  return new Set(text.split(',')).size === items.length ? items : undefined;
}
