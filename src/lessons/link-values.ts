import type { Matrix, Vector } from './matrix';

/** Numbers and matrices as links write them; undefined for what is not allowed. */

/** Beyond it, products of products would leave no digits. */
export const LARGEST_NUMBER = 1e6;
const LARGEST_MATRIX = 64;

/** All digits: a link leads to exactly this state. */
export const writeNumber = (value: number): string => String(value);

export function readNumber(
  text: string,
  least = -LARGEST_NUMBER,
  most = LARGEST_NUMBER,
): number | undefined {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?(e-?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}

export function readWhole(text: string, least: number, most: number): number | undefined {
  return /^(0|[1-9]\d*)$/.test(text) ? readNumber(text, least, most) : undefined;
}

export const writeVector = (values: Vector): string => values.map(writeNumber).join(',');

export function readVector(text: string): number[] | undefined {
  const values = text.split(',').map((part) => readNumber(part));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** Places from 0, ascending: "0,2". */
export const writePlaces = (places: readonly number[]): string => places.join(',') || 'none';

export function readPlaces(text: string, most: number): number[] | undefined {
  if (text === 'none') return [];
  const places = text.split(',').map((part) => readWhole(part, 0, most - 1));
  const ascending = places.every((place, i) => i === 0 || Number(place) > Number(places[i - 1]));
  return ascending && places.every((place) => place !== undefined) ? places : undefined;
}

/** Rows with ";" between them: "1,0;0,1". */
export const writeMatrix = (matrix: Matrix): string => matrix.map(writeVector).join(';');

export function readMatrix(text: string): number[][] | undefined {
  const rows = text.split(';').map(readVector);
  const [first] = rows;
  if (!first || rows.length > LARGEST_MATRIX || first.length > LARGEST_MATRIX) return undefined;
  return rows.every((row) => row?.length === first.length) ? (rows as number[][]) : undefined;
}

/** Points by word: "cell:0,2;jail:1,1". */
export const writePoints = (points: Readonly<Record<string, Vector>>): string =>
  Object.entries(points)
    .map(([word, point]) => `${word}:${writeVector(point)}`)
    .join(';') || 'none';

export function readPoints(text: string): Record<string, Vector> | undefined {
  if (text === 'none') return {};
  const entries = text.split(';').map((part) => {
    const [word, point, ...rest] = part.split(':');
    const values = point === undefined ? undefined : readVector(point);
    const fits = rest.length === 0 && values?.length === 2 && /^[\p{L}\p{N}\p{M}'’]+$/u.test(word);
    return fits ? ([word, values] as const) : undefined;
  });
  if (!entries.every((entry) => entry !== undefined)) return undefined;
  const different = new Set(entries.map(([word]) => word)).size === entries.length;
  return different ? (Object.fromEntries(entries) as Record<string, Vector>) : undefined;
}

/** Values by place, ascending: "7:0.5;12:-1". */
export const writeEdits = (edits: Readonly<Record<string, number>>): string =>
  Object.entries(edits)
    .map(([place, value]) => `${place}:${writeNumber(value)}`)
    .join(';') || 'none';

export function readEdits(text: string, places: number): Record<string, number> | undefined {
  if (text === 'none') return {};
  const edits: Record<string, number> = {};
  for (const part of text.split(';')) {
    const [place, number, ...rest] = part.split(':');
    const value = readNumber(number ?? '');
    const inside = readWhole(place, 0, places - 1) !== undefined;
    if (!inside || value === undefined || rest.length > 0 || place in edits) return undefined;
    edits[place] = value;
  }
  return edits;
}
