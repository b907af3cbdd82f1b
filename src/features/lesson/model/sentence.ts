import { InputError } from '../../../attention/input-error';

/** The lesson shows tables of all words by all words, which more words would make unreadable. */
export const MAX_WORDS = 24;

/** The deck's sentence, which its table of similarities is about. */
export const deckSentence = 'The prisoner sat in his cell';

/**
 * Words of a text in order, as written, without punctuation.
 * @throws InputError for a text with none, or with more than 24.
 */
export function wordsOf(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? [];
  if (words.length === 0 || words.length > MAX_WORDS) {
    throw new InputError('sentence', text, `1 to ${MAX_WORDS} words`);
  }
  return words;
}

/** Words that differ only in capitals are the same word. */
export const wordKey = (word: string): string => word.normalize('NFC').toLowerCase();

/** "6 words", "1 word". */
export const countWords = (count: number): string => `${count} ${count === 1 ? 'word' : 'words'}`;

/** "the, his and small" */
export function listOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** Ascending positions with one more, or without it if they have it. */
export const toggled = (positions: readonly number[], position: number): number[] =>
  positions.includes(position)
    ? positions.filter((one) => one !== position)
    : [...positions, position].toSorted((a, b) => a - b);
