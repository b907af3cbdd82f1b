import { formatCount } from '../../../../numeric/format';
import { InputError } from '../../../../attention/input-error';
import { fillRandom } from '../../../../numeric/random';
import { selfAttentionShape, type HeadsSource } from '../source';
import { normalise, positionCodes, gainFor } from './codes';
import { inductionMarks } from './planted-tokens';

const MAX_TEXT_WORDS = 2048;
/** A longer text certainly has too many words, and is refused without splitting it. */
export const MAX_TEXT_CHARACTERS = 100 * MAX_TEXT_WORDS;

/**
 * Words and punctuation marks of a text, in order, without the spaces between.
 * @throws InputError for a text with none, or with more than 2,048.
 */
export function splitWords(text: string): string[] {
  if (text.length > MAX_TEXT_CHARACTERS) throw tooLong(`${formatCount(text.length)} characters`);
  const words = segments(text).filter((segment) => segment.trim() !== '');
  if (words.length === 0) throw new InputError('text', text, 'at least one word');
  if (words.length > MAX_TEXT_WORDS) throw tooLong(`${formatCount(words.length)} words and marks`);
  return words;
}

const normalizeWord = (word: string): string => word.normalize('NFC').toLowerCase();

function segments(text: string): string[] {
  // Not in every browser; it handles scripts without spaces.
  if (typeof Intl.Segmenter !== 'function') return text.match(WORDS_OR_MARKS) ?? [];
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

const WORDS_OR_MARKS = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*|\S/gu;

const tooLong = (value: string) =>
  new InputError('text', value, `at most ${formatCount(MAX_TEXT_WORDS)} words and marks`);

/** Size of embeddings, and of queries, keys and values. */
const MODEL_SIZE = 64;
const WORD_HEAD_SIZE = 32;
const HEADS = 8;
/** Standard deviation of the scores of random matrices: large enough for heads to differ. */
const RANDOM_SCORES = 1.5;
const ODDS = 9;

/** `fill` writes a head's queries and keys, (words, WORD_HEAD_SIZE) each. */
interface WordHead {
  readonly name: string;
  readonly fill: (query: Float32Array, key: Float32Array) => void;
}

/**
 * Heads over given words: those of `first`, one that attends to the same word, one that attends to the previous token,
 * and the rest with random matrices W_Q and W_K. Nothing is learned. A word's embedding depends on its letters alone, so
 * that it is the same in every text.
 */
function wordHeads(
  words: readonly string[],
  { name, note }: Pick<HeadsSource, 'name' | 'note'>,
  seed: number,
  first: readonly WordHead[] = [],
): HeadsSource {
  const keys = words.map(normalizeWord);
  const own = embed(keys);
  const embedded = addPositions(own);
  const made = [...first, sameWord(own, words.length), previous(words.length, seed)];
  while (made.length < HEADS) made.push(random(embedded, seed, made.length));
  const size = words.length * WORD_HEAD_SIZE;
  const query = new Float32Array(made.length * size);
  const key = new Float32Array(made.length * size);
  const value = new Float32Array(made.length * size);
  made.forEach(({ fill }, head) => {
    const ofHead = (rows: Float32Array) => rows.subarray(head * size, (head + 1) * size);
    fill(ofHead(query), ofHead(key));
    project(embedded, matrix(seed, head, 'value', 1), ofHead(value));
  });
  return {
    name,
    note,
    ...selfAttentionShape(words, { layers: 1, heads: made.length, headSize: WORD_HEAD_SIZE }),
    query,
    key,
    value,
    planted: made.map((head) => head.name),
    marks: inductionMarks(keys),
  };
}

/** (words, MODEL_SIZE), of variance 1. */
function embed(keys: readonly string[]): Float32Array {
  const words = new Float32Array(keys.length * MODEL_SIZE);
  keys.forEach((key, i) => {
    const row = words.subarray(i * MODEL_SIZE, (i + 1) * MODEL_SIZE);
    fillRandom(row, { seed: hash(key, 0x811c9dc5), stream: hash(key, 0x9dc5811c) });
  });
  return words;
}

/** Adds sines and cosines of each position (Vaswani et al., "Attention is all you need", 2017). */
function addPositions(words: Float32Array): Float32Array {
  return words.map((value, at) => {
    const dimension = at % MODEL_SIZE;
    const pair = dimension - (dimension % 2);
    const angle = Math.floor(at / MODEL_SIZE) / 10000 ** (pair / MODEL_SIZE);
    return value + (dimension === pair ? Math.sin(angle) : Math.cos(angle));
  });
}

function sameWord(words: Float32Array, length: number): WordHead {
  return {
    name: 'same word',
    fill: (query, key) => {
      const gain = gainFor(length, 1, WORD_HEAD_SIZE, ODDS);
      const codes = new Float32Array(length * WORD_HEAD_SIZE);
      for (let i = 0; i < length; i++) {
        const row = codes.subarray(i * WORD_HEAD_SIZE, (i + 1) * WORD_HEAD_SIZE);
        row.set(words.subarray(i * MODEL_SIZE, i * MODEL_SIZE + WORD_HEAD_SIZE));
        normalise(row);
      }
      scaleInto(query, codes, gain);
      scaleInto(key, codes, gain);
    },
  };
}

function previous(length: number, seed: number): WordHead {
  return {
    name: 'previous token',
    fill: (query, key) => {
      const codes = positionCodes(length, WORD_HEAD_SIZE, seed);
      const gain = gainFor(length, 1, WORD_HEAD_SIZE, ODDS);
      scaleInto(query.subarray(WORD_HEAD_SIZE), codes.subarray(0, -WORD_HEAD_SIZE), gain);
      scaleInto(key, codes, gain);
    },
  };
}

function random(embedded: Float32Array, seed: number, head: number): WordHead {
  return {
    name: 'random matrices',
    fill: (query, key) => {
      // Embeddings with positions have a mean square of 1 + 1/2, and so do queries and keys without a gain.
      const gain = Math.sqrt(RANDOM_SCORES / 1.5);
      project(embedded, matrix(seed, head, 'query', gain), query);
      project(embedded, matrix(seed, head, 'key', gain), key);
    },
  };
}

const STREAMS = { query: 0xd001, key: 0xd002, value: 0xd003 };

/** (MODEL_SIZE, WORD_HEAD_SIZE); multiplies the variance of embeddings by `gain`². */
function matrix(seed: number, head: number, what: keyof typeof STREAMS, gain: number) {
  const values = new Float32Array(MODEL_SIZE * WORD_HEAD_SIZE);
  fillRandom(values, { seed, stream: STREAMS[what], start: head * values.length });
  const scale = gain / Math.sqrt(MODEL_SIZE);
  return values.map((value) => value * scale);
}

function project(rows: Float32Array, weights: Float32Array, out: Float32Array): void {
  for (let row = 0; row * WORD_HEAD_SIZE < out.length; row++) {
    const start = row * WORD_HEAD_SIZE;
    for (let m = 0; m < MODEL_SIZE; m++) {
      const x = rows[row * MODEL_SIZE + m];
      for (let d = 0; d < WORD_HEAD_SIZE; d++) {
        out[start + d] += x * weights[m * WORD_HEAD_SIZE + d];
      }
    }
  }
}

/** Scales codes of length 1 so that scores, divided by √D, are `gain` times the codes' dot products. */
function scaleInto(out: Float32Array, codes: Float32Array, gain: number): void {
  const amplitude = Math.sqrt(gain * Math.sqrt(WORD_HEAD_SIZE));
  for (let i = 0; i < codes.length; i++) out[i] = amplitude * codes[i];
}

/** FNV-1a of a text's UTF-16 units. */
function hash(text: string, start: number): number {
  let value = start;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

const NOT_LEARNED =
  'not learned: embeddings are random, seeded by each word; one head is constructed to attend to the same word ' +
  'and one to the previous token, and the others have random matrices';

/**
 * A text, split into words and punctuation marks.
 * @param seed Of the random matrices.
 * @throws InputError for a text without words, or with more than 2,048.
 */
export function textSource(text: string, seed = 1): HeadsSource {
  const words = splitWords(text);
  const note = `Your text, as ${words.length} words and marks; ${NOT_LEARNED}.`;
  return wordHeads(words, { name: 'Your text', note }, seed);
}

interface Sentence {
  /** Its name in links. */
  readonly name: string;
  readonly text: string;
  /** Similarities of its words, where the lesson gives them: symmetric, row by row. */
  readonly similarities?: readonly (readonly number[])[];
}

/** Similarities of the lesson's words: The and Prisoner are slightly similar, Prisoner and Cell very much. */
const PRISONER = [
  [1, 0.2, 0, 0, 0, 0],
  [0.2, 1, 0, 0, 0, 0.75],
  [0, 0, 1, 0, 0, 0],
  [0, 0, 0, 1, 0, 0],
  [0, 0, 0, 0, 1, 0],
  [0, 0.75, 0, 0, 0, 1],
];

export const sentences: readonly Sentence[] = [
  { name: 'prisoner', text: 'The prisoner sat in his cell', similarities: PRISONER },
  { name: 'nucleus', text: 'The cell houses the nucleus, mitochondria, cytoplasm.' },
  { name: 'department', text: 'Each department formed a cell for quick solutions.' },
  { name: 'alone', text: 'The prisoner sat alone in his small cell.' },
];

/**
 * One of the lesson's sentences. Where the lesson gives a table of similarities, these are the scores of the first head.
 * @throws InputError for a name that there is not.
 */
export function sentenceSource(name: string, seed = 1): HeadsSource {
  const sentence = sentences.find((one) => one.name === name);
  if (!sentence) {
    const names = sentences.map((one) => one.name).join(', ');
    throw new InputError('sentence', name, `one of ${names}`);
  }
  const { text, similarities } = sentence;
  const table = similarities
    ? 'The first head has the lesson’s table of similarities. The rest is'
    : 'It is';
  const note = `A sentence of the lesson. ${table} ${NOT_LEARNED}.`;
  const first = similarities ? [lessonHead(similarities)] : [];
  return wordHeads(splitWords(text), { name: `“${text}”`, note }, seed, first);
}

/** Queries and keys are both the rows of a Cholesky factor, whose dot products are the similarities. */
function lessonHead(similarities: readonly (readonly number[])[]): WordHead {
  return {
    name: 'the lesson’s similarities',
    fill: (query, key) => {
      // Kernels divide dot products by √D.
      const amplitude = WORD_HEAD_SIZE ** 0.25;
      cholesky(similarities).forEach((row, i) => {
        const code = row.map((value) => value * amplitude);
        query.set(code, i * WORD_HEAD_SIZE);
        key.set(code, i * WORD_HEAD_SIZE);
      });
    },
  };
}

/** The lower triangle L with L·Lᵀ = the matrix, which is positive definite. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j];
      for (let d = 0; d < j; d++) rest -= lower[i][d] * lower[j][d];
      lower[i][j] = i === j ? Math.sqrt(rest) : rest / lower[j][j];
    }
  }
  return lower;
}
