import { pairs } from 'd3-array';
import {
  ALPHABET,
  type Cipher,
  type CipherKind,
  cipherSources,
  encipher,
  alignmentMatrix,
  type Sources,
  substitutionSources,
  translation,
  transpositionSources,
} from '../../model/cipher';
import type { Matrix } from '../../model/matrix';
import type { LessonState } from '../../model/state';

const MAX_LETTERS = 48;
export const MAX_MATRIX_LETTERS = 12;

export const lettersOf = (message: string, max = MAX_LETTERS): string[] =>
  [...message].slice(0, max);

export const shortened = (text: string, max = 60): string =>
  [...text].length > max ? `${lettersOf(text, max).join('')}…` : text;

const quoted = (letter: string) => (letter === ' ' ? 'a space' : `“${letter}”`);

/** What becomes of one letter, given its position in the ciphered text. */
export function describeLetter(
  letters: readonly string[],
  position: number,
  cipher: Cipher,
): string {
  const [from] = cipherSources(letters.length, cipher)[position];
  const letter = letters[from];
  const written = encipher(letters.join(''), cipher)[position];
  if (cipher.cipher === 'columns') {
    return `Place ${position + 1} of the ciphered text, ${quoted(letter)}, comes from place ${from + 1}.`;
  }
  if (!ALPHABET.includes(letter.toLowerCase())) {
    return `Place ${position + 1}, ${quoted(letter)}, is no letter from a to z and stays.`;
  }
  const { cipher: kind, shift, keyword } = cipher;
  const places = shift === 1 ? '1 place' : `${shift} places`;
  const how = kind === 'shift' ? `${places} on in the alphabet` : `by the alphabet of “${keyword}”`;
  return `Place ${position + 1}: ${quoted(letter)} becomes ${quoted(written)}, ${how}.`;
}

/** Which outputs were made from which inputs. */
export interface Alignment {
  readonly title: string;
  readonly matrix: Matrix;
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
}

export function alignmentShape({ matrix }: Pick<Alignment, 'matrix'>) {
  const columns = matrix.map((row) => row.findIndex((share) => share > 0));
  const isOneToOne =
    matrix.length === matrix[0].length &&
    matrix.every((row) => row.filter((share) => share > 0).length === 1) &&
    new Set(columns).size === matrix.length;
  if (!isOneToOne) return 'neither';
  return columns.every((column, i) => column === i) ? 'a diagonal' : 'a permutation';
}

/** “assis” comes from “sat” */
export function describeSources({ matrix, outputs, inputs }: Alignment, row: number): string {
  const from = matrix[row].flatMap((share, i) => (share > 0 ? [quoted(inputs[i])] : []));
  return `${quoted(outputs[row])} comes from ${from.join(' and ')}`;
}

/** Inputs that several outputs are made from. */
export const describeSharedSources = ({ matrix, outputs, inputs }: Alignment): string[] =>
  inputs.flatMap((input, column) => {
    const made = outputs.filter((_, row) => matrix[row][column] > 0).map(quoted);
    return made.length > 1 ? [`${made.join(' and ')} both come from ${quoted(input)}`] : [];
  });

export function describeCrossings({ matrix, outputs }: Alignment): string[] {
  const first = matrix.map((row) => row.findIndex((share) => share > 0));
  return pairs(outputs.map(quoted)).flatMap(([one, next], i) =>
    first[i + 1] < first[i] ? [`${one} and ${next} changed places`] : [],
  );
}

export const translationAlignment: Alignment = {
  title: 'A translation',
  matrix: alignmentMatrix(translation.sources, translation.source.length),
  outputs: translation.target,
  inputs: translation.source,
};

/** Alignments of the message's beginning under both kinds of cipher, and of the translation. */
export function alignmentsOf(state: LessonState): Alignment[] {
  const inputs = lettersOf(state.message, MAX_MATRIX_LETTERS);
  const count = inputs.length;
  if (count === 0) return [translationAlignment];
  const ciphered = (title: string, cipher: CipherKind, sources: Sources): Alignment => ({
    title,
    matrix: alignmentMatrix(sources, count),
    outputs: [...encipher(inputs.join(''), { ...state, cipher })],
    inputs,
  });
  const swap = state.cipher === 'keyword' ? 'keyword' : 'shift';
  return [
    ciphered('Letters swapped', swap, substitutionSources(count)),
    ciphered('Letters moved', 'columns', transpositionSources(count, state.columns)),
    translationAlignment,
  ];
}
