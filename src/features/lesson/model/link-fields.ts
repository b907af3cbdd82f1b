import { fieldMakers, type LinkField } from '../../../numeric/url-state';
import { parseInteger, parseList, parseSigned } from '../../../numeric/parse';
import { MAX_NUMBER, type Matrix, type Vector } from './matrix';
import { MAX_WORDS } from './sentence';
import type { LessonState } from './state';

/** A field of the lesson's link. This file makes them, and reads and writes their values. */
export type LessonField = LinkField<LessonState>;

const makers = fieldMakers<LessonState>();
export const { field, choice, whole, number, orNull } = makers;

export const yesNo = (name: string, key: Parameters<typeof makers.flag>[1]): LessonField =>
  makers.flag(name, key, ['yes', 'no'], { allowed: 'yes or no' });

export const MAX_TEXT_LENGTH = 1000;

/** A text that `check` takes without an error. */
export function text(
  name: string,
  key: 'context' | 'target' | 'message' | 'keyword',
  check: (text: string) => unknown,
  allowed: string,
): LessonField {
  const read = (given: string) => {
    try {
      check(given);
      return given.length <= MAX_TEXT_LENGTH ? given : undefined;
    } catch {
      return undefined;
    }
  };
  return field({ name, key, read, write: (given) => given, allowed });
}

export const WORDS_ALLOWED = `1 to ${MAX_WORDS} words`;

export const vector = (
  name: string,
  key: 'a' | 'b' | 'mix',
  length: number,
  allowed: string,
): LessonField => field({ name, key, read: readVectorOf(length), write: writeVector, allowed });

/** Ascending positions from 0, below `count`: "0,2". */
export function positions(
  name: string,
  key: 'hidden' | 'excluded' | 'extraColumns',
  count: number,
  allowed: string,
): LessonField {
  const read = (given: string) => {
    if (given === 'none') return [];
    const values = parseList(given, ',', (part) => parseInteger(part, 0, count - 1));
    return values?.every((value, i) => i === 0 || value > values[i - 1]) ? values : undefined;
  };
  return field({ name, key, read, write: (values) => values.join(',') || 'none', allowed });
}

const readNumber = (given: string) => parseSigned(given, -MAX_NUMBER, MAX_NUMBER);

const readVector = (given: string) => parseList(given, ',', readNumber);

function readVectorOf(length: number) {
  return (given: string): Vector | undefined => {
    const values = readVector(given);
    return values?.length === length ? values : undefined;
  };
}

/** With all digits, so that a link leads to exactly this state. */
const writeVector = (values: Vector): string => values.map(String).join(',');

const MAX_MATRIX_SIZE = 64;

export const matrixAllowed = `rows of numbers up to ${MAX_NUMBER} in size, as in 1,0;0,1`;

/** Rows with ";" between them: "1,0;0,1". */
export const writeMatrix = (matrix: Matrix): string => matrix.map(writeVector).join(';');

export function readMatrix(given: string): number[][] | undefined {
  const rows = parseList(given, ';', readVector);
  if (!rows || rows.length > MAX_MATRIX_SIZE || rows[0].length > MAX_MATRIX_SIZE) return undefined;
  return rows.every((row) => row.length === rows[0].length) ? rows : undefined;
}

/** Values by name, each name once: "cell:0,2;jail:1,1", or "none". */
const byName = <Value>(
  isName: (name: string) => boolean,
  readValue: (text: string) => Value | undefined,
  writeValue: (value: Value) => string,
) => ({
  read(given: string): Record<string, Value> | undefined {
    if (given === 'none') return {};
    const entries = parseList(given, ';', (part) => {
      const [name, text = '', ...rest] = part.split(':');
      const value = readValue(text);
      const fits = rest.length === 0 && value !== undefined && isName(name);
      return fits ? ([name, value] as const) : undefined;
    });
    const values = Object.fromEntries(entries ?? []);
    return entries?.length === Object.keys(values).length ? values : undefined;
  },
  write: (values: Readonly<Record<string, Value>>): string =>
    Object.entries(values)
      .map(([name, value]) => `${name}:${writeValue(value)}`)
      .join(';') || 'none',
});

export const pointsByWord = byName(
  (word) => /^[\p{L}\p{N}\p{M}'’]+$/u.test(word),
  readVectorOf(2),
  writeVector,
);

/** Positions are below `count`. */
export const valuesByPosition = (count: number) =>
  byName((position) => parseInteger(position, 0, count - 1) !== undefined, readNumber, String);
