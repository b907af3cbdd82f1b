import { InputError } from '../../../attention/input-error';
import { parseInteger } from '../../../numeric/parse';
import { type CipherKind, cipherKinds, keyedAlphabet, MAX_COLUMNS } from './cipher';
import { MAX_DILUTION_WORDS as MOST_DILUTED } from './dilution';
import { deckStatistics } from './embedding';
import { fixedStateLimits } from './fixed-state';
import { MAX_ROUNDS } from './iterated-attention';
import {
  MAX_NUMBER,
  readOverrides,
  readMatrix,
  readNumber,
  readPositions,
  readPoints,
  readVector,
  writeOverrides,
  writeMatrix,
  writeNumber,
  writePositions,
  writePoints,
  writeVector,
} from './link-values';
import type { Matrix } from './matrix';
import { MAX_WORDS, wordsOf } from './sentence';
import { fourHeads } from './separation';
import { type LessonState, defaultLessonState, withSentence, withTable } from './state';

/** A setting that stands for itself: it has a default, whatever the others are. */
interface LessonLinkField<Key extends keyof LessonState = keyof LessonState> {
  readonly name: string;
  readonly key: Key;
  readonly read: (text: string) => LessonState[Key] | undefined;
  readonly write: (value: LessonState[Key]) => string;
  /** As the end of a sentence that begins "expected". */
  readonly allowed: string;
}

/** Of which type a field's state is need not be known to those who go through all of them. */
const field = <Key extends keyof LessonState>(one: LessonLinkField<Key>) =>
  one as unknown as LessonLinkField;

type NumberKey = {
  [Key in keyof LessonState]: LessonState[Key] extends number ? Key : never;
}[keyof LessonState];
type FlagKey = {
  [Key in keyof LessonState]: LessonState[Key] extends boolean ? Key : never;
}[keyof LessonState];

function whole(name: string, key: NumberKey, min: number, max: number): LessonLinkField {
  return field({
    name,
    key,
    read: (text) => parseInteger(text, min, max),
    write: String,
    allowed: `a whole number from ${min} to ${max}`,
  });
}

function flag(name: string, key: FlagKey): LessonLinkField {
  const read = (text: string) => (text === 'yes' ? true : text === 'no' ? false : undefined);
  return field({ name, key, read, write: (on) => (on ? 'yes' : 'no'), allowed: 'yes or no' });
}

function number(name: string, key: NumberKey, min: number, max: number): LessonLinkField {
  return field({
    name,
    key,
    read: (text) => readNumber(text, min, max),
    write: writeNumber,
    allowed: `a number from ${min} to ${max}`,
  });
}

function positions(name: string, key: 'hidden' | 'without'): LessonLinkField {
  return field({
    name,
    key,
    read: (text) => readPositions(text, MAX_WORDS),
    write: writePositions,
    allowed: 'places in the sentence from 0, ascending, as in 0,2, or none',
  });
}

/** A text that `check` takes without complaint. */
function text(
  name: string,
  key: 'context' | 'target' | 'message' | 'keyword',
  check: (text: string) => unknown,
  allowed: string,
): LessonLinkField {
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

function vector(
  name: string,
  key: 'a' | 'b' | 'mix',
  length: number,
  allowed: string,
): LessonLinkField {
  const read = (given: string) => {
    const values = readVector(given);
    return values?.length === length ? values : undefined;
  };
  return field({ name, key, read, write: writeVector, allowed });
}

const POINT = 'two numbers, as in 2,-1';

const MAX_TEXT_LENGTH = 1000;
const WORDS_ALLOWED = `1 to ${MAX_WORDS} words`;
const MIN_TEMPERATURE = 0.001;
const MAX_TEMPERATURE = 1000;
const MIN_DECAY = 0.01;
/** As many as a table may have. */
const MAX_TABLE_COLUMNS = 64;
const DENOMINATORS = ['printed', 'correct'] as const;

const lessonLinkFields: readonly LessonLinkField[] = [
  positions('hidden', 'hidden'),
  field({
    name: 'company',
    key: 'company',
    read: (given) => readPositions(given, MAX_TABLE_COLUMNS),
    write: writePositions,
    allowed: 'columns of the table from 0, ascending, as in 6,7, or none',
  }),
  flag('causal', 'causal'),
  number('temperature', 'temperature', MIN_TEMPERATURE, MAX_TEMPERATURE),
  flag('scaled', 'scaled'),
  whole('query', 'query', 0, MAX_WORDS - 1),
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
  whole('rounds', 'rounds', 0, MAX_ROUNDS),
  flag('residual', 'residual'),
  flag('positions', 'positions'),
  whole('shuffle', 'shuffle', 0, 2 ** 32 - 1),
  whole('state-size', 'stateSize', 1, fixedStateLimits.stateSize),
  whole('distance', 'distance', 0, fixedStateLimits.distance),
  number('decay', 'decay', MIN_DECAY, 1),
  text('context', 'context', wordsOf, WORDS_ALLOWED),
  positions('without', 'without'),
  whole('asks', 'asks', 0, MAX_WORDS - 1),
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
    read: (given) => readOverrides(given, deckStatistics.count),
    write: writeOverrides,
    allowed: `places from 0 to ${deckStatistics.count - 1} with their values, as in 7:0.5, or none`,
  }),
  text('target', 'target', wordsOf, WORDS_ALLOWED),
  text('message', 'message', String, `at most ${MAX_TEXT_LENGTH} characters`),
  field({
    name: 'cipher',
    key: 'cipher',
    read: (given) => cipherKinds.find((kind) => kind === given),
    write: (kind: CipherKind) => kind,
    allowed: `one of ${cipherKinds.join(', ')}`,
  }),
  whole('shift', 'shift', 0, 25),
  text('keyword', 'keyword', keyedAlphabet, 'a word with a letter from a to z'),
  whole('columns', 'columns', 1, MAX_COLUMNS),
  whole('year', 'year', 1900, 2100),
  whole('seed', 'seed', 0, 2 ** 32 - 1),
];

