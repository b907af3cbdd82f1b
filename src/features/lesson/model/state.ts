import { InputError } from '../../../attention/input-error';
import { selfAttention } from './attention';
import type { CipherKind } from './cipher';
import { type PlaneMap, shear } from './linear-map';
import { type Matrix, MAX_NUMBER, type Vector, identity, multiply, products } from './matrix';
import { directions, hashText } from './seeded';
import { deckSentence, wordKey, wordsOf } from './sentence';
import {
  type SimilarityTable,
  leadingBlock,
  deckTable,
  gramVectors,
  queriesAndKeys,
} from './similarity-table';
import { cellSentences } from './word-points';

/** The one state that runs through the lesson: everything a reader can change. */
export interface LessonState {
  readonly sentence: string;
  /** Similarities of the sentence's words, and of other words after them where the deck has some. */
  readonly table: SimilarityTable;
  /** (words of the sentence × columns) */
  readonly x: Matrix;
  /** (columns of X × d) */
  readonly wq: Matrix;
  readonly wk: Matrix;
  /** (columns of X × e) */
  readonly wv: Matrix;
  /** Positions in the sentence that are masked for every query: scores of −∞. */
  readonly hidden: readonly number[];
  /** Columns of the table beyond the sentence that count in row 14. */
  readonly extraColumns: readonly number[];
  /** Whether a word sees only itself and what stands before it. */
  readonly causal: boolean;
  readonly temperature: number;
  /** Whether scores are divided by √d; the deck's are not. */
  readonly scaled: boolean;
  /** Position of the query in the sentence. */
  readonly query: number;
  /** d of row 10. */
  readonly headSize: number;
  /** n of row 14. */
  readonly wordCount: number;
  /** What row 13's fractions are divided by: what the deck prints, or what is correct. */
  readonly denominator: 'printed' | 'correct';
  /** The query's share of itself in row 15's mixture, where a reader has fixed it; null for attention's own. */
  readonly fixedShare: number | null;
  /** Times that attention is applied, in row 15. */
  readonly rounds: number;
  readonly residual: boolean;
  /** Whether the encoder and decoder add positions. */
  readonly positions: boolean;
  /** Seed of the order of the encoder's words; 0 is the sentence's own order. */
  readonly shuffle: number;
  /** The memory of fixed size: its size, how far back it is read, and how it decays. */
  readonly stateSize: number;
  readonly distance: number;
  readonly decay: number;
  /** The sentence with *cell* that is shown in the plane, and the positions excluded from its attention. */
  readonly context: string;
  readonly excluded: readonly number[];
  /** Position of the query in `context`. */
  readonly queryPosition: number;
  /** Points that the reader has moved in the plane, by word. */
  readonly pointOverrides: Readonly<Record<string, Vector>>;
  readonly map: PlaneMap;
  /** Weights of the four heads' maps in their mixture. */
  readonly mix: Vector;
  /** Rotation of the queries in degrees, and whether the keys rotate with them. */
  readonly rotation: number;
  readonly rotateKeys: boolean;
  /** The two vectors of row 10. */
  readonly a: Vector;
  readonly b: Vector;
  /** Values that the reader has changed in the vector of 100, by index. */
  readonly vectorEdits: Readonly<Record<string, number>>;
  /** The sentence that the decoder is given. */
  readonly target: string;
  /** The text to encipher, and how. */
  readonly message: string;
  readonly cipher: CipherKind;
  readonly shift: number;
  readonly keyword: string;
  readonly columns: number;
  readonly year: number;
  readonly seed: number;
}

type FromTable = Pick<LessonState, 'x' | 'wq' | 'wk'>;

/**
 * X, W_Q and W_K whose scores are the table of the sentence's words. Where such vectors exist they are X
 * itself, with W_Q = W_K = 1; else each word has an axis of its own and queries differ from keys.
 */
function vectorsForTable(table: SimilarityTable, words: number): FromTable {
  const own = leadingBlock(table, words);
  const x = gramVectors(own);
  if (x) return { x, wq: identity(words), wk: identity(words) };
  const { query, key } = queriesAndKeys(own);
  return { x: identity(words), wq: query, wk: key };
}

