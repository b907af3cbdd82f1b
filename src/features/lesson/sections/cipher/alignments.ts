import {
  ALPHABET,
  type Cipher,
  cipherSources,
  encode,
  keyedAlphabet,
  alignmentMatrix,
  substitutionSources,
  translation,
  transpositionSources,
} from '../../model/cipher';
import type { Matrix } from '../../model/matrix';
import type { LessonState } from '../../model/state';

/** Letters of a message that are drawn one by one. */
const MAX_LETTERS = 48;
/** Letters that an alignment matrix has room for. */
export const MAX_MATRIX_LETTERS = 12;

export const lettersOf = (message: string, most = MAX_LETTERS): string[] =>
  [...message].slice(0, most);

/** What stands under each letter of the alphabet; null for a cipher that swaps none. */
export function substitutionAlphabet({ cipher, shift, keyword }: Cipher): string | null {
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

const quoted = (letter: string) => (letter === ' ' ? 'a space' : `“${letter}”`);

/** What becomes of one letter, as a sentence. `at` is its place in the ciphered text. */
export function describeLetter(letters: readonly string[], at: number, cipher: Cipher): string {
  const [from] = cipherSources(letters.length, cipher)[at];
  const letter = letters[from];
  const written = encode(letters.join(''), cipher)[at];
  if (cipher.cipher === 'columns') {
    return `Place ${at + 1} of the ciphered text, ${quoted(letter)}, comes from place ${from + 1}.`;
  }
  if (!ALPHABET.includes(letter.toLowerCase())) {
    return `Place ${at + 1}, ${quoted(letter)}, is no letter from a to z and stays.`;
  }
  const { cipher: kind, shift, keyword } = cipher;
  const places = shift === 1 ? '1 place' : `${shift} places`;
  const how = kind === 'shift' ? `${places} on in the alphabet` : `by the alphabet of “${keyword}”`;
  return `Place ${at + 1}: ${quoted(letter)} becomes ${quoted(written)}, ${how}.`;
}

/** Ones on the diagonal and nothing else; one in each row and column; or anything else. */
type AlignmentShape = 'a diagonal' | 'a permutation' | 'neither';

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
export function describeSources(
  matrix: Matrix,
  outputs: readonly string[],
  inputs: readonly string[],
  row: number,
): string {
  const from = matrix[row].flatMap((share, i) => (share > 0 ? [quoted(inputs[i])] : []));
  return `${quoted(outputs[row])} comes from ${from.join(' and ')}`;
}

/** Inputs that several outputs are made from: where a matrix stops being a permutation. */
export function describeSharedSources(
  matrix: Matrix,
  outputs: readonly string[],
  inputs: readonly string[],
): string[] {
  return inputs.flatMap((input, column) => {
    const made = outputs.filter((_, row) => matrix[row][column] > 0);
    return made.length > 1
      ? [`${made.map(quoted).join(' and ')} both come from ${quoted(input)}`]
      : [];
  });
}

/** Neighbours whose order is not that of what they were made from. */
export function describeCrossings(matrix: Matrix, outputs: readonly string[]): string[] {
  const first = matrix.map((row) => row.findIndex((share) => share > 0));
  return outputs
    .slice(1)
    .flatMap((output, i) =>
      first[i + 1] < first[i] ? [`${quoted(outputs[i])} and ${quoted(output)} changed places`] : [],
    );
}

/** An alignment to be drawn: what was written, and what it was written from. */
export interface Alignment {
  readonly title: string;
  readonly matrix: Matrix;
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
}

export const translationAlignment: Alignment = {
  title: 'A translation',
  matrix: alignmentMatrix(translation.sources, translation.source.length),
  outputs: translation.target,
  inputs: translation.source,
};

/** Those of the message, by both kinds of cipher, as far as there is room; and the translation. */
export function alignmentsOf(state: LessonState): Alignment[] {
  const inputs = lettersOf(state.message, MAX_MATRIX_LETTERS);
  const count = inputs.length;
  if (count === 0) return [translationAlignment];
  const ciphered = (cipher: LessonState['cipher']) => [
    ...encode(inputs.join(''), { ...state, cipher }),
  ];
  return [
    {
      title: 'Letters swapped',
      matrix: alignmentMatrix(substitutionSources(count), count),
      outputs: ciphered(state.cipher === 'keyword' ? 'keyword' : 'shift'),
      inputs,
    },
    {
      title: 'Letters moved',
      matrix: alignmentMatrix(transpositionSources(count, state.columns), count),
      outputs: ciphered('columns'),
      inputs,
    },
    translationAlignment,
  ];
}
