import { InputError } from '../../../attention/input-error';
import { type GivenTexts, LinkCodec, type LinkIssue } from '../../../numeric/url-state';
import {
  type LessonField,
  matrixAllowed,
  number,
  positions,
  readMatrix,
  text,
  whole,
  WORDS_ALLOWED,
  writeMatrix,
  yesNo,
} from './link-fields';
import { memoizeLast } from '../../../ui/memoize-last';
import type { Matrix } from './matrix';
import { MAX_WORDS, wordsOf } from './sentence';
import type { SimilarityTable } from './similarity-table';
import { defaultLessonState, type LessonState, withSentence, withTable } from './state';

const POSITIONS_ALLOWED = 'places in the sentence from 0, ascending, as in 0,2, or none';

/** Fields that several sections show. All others belong to the section where readers change them. */
const sharedFields: readonly LessonField[] = [
  positions('hidden', 'hidden', MAX_WORDS, POSITIONS_ALLOWED),
  yesNo('causal', 'causal'),
  number('temperature', 'temperature', 0.001, 1000),
  yesNo('scaled', 'scaled'),
  whole('query', 'query', 0, MAX_WORDS - 1),
  text('context', 'context', wordsOf, WORDS_ALLOWED),
  positions('without', 'excluded', MAX_WORDS, POSITIONS_ALLOWED),
  whole('asks', 'queryPosition', 0, MAX_WORDS - 1),
  whole('seed', 'seed', 0, 2 ** 32 - 1),
];

/** The lesson's link. Sentence, table and matrices come first, because other defaults follow from them. */
export function lessonLink(sectionFields: readonly LessonField[]): LinkCodec<LessonState> {
  // The order of entries in a link does not depend on which section owns a field.
  const order = Object.keys(defaultLessonState);
  const fields = [...sharedFields, ...sectionFields].sort(
    (a, b) => order.indexOf(a.key) - order.indexOf(b.key),
  );
  return new LinkCodec<LessonState>({
    fields,
    defaults: defaultLessonState,
    plain: ',:;',
    first: {
      names: ['sentence', 'table', ...MATRICES],
      read: (given, issues) => {
        const state = readTable(readSentence(given, issues), given, issues);
        return readMatrices(state, given, issues);
      },
      write: writeTables,
    },
    settle: (values, start, given, issues) =>
      clampPositions({ ...start, ...values }, given, issues),
    assumed: usualState,
  });
}

/**
 * One setting changed, as a link could change it; positions beyond the end of their sentence are dropped.
 * @throws InputError for what no link could say.
 */
export function withSetting<Key extends keyof LessonState>(
  { fields }: LinkCodec<LessonState>,
  state: LessonState,
  key: Key,
  value: LessonState[Key],
): LessonState {
  const field = fields.find((one) => one.key === key);
  if (!field) throw new InputError('setting', key, fields.map((one) => one.key).join(', '));
  const { name, allowed } = field;
  if (field.read(field.write(value)) === undefined) throw new InputError(name, value, allowed);
  const next = { ...state, [key]: value };
  const settled = withPositionsInside(next);
  const position = POSITIONS.find((one) => one.key === key);
  if (position && String(settled[key]) !== String(value)) {
    throw new InputError(name, value, positionsAllowed(next, position.sentence));
  }
  return settled;
}

const MATRICES = ['x', 'wq', 'wk', 'wv'] as const;

const ofSentence = (sentence: string): LessonState => withSentence(defaultLessonState, sentence);

const ofTable = memoizeLast((sentence: string, table: SimilarityTable): LessonState => {
  const state = ofSentence(sentence);
  return sameMatrix(table.values, state.table.values) ? state : withTable(state, table);
});

/** The state of a link with this sentence and table and nothing else. */
const usualState = ({ sentence, table }: LessonState): LessonState => ofTable(sentence, table);