/** Matrices: what they are when left out depends on the sentence, and on one another. */
const matrixAllowed = `rows of numbers up to ${MAX_NUMBER} in size, as in 1,0;0,1`;

const sameMatrix = (a: Matrix, b: Matrix): boolean => writeMatrix(a) === writeMatrix(b);

/** Why one entry of a link was not taken as given. */
export interface LinkIssue {
  readonly field: string;
  readonly value: string;
  /** What would have been right, as the end of a sentence that begins "expected". */
  readonly allowed: string;
}

/** What a link to this page begins with, before its entries: "#lesson&temperature=2". */
export const lessonRoute = 'lesson';

const MATRICES = ['x', 'wq', 'wk', 'wv'] as const;
const fieldNames = ['sentence', 'table', ...MATRICES, ...lessonLinkFields.map(({ name }) => name)];

/**
 * A link's entries to a state, in the order in which things follow: the sentence, its table, the matrices,
 * then the rest. What is wrong keeps what it would be if it had been left out, and is told of.
 */
export function parseLessonLink(entries: Iterable<readonly [name: string, value: string]>): {
  state: LessonState;
  issues: LinkIssue[];
} {
  const { given, problems } = gather(entries);
  let state = readSentence(given, problems);
  state = readTable(state, given, problems);
  state = readMatrices(state, given, problems);
  const settings: Record<string, unknown> = {};
  for (const { name, key, read, allowed } of lessonLinkFields) {
    const text = given.get(name);
    if (text === undefined) continue;
    const value = read(text);
    if (value === undefined) problems.push({ field: name, value: text, allowed });
    else settings[key] = value;
  }
  state = { ...state, ...settings };
  return { state: clampPositions(state, given, problems), issues: problems };
}

/** The fewest entries that `parseLessonLink` turns into this state again, to the last digit. */
export function formatLessonLink(state: LessonState): [name: string, value: string][] {
  const entries: [string, string][] = [];
  let usual = defaultLessonState;
  if (state.sentence !== usual.sentence) {
    entries.push(['sentence', state.sentence]);
    usual = withSentence(usual, state.sentence);
  }
  if (!sameMatrix(state.table.values, usual.table.values)) {
    entries.push(['table', writeMatrix(state.table.values)]);
    usual = withTable(usual, state.table);
  }
  for (const name of MATRICES) {
    if (!sameMatrix(state[name], usual[name])) entries.push([name, writeMatrix(state[name])]);
  }
  for (const { name, key, write } of lessonLinkFields) {
    const text = write(state[key]);
    if (text !== write(usual[key])) entries.push([name, text]);
  }
  return entries;
}

/**
 * One setting changed, as a link could change it; places that lie in no sentence any more are left out.
 * @throws InputError for what no link could say.
 */
export function withSetting<Key extends keyof LessonState>(
  state: LessonState,
  key: Key,
  value: LessonState[Key],
): LessonState {
  const found = lessonLinkFields.find((one) => one.key === key);
  if (!found)
    throw new InputError('setting', key, lessonLinkFields.map((one) => one.key).join(', '));
  if (found.read(found.write(value)) === undefined) {
    throw new InputError(found.name, value, found.allowed);
  }
  const next = { ...state, [key]: value };
  const settled = withPositionsInside(next);
  const beyond = POSITION_KEYS.find(
    (name) => name === key && String(settled[name]) !== String(value),
  );
  if (beyond) throw new InputError(beyond, value, positionsAllowed(next, beyond));
  return settled;
}