export const defaultLessonState: LessonState = {
  sentence: deckSentence,
  table: deckTable,
  ...vectorsForTable(deckTable, 6),
  wv: identity(6),
  hidden: [],
  extraColumns: [],
  causal: false,
  temperature: 1,
  scaled: false,
  query: 1,
  headSize: 2,
  wordCount: 6,
  denominator: 'printed',
  fixedShare: null,
  rounds: 1,
  residual: false,
  positions: true,
  shuffle: 0,
  stateSize: 16,
  distance: 32,
  decay: 1,
  context: cellSentences[2].text,
  excluded: [],
  queryPosition: 2,
  pointOverrides: {},
  map: shear(0.9),
  mix: [0.25, 0.25, 0.25, 0.25],
  rotation: 40,
  rotateKeys: true,
  a: [2, 1],
  b: [1, 2],
  vectorEdits: {},
  target: 'Le prisonnier était assis dans sa cellule',
  message: deckSentence,
  cipher: 'shift',
  shift: 3,
  keyword: 'Weaver',
  columns: 5,
  year: 2017,
  seed: 1,
};

/**
 * The state with another sentence. Words that it shares with the one before keep their vectors, others get
 * seeded ones; the table follows from them. The deck's own sentence brings the deck's table back.
 */
export function withSentence(state: LessonState, sentence: string): LessonState {
  const words = wordsOf(sentence);
  const kept = {
    sentence,
    hidden: state.hidden.filter((position) => position < words.length),
    query: Math.min(state.query, words.length - 1),
  };
  if (words.map(wordKey).join(' ') === wordKey(deckSentence)) {
    const { table, x, wq, wk, wv } = defaultLessonState;
    return { ...state, ...kept, table, x, wq, wk, wv };
  }
  const before = wordsOf(state.sentence).map(wordKey);
  const width = state.x[0].length;
  const x = words.map((word) => {
    const position = before.indexOf(wordKey(word));
    return position < 0 ? wordVector(word, width) : state.x[position];
  });
  const values = products(multiply(x, state.wq), multiply(x, state.wk));
  return { ...state, ...kept, x, table: { names: words, values } };
}

/** A seeded direction for a word that has no vector yet. */
const wordVector = (word: string, width: number): Vector =>
  directions(1, width, hashText(wordKey(word)), 0x1e55)[0];

/** The state with another table; X, W_Q and W_K follow, and W_V stays where its size still fits. */
export function withTable(state: LessonState, table: SimilarityTable): LessonState {
  const words = wordsOf(state.sentence).length;
  if (table.names.length < words) {
    const allowed = `${words} words or more, those of the sentence first`;
    throw new InputError('table', table.names, allowed);
  }
  const wv = state.wv.length === words ? state.wv : identity(words);
  return { ...state, table, ...vectorsForTable(table, words), wv };
}

export type MatrixName = 'x' | 'wq' | 'wk' | 'wv';

/** The state with one number of X, W_Q, W_K or W_V changed. Scores follow; the table stays as it was set. */
export function withNumber(
  state: LessonState,
  name: MatrixName,
  row: number,
  column: number,
  value: number,
): LessonState {
  if (!(Math.abs(value) <= MAX_NUMBER)) {
    throw new InputError(name, value, `a number up to ${MAX_NUMBER} in size`);
  }
  if (state[name][row]?.[column] === undefined) {
    const { length } = state[name];
    const allowed = `a row below ${length} and a column below ${state[name][0].length}`;
    throw new InputError(name, `row ${row}, column ${column}`, allowed);
  }
  const matrix = state[name].map((values, i) =>
    i === row ? values.map((old, j) => (j === column ? value : old)) : values,
  );
  return { ...state, [name]: matrix };
}

/** Every step of attention among the words of the sentence. */
export function attentionOf(state: LessonState) {
  const { hidden, causal, temperature, scaled, wq } = state;
  return selfAttention(state.x, state, {
    temperature,
    scale: scaled ? 1 / Math.sqrt(wq[0].length) : 1,
    hides: (query, key) => hidden.includes(key) || (causal && key > query),
  });
}
