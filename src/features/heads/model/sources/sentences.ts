import { InputError } from '../../../../attention/input-error';
import type { HeadsSource } from '../source';
import {
  splitWords,
  NOT_LEARNED,
  type WordSourceOptions,
  WORD_HEAD_SIZE,
  type WordHead,
  wordHeads,
} from './words';

export interface Sentence {
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

const SENTENCE_HEADS = 8;

/**
 * One of the lesson's sentences. Where the lesson gives a table of similarities, these are the scores of the first head.
 * @throws InputError for a name that there is not.
 */
export function sentenceSource(name: string, { seed = 1 }: WordSourceOptions = {}): HeadsSource {
  const sentence = sentences.find((one) => one.name === name);
  if (!sentence) {
    const names = sentences.map((one) => one.name).join(', ');
    throw new InputError('sentence', name, `one of ${names}`);
  }
  const { text, similarities } = sentence;
  const table = similarities
    ? 'The first head has the lesson’s table of similarities. The rest is'
    : 'It is';
  return wordHeads(splitWords(text), {
    name: `“${text}”`,
    note: `A sentence of the lesson. ${table} ${NOT_LEARNED}.`,
    seed,
    heads: SENTENCE_HEADS,
    first: similarities ? [lessonHead(similarities)] : [],
  });
}

/** Queries and keys are both the rows of a Cholesky factor, whose dot products are the similarities. */
function lessonHead(similarities: readonly (readonly number[])[]): WordHead {
  return {
    name: 'the lesson’s similarities',
    fill: (query, key) => {
      const rows = cholesky(similarities);
      // Kernels divide dot products by √D.
      const amplitude = WORD_HEAD_SIZE ** 0.25;
      rows.forEach((row, i) =>
        row.forEach((value, d) => {
          query[i * WORD_HEAD_SIZE + d] = value * amplitude;
          key[i * WORD_HEAD_SIZE + d] = value * amplitude;
        }),
      );
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
