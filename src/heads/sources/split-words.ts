import { InputError } from '../../attention/input-error';

export const MOST_WORDS = 2048;
/** Words are short: a text of more characters than this has too many of them, and need not be split to know. */
export const MOST_CHARACTERS = 100 * MOST_WORDS;

/**
 * Words and punctuation marks of a text, in order, without the spaces between.
 * @throws InputError for a text with none, or with more than 2,048.
 */
export function splitWords(text: string): string[] {
  if (text.length > MOST_CHARACTERS) throw tooLong(`${count(text.length)} characters`);
  const words = segments(text).filter((segment) => segment.trim() !== '');
  if (words.length === 0) throw new InputError('text', text, 'at least one word');
  if (words.length > MOST_WORDS) throw tooLong(`${count(words.length)} words and marks`);
  return words;
}

/** What counts as one word: spelled alike but for capitals. */
export const wordKey = (word: string): string => word.normalize('NFC').toLowerCase();

function segments(text: string): string[] {
  // Not in every browser; it knows scripts that write no spaces.
  if (typeof Intl.Segmenter !== 'function') return text.match(WORDS_OR_MARKS) ?? [];
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

const WORDS_OR_MARKS = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*|\S/gu;

const count = (n: number) => n.toLocaleString('en-US');
const tooLong = (value: string) =>
  new InputError('text', value, `at most ${count(MOST_WORDS)} words and marks`);