/** One sentence for people. */
export function describeLinkIssue({ field, value, allowed }: LinkIssue): string {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return `${field}: "${shown}" is not allowed; expected ${allowed}.`;
}

type Given = ReadonlyMap<string, string>;

/** Each known entry with its one text; everything else is a problem. */
function gather(entries: Iterable<readonly [string, string]>) {
  const problems: LinkIssue[] = [];
  const texts = new Map<string, string[]>();
  for (const [name, value] of entries) {
    if (fieldNames.includes(name)) texts.set(name, [...(texts.get(name) ?? []), value]);
    else problems.push({ field: name, value, allowed: `one of ${fieldNames.join(', ')}` });
  }
  const given = new Map<string, string>();
  for (const [field, all] of texts) {
    if (all.length === 1) given.set(field, all[0]);
    else problems.push({ field, value: all.join('" and "'), allowed: 'one value, given once' });
  }
  return { given, problems };
}

function readSentence(given: Given, problems: LinkIssue[]): LessonState {
  const text = given.get('sentence');
  if (text === undefined) return defaultLessonState;
  try {
    return withSentence(defaultLessonState, text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push({ field: 'sentence', value: text, allowed: `1 to ${MAX_WORDS} words` });
    return defaultLessonState;
  }
}

function readTable(state: LessonState, given: Given, problems: LinkIssue[]): LessonState {
  const size = state.table.names.length;
  const values = readSized('table', size, size, given, problems);
  return values ? withTable(state, { ...state.table, values }) : state;
}

function readMatrices(state: LessonState, given: Given, problems: LinkIssue[]): LessonState {
  const x = readSized('x', state.x.length, undefined, given, problems) ?? state.x;
  const width = x[0].length;
  const read = (name: 'wq' | 'wk' | 'wv') =>
    readSized(name, width, undefined, given, problems) ?? state[name];
  const next = { ...state, x, wq: read('wq'), wk: read('wk'), wv: read('wv') };
  const sizes = [next.wq, next.wk, next.wv].every((matrix) => matrix.length === width);
  if (sizes && next.wq[0].length === next.wk[0].length) return next;
  // Each may be right by itself, and together they cannot be multiplied.
  const allowed = 'W_Q, W_K and W_V with a row for each column of X, W_Q as wide as W_K';
  problems.push({ field: 'x, wq, wk, wv', value: sizesOf(next), allowed });
  return state;
}

const sizesOf = (state: LessonState): string =>
  MATRICES.map((name) => `${state[name].length} × ${state[name][0].length}`).join(', ');

function readSized(
  name: string,
  rows: number,
  columns: number | undefined,
  given: Given,
  problems: LinkIssue[],
): Matrix | undefined {
  const text = given.get(name);
  if (text === undefined) return undefined;
  const matrix = readMatrix(text);
  const fits = matrix?.length === rows && (columns ?? matrix[0].length) === matrix[0].length;
  if (fits) return matrix;
  const size = columns === undefined ? `${rows} rows` : `${rows} × ${columns}`;
  problems.push({ field: name, value: text, allowed: `${size}: ${matrixAllowed}` });
  return undefined;
}

/** Places must lie in their sentences; a default beyond a short one is nobody's mistake. */
function clampPositions(state: LessonState, given: Given, problems: LinkIssue[]): LessonState {
  const settled = withPositionsInside(state);
  for (const name of POSITION_KEYS) {
    const value = given.get(name);
    if (value === undefined || String(settled[name]) === String(state[name])) continue;
    problems.push({ field: name, value, allowed: positionsAllowed(state, name) });
  }
  return settled;
}

const POSITION_KEYS = ['query', 'hidden', 'asks', 'without'] as const;

function withPositionsInside(state: LessonState): LessonState {
  const last = lastPosition(state, 'query');
  return {
    ...state,
    query: Math.min(state.query, last),
    hidden: state.hidden.filter((place) => place <= last),
    asks: Math.min(state.asks, lastPosition(state, 'asks')),
    without: state.without.filter((place) => place <= lastPosition(state, 'without')),
  };
}

const lastPosition = (
  { sentence, context }: LessonState,
  name: (typeof POSITION_KEYS)[number],
): number => wordsOf(name === 'asks' || name === 'without' ? context : sentence).length - 1;

const positionsAllowed = (state: LessonState, name: (typeof POSITION_KEYS)[number]): string =>
  `places from 0 to ${lastPosition(state, name)}, those of the sentence`;
