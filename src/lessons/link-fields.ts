import { readWhole } from '../numeric/number-text';
import { type CipherKind, cipherKinds, keyedAlphabet, MOST_COLUMNS } from './cipher';
import { deckStatistics } from './embedding';
import { fixedStateLimits } from './fixed-state';
import {
  LARGEST_NUMBER,
  readEdits,
  readMatrix,
  readNumber,
  readPlaces,
  readPoints,
  readVector,
  writeEdits,
  writeMatrix,
  writeNumber,
  writePlaces,
  writePoints,
  writeVector,
} from './link-values';
import type { Matrix } from './matrix';
import { MOST_WORDS as MOST_DILUTED } from './dilution';
import { MOST_ROUNDS } from './repeated';
import { fourHeads } from './separation';
import type { LessonState } from './state-types';
import { MOST_WORDS, wordsOf } from './words';

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

function number(name: string, key: NumberKey, least: number, most: number): LinkField {
  return field({
    name,
    key,
    read: (text) => readNumber(text, least, most),
    write: writeNumber,
    allowed: `a number from ${least} to ${most}`,
  });
}

function places(name: string, key: 'hidden' | 'without'): LinkField {
  return field({
    name,
    key,
    read: (text) => readPlaces(text, MOST_WORDS),
    write: writePlaces,
    allowed: 'places in the sentence from 0, ascending, as in 0,2, or none',
  });
}

/** A text that `check` takes without complaint. */
function text(
  name: string,
  key: 'context' | 'target' | 'message' | 'keyword',
  check: (text: string) => unknown,
  allowed: string,
): LinkField {
  const read = (given: string) => {
    try {
      check(given);
      return given.length <= LONGEST_TEXT ? given : undefined;
    } catch {
      return undefined;
    }
  };
  return field({ name, key, read, write: (given) => given, allowed });
}

function vector(name: string, key: 'a' | 'b' | 'mix', length: number, allowed: string): LinkField {
  const read = (given: string) => {
    const values = readVector(given);
    return values?.length === length ? values : undefined;
  };
  return field({ name, key, read, write: writeVector, allowed });
}

const POINT = 'two numbers, as in 2,-1';

const LONGEST_TEXT = 1000;
const WORDS_ALLOWED = `1 to ${MOST_WORDS} words`;
const COLDEST = 0.001;
const HOTTEST = 1000;
const LEAST_DECAY = 0.01;
/** As many as a table may have. */
const MOST_TABLE_COLUMNS = 64;
const DENOMINATORS = ['printed', 'correct'] as const;

export const linkFields: readonly LinkField[] = [
  places('hidden', 'hidden'),
  field({
    name: 'company',
    key: 'company',
    read: (given) => readPlaces(given, MOST_TABLE_COLUMNS),
    write: writePlaces,
    allowed: 'columns of the table from 0, ascending, as in 6,7, or none',
  }),
  flag('causal', 'causal'),
  number('temperature', 'temperature', COLDEST, HOTTEST),
  flag('scaled', 'scaled'),
  whole('query', 'query', 0, MOST_WORDS - 1),
  whole('head-size', 'headSize', 1, 256),
  whole('words', 'words', 3, MOST_DILUTED),
  field({
    name: 'denominator',
    key: 'denominator',
    read: (given) => DENOMINATORS.find((one) => one === given),
    write: (one) => one,
    allowed: DENOMINATORS.join(' or '),
  }),
  field({
    name: 'held',
    key: 'held',
    read: (given) => (given === 'computed' ? null : readNumber(given, 0, 1)),
    write: (share) => (share === null ? 'computed' : writeNumber(share)),
    allowed: 'a share from 0 to 1, or computed',
  }),
  whole('rounds', 'rounds', 0, MOST_ROUNDS),
  flag('residual', 'residual'),
  flag('positions', 'positions'),
  whole('shuffle', 'shuffle', 0, 2 ** 32 - 1),
  whole('state-size', 'stateSize', 1, fixedStateLimits.stateSize),
  whole('distance', 'distance', 0, fixedStateLimits.distance),
  number('decay', 'decay', LEAST_DECAY, 1),
  text('context', 'context', wordsOf, WORDS_ALLOWED),
  places('without', 'without'),
  whole('asks', 'asks', 0, MOST_WORDS - 1),
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
  vector('mix', 'mix', fourHeads.length, `${fourHeads.length} numbers, one a head`),
  number('turn', 'turn', -180, 180),
  flag('turn-keys', 'turnKeys'),
  vector('a', 'a', 2, POINT),
  vector('b', 'b', 2, POINT),
  field({
    name: 'edits',
    key: 'edits',
    read: (given) => readEdits(given, deckStatistics.count),
    write: writeEdits,
    allowed: `places from 0 to ${deckStatistics.count - 1} with their values, as in 7:0.5, or none`,
  }),
  text('target', 'target', wordsOf, WORDS_ALLOWED),
  text('message', 'message', String, `at most ${LONGEST_TEXT} characters`),
  field({
    name: 'cipher',
    key: 'cipher',
    read: (given) => cipherKinds.find((kind) => kind === given),
    write: (kind: CipherKind) => kind,
    allowed: `one of ${cipherKinds.join(', ')}`,
  }),
  whole('shift', 'shift', 0, 25),
  text('keyword', 'keyword', keyedAlphabet, 'a word with a letter from a to z'),
  whole('columns', 'columns', 1, MOST_COLUMNS),
  whole('year', 'year', 1900, 2100),
  whole('seed', 'seed', 0, 2 ** 32 - 1),
];

/** Matrices: what they are when left out depends on the sentence, and on one another. */
export const matrixAllowed = `rows of numbers up to ${LARGEST_NUMBER} in size, as in 1,0;0,1`;

export const sameMatrix = (a: Matrix, b: Matrix): boolean => writeMatrix(a) === writeMatrix(b);