function writeTables(state: LessonState): [name: string, value: string][] {
  const { sentence, table } = state;
  const entries: [string, string][] = [];
  if (sentence !== defaultLessonState.sentence) entries.push(['sentence', sentence]);
  if (!sameMatrix(table.values, ofSentence(sentence).table.values)) {
    entries.push(['table', writeMatrix(table.values)]);
  }
  const usual = usualState(state);
  for (const name of MATRICES) {
    if (!sameMatrix(state[name], usual[name])) entries.push([name, writeMatrix(state[name])]);
  }
  return entries;
}

function readSentence(given: GivenTexts, issues: LinkIssue[]): LessonState {
  const sentence = given.get('sentence');
  if (sentence === undefined) return defaultLessonState;
  try {
    return ofSentence(sentence);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    issues.push({ field: 'sentence', value: sentence, allowed: WORDS_ALLOWED });
    return defaultLessonState;
  }
}

function readTable(state: LessonState, given: GivenTexts, issues: LinkIssue[]): LessonState {
  const size = state.table.names.length;
  const values = readSized('table', size, size, given, issues);
  return values ? withTable(state, { ...state.table, values }) : state;
}

function readMatrices(state: LessonState, given: GivenTexts, issues: LinkIssue[]): LessonState {
  const x = readSized('x', state.x.length, undefined, given, issues) ?? state.x;
  const width = x[0].length;
  const read = (name: 'wq' | 'wk' | 'wv') =>
    readSized(name, width, undefined, given, issues) ?? state[name];
  const next = { ...state, x, wq: read('wq'), wk: read('wk'), wv: read('wv') };
  const sizes = [next.wq, next.wk, next.wv].every((matrix) => matrix.length === width);
  if (sizes && next.wq[0].length === next.wk[0].length) return next;
  // Each may be valid by itself and still not fit the others.
  const allowed = 'W_Q, W_K and W_V with a row for each column of X, W_Q as wide as W_K';
  const value = MATRICES.map((name) => `${next[name].length} × ${next[name][0].length}`).join(', ');
  issues.push({ field: 'x, wq, wk, wv', value, allowed });
  return state;
}

function readSized(
  name: string,
  rows: number,
  columns: number | undefined,
  given: GivenTexts,
  issues: LinkIssue[],
): Matrix | undefined {
  const value = given.get(name);
  if (value === undefined) return undefined;
  const matrix = readMatrix(value);
  const fits = matrix?.length === rows && (columns ?? matrix[0].length) === matrix[0].length;
  if (fits) return matrix;
  const size = columns === undefined ? `${rows} rows` : `${rows} × ${columns}`;
  issues.push({ field: name, value, allowed: `${size}: ${matrixAllowed}` });
  return undefined;
}

const sameMatrix = (a: Matrix, b: Matrix): boolean => writeMatrix(a) === writeMatrix(b);

/** Positions of words, and the sentence in which they lie. */
const POSITIONS = [
  { name: 'query', key: 'query', sentence: 'sentence' },
  { name: 'hidden', key: 'hidden', sentence: 'sentence' },
  { name: 'asks', key: 'queryPosition', sentence: 'context' },
  { name: 'without', key: 'excluded', sentence: 'context' },
] as const;

/** Clamps positions to their sentence, and reports those that the link gave. */
function clampPositions(state: LessonState, given: GivenTexts, issues: LinkIssue[]): LessonState {
  const settled = withPositionsInside(state);
  for (const { name, key, sentence } of POSITIONS) {
    const value = given.get(name);
    if (value === undefined || String(settled[key]) === String(state[key])) continue;
    issues.push({ field: name, value, allowed: positionsAllowed(state, sentence) });
  }
  return settled;
}

function withPositionsInside(state: LessonState): LessonState {
  const [last, lastOfContext] = [state.sentence, state.context].map(lastPosition);
  return {
    ...state,
    query: Math.min(state.query, last),
    hidden: state.hidden.filter((position) => position <= last),
    queryPosition: Math.min(state.queryPosition, lastOfContext),
    excluded: state.excluded.filter((position) => position <= lastOfContext),
  };
}

const lastPosition = (sentence: string): number => wordsOf(sentence).length - 1;

const positionsAllowed = (state: LessonState, sentence: 'sentence' | 'context'): string =>
  `places from 0 to ${lastPosition(state[sentence])}, those of the sentence`;
