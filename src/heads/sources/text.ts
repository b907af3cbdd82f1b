import type { HeadsSource } from '../source';
import { splitWords } from './split-words';
import { wordHeads } from './word-heads';

export interface TextOptions {
  /** Of the random matrices; 1 unless told. */
  readonly seed?: number;
}

const TEXT_HEADS = 8;

/** Said of every source whose numbers nobody trained. */
export const NOT_LEARNED =
  'not learned: embeddings are random numbers seeded by each word, one head is made to see the same word ' +
  'and one the previous token, and the others have random matrices';

/**
 * A text typed by somebody, split into words and punctuation marks.
 * @throws InputError for a text without words, or with more than 2,048.
 */
export function textSource(text: string, { seed = 1 }: TextOptions = {}): HeadsSource {
  const words = splitWords(text);
  const note = `Your text, as ${words.length} words and marks; ${NOT_LEARNED}.`;
  return wordHeads(words, { name: 'Your text', note, seed, heads: TEXT_HEADS });
}
