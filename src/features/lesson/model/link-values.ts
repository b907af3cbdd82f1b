import { parseList, parseSigned, parseInteger } from '../../../numeric/parse';
import type { Matrix, Vector } from './matrix';

/** Numbers, matrices and points as links write them; undefined for what is not allowed. */

/** Beyond it, products of products would leave no digits. */
export const MAX_NUMBER = 1e6;
const MAX_MATRIX_SIZE = 64;

/** All digits: a link leads to exactly this state. */
export const writeNumber = (value: number): string => String(value);

export const readNumber = (text: string, min = -MAX_NUMBER, max = MAX_NUMBER): number | undefined =>
  parseSigned(text, min, max);

export const writeVector = (values: Vector): string => values.map(writeNumber).join(',');

export const readVector = (text: string): number[] | undefined =>
  parseList(text, ',', (part) => readNumber(part));

/** Places from 0, ascending: "0,2". */
export const writePositions = (places: readonly number[]): string => places.join(',') || 'none';

export function readPositions(text: string, count: number): number[] | undefined {
  if (text === 'none') return [];
  const places = parseList(text, ',', (part) => parseInteger(part, 0, count - 1));
  return places?.every((place, i) => i === 0 || place > places[i - 1]) ? places : undefined;
}

/** Rows with ";" between them: "1,0;0,1". */
export const writeMatrix = (matrix: Matrix): string => matrix.map(writeVector).join(';');

export function readMatrix(text: string): number[][] | undefined {
  const rows = parseList(text, ';', readVector);
  if (!rows || rows.length > MAX_MATRIX_SIZE || rows[0].length > MAX_MATRIX_SIZE) return undefined;
  return rows.every((row) => row.length === rows[0].length) ? rows : undefined;
}

/** Points by word: "cell:0,2;jail:1,1". */
export const writePoints = (points: Readonly<Record<string, Vector>>): string =>
  Object.entries(points)
    .map(([word, point]) => `${word}:${writeVector(point)}`)
    .join(';') || 'none';

export function readPoints(text: string): Record<string, Vector> | undefined {
  if (text === 'none') return {};
  const entries = parseList(text, ';', (part) => {
    const [word, point, ...rest] = part.split(':');
    const values = point === undefined ? undefined : readVector(point);
    const fits = rest.length === 0 && values?.length === 2 && /^[\p{L}\p{N}\p{M}'’]+$/u.test(word);
    return fits ? ([word, values] as const) : undefined;
  });
  if (!entries) return undefined;
  const different = new Set(entries.map(([word]) => word)).size === entries.length;
  return different ? Object.fromEntries(entries) : undefined;
}

/** Values by place, ascending: "7:0.5;12:-1". */
export const writeOverrides = (edits: Readonly<Record<string, number>>): string =>
  Object.entries(edits)
    .map(([place, value]) => `${place}:${writeNumber(value)}`)
    .join(';') || 'none';

export function readOverrides(text: string, count: number): Record<string, number> | undefined {
  if (text === 'none') return {};
  const edits: Record<string, number> = {};
  for (const part of text.split(';')) {
    const [place, number, ...rest] = part.split(':');
    const value = readNumber(number ?? '');
    const inside = parseInteger(place, 0, count - 1) !== undefined;
    if (!inside || value === undefined || rest.length > 0 || place in edits) return undefined;
    edits[place] = value;
  }
  return edits;
}
