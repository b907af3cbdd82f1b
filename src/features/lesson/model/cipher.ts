import { InputError } from '../../../attention/input-error';
import type { Matrix } from './matrix';

/**
 * Ciphers to do by hand. Weaver asked Wiener (4 March 1947) whether a book in Russian is not one in English,
 * written in a strange code. Only "encode, then decode" carries over to translation: a cipher goes letter by
 * letter and can be undone without loss, a translation does neither.
 */
export const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** Caesar shift, substitution by a keyed alphabet, or columnar transposition. */
export const cipherKinds = ['shift', 'keyword', 'columns'] as const;
export type CipherKind = (typeof cipherKinds)[number];

/** More columns than letters would change nothing. */
export const MAX_COLUMNS = 24;

export interface Cipher {
  readonly cipher: CipherKind;
  readonly shift: number;
  readonly keyword: string;
  readonly columns: number;
}

export function encipher(text: string, cipher: Cipher): string {
  const alphabet = substitutionAlphabet(cipher);
  if (alphabet) return substitute(text, ALPHABET, alphabet);
  const characters = [...text];
  return columnOrder(characters.length, cipher.columns)
    .map((source) => characters[source])
    .join('');
}

/** Undoes `encipher` with the same key, to the letter. */
export function decipher(text: string, cipher: Cipher): string {
  const alphabet = substitutionAlphabet(cipher);
  if (alphabet) return substitute(text, alphabet, ALPHABET);
  const characters = [...text];
  const result = characters.map(() => '');
  const order = columnOrder(characters.length, cipher.columns);
  order.forEach((source, i) => (result[source] = characters[i]));
  return result.join('');
}

/** The source position of each letter of an enciphered text of this length. */
export const cipherSources = (length: number, { cipher, columns }: Cipher): Sources =>
  cipher === 'columns' ? transpositionSources(length, columns) : substitutionSources(length);

/** The letter that replaces each letter of the alphabet; null for a transposition. */
export function substitutionAlphabet({ cipher, shift, keyword }: Cipher): string | null {
  if (cipher === 'columns') return null;
  if (cipher === 'keyword') return keyedAlphabet(keyword);
  if (!Number.isInteger(shift)) throw new InputError('shift', shift, 'a whole number');
  const by = shift % 26;
  return ALPHABET.slice(by) + ALPHABET.slice(0, by);
}

/** The letters of a keyword, each once, then the rest of the alphabet. */
export function keyedAlphabet(keyword: string): string {
  const letters = keyword.toLowerCase().replace(/[^a-z]/g, '');
  if (!letters) throw new InputError('keyword', keyword, 'a word with a letter from a to z');
  return [...new Set(letters + ALPHABET)].join('');
}

/** Capitals stay capitals. */
function substitute(text: string, from: string, to: string): string {
  const swap = (letter: string) => to[from.indexOf(letter)];
  return text
    .replace(/[a-z]/g, swap)
    .replace(/[A-Z]/g, (letter) => swap(letter.toLowerCase()).toUpperCase());
}

/**
 * The source position of each character of a columnar transposition: the text is written in rows of `columns` and
 * read column by column.
 */
export function columnOrder(length: number, columns: number): number[] {
  if (!Number.isInteger(columns) || columns < 1) {
    throw new InputError('columns', columns, 'a whole number from 1');
  }
  const positions = Array.from({ length }, (_, i) => i);
  return positions.sort((a, b) => (a % columns) - (b % columns) || a - b);
}

/** A position of the output with the positions of the input that it was made from. */
export type Sources = readonly (readonly number[])[];

/**
 * (output × input) How much of each output was made from each input; every row sums to 1.
 * A substitution has ones on the diagonal, a transposition a permutation, a translation neither: it is what
 * attention between decoder and encoder has to find. @throws InputError for a position that does not exist.
 */
export function alignmentMatrix(sources: Sources, inputs: number): Matrix {
  return sources.map((positions) => {
    for (const position of positions) {
      const inside = Number.isInteger(position) && position >= 0 && position < inputs;
      if (!inside)
        throw new InputError('position', position, `a whole number from 0 to ${inputs - 1}`);
    }
    const shares = Array.from({ length: inputs }, () => 0);
    for (const position of positions) shares[position] += 1 / positions.length;
    return shares;
  });
}

/** The alignment of a substitution: every letter keeps its position. */
export const substitutionSources = (length: number): Sources =>
  Array.from({ length }, (_, i) => [i]);

export const transpositionSources = (length: number, columns: number): Sources =>
  columnOrder(length, columns).map((source) => [source]);

/** A translation, aligned by hand: one word becomes two, and two others swap positions. */
export const translation = {
  source: ['The', 'prisoner', 'sat', 'alone', 'in', 'his', 'small', 'cell'],
  target: ['Le', 'prisonnier', 'était', 'assis', 'seul', 'dans', 'sa', 'cellule', 'exiguë'],
  sources: [[0], [1], [2], [2], [3], [4], [5], [7], [6]] as Sources,
  note: 'Aligned here by hand; no model computed it.',
} as const;
