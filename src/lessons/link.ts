import { InputError } from '../attention/input-error';
import { linkFields, matrixAllowed, sameMatrix } from './link-fields';
import { readMatrix, writeMatrix } from './link-values';
import type { Matrix } from './matrix';
import { defaultLessonState, type LessonState, withSentence, withTable } from './state';
import { MOST_WORDS, wordsOf } from './words';

/** Why one entry of a link was not taken as given. */
export interface LinkProblem {
  readonly field: string;
  readonly value: string;
  /** What would have been right, as the end of a sentence that begins "expected". */
  readonly allowed: string;
}

/** What a link to this page begins with, before its entries: "#lesson&temperature=2". */
export const lessonRoute = 'lesson';

const MATRICES = ['x', 'wq', 'wk', 'wv'] as const;
const names = ['sentence', 'table', ...MATRICES, ...linkFields.map(({ name }) => name)];

/**
 * A link's entries to a state, in the order in which things follow: the sentence, its table, the matrices,
 * then the rest. What is wrong keeps what it would be if it had been left out, and is told of.
 */
export function parseLessonLink(entries: Iterable<readonly [name: string, value: string]>): {
  state: LessonState;
  problems: LinkProblem[];
} {
  const { given, problems } = gather(entries);
  let state = readSentence(given, problems);
  state = readTable(state, given, problems);
  state = readMatrices(state, given, problems);
  const settings: Record<string, unknown> = {};
  for (const { name, key, read, allowed } of linkFields) {
    const text = given.get(name);
    if (text === undefined) continue;
    const value = read(text);
    if (value === undefined) problems.push({ field: name, value: text, allowed });
    else settings[key] = value;
  }
  state = { ...state, ...settings };
  return { state: settlePlaces(state, given, problems), problems };
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
  for (const { name, key, write } of linkFields) {
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
  const found = linkFields.find((one) => one.key === key);
  if (!found) throw new InputError('setting', key, linkFields.map((one) => one.key).join(', '));
  if (found.read(found.write(value)) === undefined) {
    throw new InputError(found.name, value, found.allowed);
  }
  const next = { ...state, [key]: value };
  const settled = placesWithin(next);
  const beyond = PLACES.find((name) => name === key && String(settled[name]) !== String(value));
  if (beyond) throw new InputError(beyond, value, placesAllowed(next, beyond));
  return settled;
}

/** One sentence for people. */
export function describeLinkProblem({ field, value, allowed }: LinkProblem): string {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return `${field}: "${shown}" is not allowed; expected ${allowed}.`;
}

type Given = ReadonlyMap<string, string>;

/** Each known entry with its one text; everything else is a problem. */
function gather(entries: Iterable<readonly [string, string]>) {
  const problems: LinkProblem[] = [];
  const texts = new Map<string, string[]>();
  for (const [name, value] of entries) {
    if (names.includes(name)) texts.set(name, [...(texts.get(name) ?? []), value]);
    else problems.push({ field: name, value, allowed: `one of ${names.join(', ')}` });
  }
  const given = new Map<string, string>();
  for (const [field, all] of texts) {
    if (all.length === 1) given.set(field, all[0]);
    else problems.push({ field, value: all.join('" and "'), allowed: 'one value, given once' });
  }
  return { given, problems };
}

function readSentence(given: Given, problems: LinkProblem[]): LessonState {
  const text = given.get('sentence');
  if (text === undefined) return defaultLessonState;
  try {
    return withSentence(defaultLessonState, text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push({ field: 'sentence', value: text, allowed: `1 to ${MOST_WORDS} words` });
    return defaultLessonState;
  }
}

function readTable(state: LessonState, given: Given, problems: LinkProblem[]): LessonState {
  const size = state.table.names.length;
  const values = readSized('table', size, size, given, problems);
  return values ? withTable(state, { ...state.table, values }) : state;
}

function readMatrices(state: LessonState, given: Given, problems: LinkProblem[]): LessonState {
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
  problems: LinkProblem[],
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
function settlePlaces(state: LessonState, given: Given, problems: LinkProblem[]): LessonState {
  const settled = placesWithin(state);
  for (const name of PLACES) {
    const value = given.get(name);
    if (value === undefined || String(settled[name]) === String(state[name])) continue;
    problems.push({ field: name, value, allowed: placesAllowed(state, name) });
  }
  return settled;
}

const PLACES = ['query', 'hidden', 'asks', 'without'] as const;

function placesWithin(state: LessonState): LessonState {
  const last = lastPlace(state, 'query');
  return {
    ...state,
    query: Math.min(state.query, last),
    hidden: state.hidden.filter((place) => place <= last),
    asks: Math.min(state.asks, lastPlace(state, 'asks')),
    without: state.without.filter((place) => place <= lastPlace(state, 'without')),
  };
}

const lastPlace = ({ sentence, context }: LessonState, name: (typeof PLACES)[number]): number =>
  wordsOf(name === 'asks' || name === 'without' ? context : sentence).length - 1;

const placesAllowed = (state: LessonState, name: (typeof PLACES)[number]): string =>
  `places from 0 to ${lastPlace(state, name)}, those of the sentence`;
