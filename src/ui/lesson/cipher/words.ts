import {
  ALPHABET,
  type Cipher,
  cipherSources,
  encode,
  keyedAlphabet,
} from '../../../lessons/cipher';
import type { Matrix } from '../../../lessons/matrix';

/** Letters of a message that are drawn one by one. */
export const MOST_LETTERS = 48;
/** Letters that an alignment matrix has room for. */
export const MATRIX_LETTERS = 12;

export const lettersOf = (message: string, most = MOST_LETTERS): string[] =>
  [...message].slice(0, most);

/** What stands under each letter of the alphabet; null for a cipher that swaps none. */
export function underAlphabet({ cipher, shift, keyword }: Cipher): string | null {
  if (cipher === 'columns') return null;
  return cipher === 'keyword'
    ? keyedAlphabet(keyword)
    : ALPHABET.slice(shift) + ALPHABET.slice(0, shift);
}

/** As much of a text as a sentence about it has room for. */
export const shortened = (text: string, most = 60): string => {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most).join('')}…` : text;
};

const named = (letter: string) => (letter === ' ' ? 'a space' : `“${letter}”`);

/** What becomes of one letter, as a sentence. `at` is its place in the ciphered text. */
export function tellLetter(letters: readonly string[], at: number, cipher: Cipher): string {
  const [from] = cipherSources(letters.length, cipher)[at];
  const letter = letters[from];
  const written = encode(letters.join(''), cipher)[at];
  if (cipher.cipher === 'columns') {
    return `Place ${at + 1} of the ciphered text, ${named(letter)}, comes from place ${from + 1}.`;
  }
  if (!ALPHABET.includes(letter.toLowerCase())) {
    return `Place ${at + 1}, ${named(letter)}, is no letter from a to z and stays.`;
  }
  const { cipher: kind, shift, keyword } = cipher;
  const places = shift === 1 ? '1 place' : `${shift} places`;
  const how = kind === 'shift' ? `${places} on in the alphabet` : `by the alphabet of “${keyword}”`;
  return `Place ${at + 1}: ${named(letter)} becomes ${named(written)}, ${how}.`;
}

/** Ones on the diagonal and nothing else; one in each row and column; or anything else. */
export type AlignmentShape = 'a diagonal' | 'a permutation' | 'neither';

export function shapeOf(matrix: Matrix): AlignmentShape {
  const places = matrix.map((row) => row.findIndex((share) => share > 0));
  const isOneToOne =
    matrix.length === matrix[0].length &&
    matrix.every((row) => row.filter((share) => share > 0).length === 1) &&
    new Set(places).size === matrix.length;
  if (!isOneToOne) return 'neither';
  return places.every((place, i) => place === i) ? 'a diagonal' : 'a permutation';
}

/** What an output was made from: "assis" from "sat". */
export function tellSources(
  matrix: Matrix,
  outputs: readonly string[],
  inputs: readonly string[],
  row: number,
): string {
  const from = matrix[row].flatMap((share, i) => (share > 0 ? [named(inputs[i])] : []));
  return `${named(outputs[row])} comes from ${from.join(' and ')}`;
}

/** Inputs that several outputs are made from: where a matrix stops being a permutation. */
export function tellShared(
  matrix: Matrix,
  outputs: readonly string[],
  inputs: readonly string[],
): string[] {
  return inputs.flatMap((input, column) => {
    const made = outputs.filter((_, row) => matrix[row][column] > 0);
    return made.length > 1
      ? [`${made.map(named).join(' and ')} both come from ${named(input)}`]
      : [];
  });
}

/** Neighbours whose order is not that of what they were made from. */
export function tellCrossed(matrix: Matrix, outputs: readonly string[]): string[] {
  const first = matrix.map((row) => row.findIndex((share) => share > 0));
  return outputs
    .slice(1)
    .flatMap((output, i) =>
      first[i + 1] < first[i] ? [`${named(outputs[i])} and ${named(output)} changed places`] : [],
    );
}
