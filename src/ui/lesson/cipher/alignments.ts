import {
  alignmentMatrix,
  encode,
  substitutionSources,
  translation,
  transpositionSources,
} from '../../../lessons/cipher';
import type { Matrix } from '../../../lessons/matrix';
import type { LessonState } from '../../../lessons/state';
import { lettersOf, MATRIX_LETTERS } from './words';

/** An alignment to be drawn: what was written, and what it was written from. */
export interface Alignment {
  readonly title: string;
  readonly matrix: Matrix;
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
}

export const translated: Alignment = {
  title: 'A translation',
  matrix: alignmentMatrix(translation.sources, translation.source.length),
  outputs: translation.target,
  inputs: translation.source,
};

/** Those of the message, by both kinds of cipher, as far as there is room; and the translation. */
export function alignmentsOf(state: LessonState): Alignment[] {
  const inputs = lettersOf(state.message, MATRIX_LETTERS);
  const count = inputs.length;
  if (count === 0) return [translated];
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
    translated,
  ];
}
