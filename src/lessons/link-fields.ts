import { fixedStateLimits } from './fixed-state';
import {
  readMatrix,
  readNumber,
  readPoints,
  readWhole,
  writeMatrix,
  writePoints,
  LARGEST_NUMBER,
} from './link-values';
import type { Matrix } from './matrix';
import { MOST_WORDS as MOST_DILUTED } from './dilution';
import { MOST_ROUNDS } from './repeated';
import type { LessonState } from './state';
import { MOST_WORDS } from './words';

/** A setting that stands for itself: it has a default, whatever the others are. */
export interface LinkField<Key extends keyof LessonState = keyof LessonState> {
  readonly name: string;
  readonly key: Key;
  readonly read: (text: string) => LessonState[Key] | undefined;
  readonly write: (value: LessonState[Key]) => string;
  /** As the end of a sentence that begins "expected". */
  readonly allowed: string;
}

/** Of which type a field's state is need not be known to those who go through all of them. */
const field = <Key extends keyof LessonState>(one: LinkField<Key>) => one as unknown as LinkField;

type NumberKey = {
  [Key in keyof LessonState]: LessonState[Key] extends number ? Key : never;
}[keyof LessonState];
type FlagKey = {
  [Key in keyof LessonState]: LessonState[Key] extends boolean ? Key : never;
}[keyof LessonState];

function whole(name: string, key: NumberKey, least: number, most: number): LinkField {
  return field({
    name,
    key,
    read: (text) => readWhole(text, least, most),
    write: String,
    allowed: `a whole number from ${least} to ${most}`,
  });
}

function flag(name: string, key: FlagKey): LinkField {
  const read = (text: string) => (text === 'yes' ? true : text === 'no' ? false : undefined);
  return field({ name, key, read, write: (on) => (on ? 'yes' : 'no'), allowed: 'yes or no' });
}

const COLDEST = 0.001;
const HOTTEST = 1000;

export const linkFields: readonly LinkField[] = [
  field({
    name: 'hidden',
    key: 'hidden',
    read: readPlaces,
    write: (places) => places.join(',') || 'none',
    allowed: 'places in the sentence from 0, ascending, as in 0,2, or none',
  }),
  flag('causal', 'causal'),
  field({
    name: 'temperature',
    key: 'temperature',
    read: (text) => readNumber(text, COLDEST, HOTTEST),
    write: String,
    allowed: `a number from ${COLDEST} to ${HOTTEST}`,
  }),
  flag('scaled', 'scaled'),
  whole('query', 'query', 0, MOST_WORDS - 1),
  whole('head-size', 'headSize', 1, 256),
  whole('words', 'words', 3, MOST_DILUTED),
  whole('rounds', 'rounds', 0, MOST_ROUNDS),
  flag('residual', 'residual'),
  flag('positions', 'positions'),
  whole('state-size', 'stateSize', 1, fixedStateLimits.stateSize),
  whole('distance', 'distance', 0, fixedStateLimits.distance),
  field({
    name: 'moved',
    key: 'moved',
    read: readPoints,
    write: writePoints,
    allowed: 'words with their points, as in cell:0,2;jail:1,-1, or none',
  }),
  field({
    name: 'map',
    key: 'map',
    read: (text) => {
      const matrix = readMatrix(text);
      const fits = matrix?.length === 2 && matrix[0].length === 2;
      return fits ? (matrix as unknown as LessonState['map']) : undefined;
    },
    write: (map) => writeMatrix(map),
    allowed: 'a matrix of 2 × 2, as in 1,0;0,1',
  }),
  whole('year', 'year', 1900, 2100),
  whole('seed', 'seed', 0, 2 ** 32 - 1),
];

/** Matrices: what they are when left out depends on the sentence, and on one another. */
export const matrixAllowed = `rows of numbers up to ${LARGEST_NUMBER} in size, as in 1,0;0,1`;

export const sameMatrix = (a: Matrix, b: Matrix): boolean => writeMatrix(a) === writeMatrix(b);

function readPlaces(text: string): number[] | undefined {
  if (text === 'none') return [];
  const places = text.split(',').map((part) => readWhole(part, 0, MOST_WORDS - 1));
  const ascending = places.every((place, i) => i === 0 || Number(place) > Number(places[i - 1]));
  return ascending && places.every((place) => place !== undefined) ? places : undefined;
}
