import {
  contextualPoints,
  type ContextualPoint,
  type SentencePoint,
  sentencePoints,
} from '../../../lessons/plane';
import type { LessonState } from '../../../lessons/state';
import { wordsOf } from '../../../lessons/words';
import { remember } from '../remember';

/** The sentence among the words of the plane, and what attention makes of it. */
export interface Context {
  /** As written. */
  readonly names: readonly string[];
  readonly words: readonly SentencePoint[];
  /** Each word as the query. */
  readonly all: readonly ContextualPoint[];
  /** The first place of the word *cell*; of the word that asks where there is none. */
  readonly mover: number;
  /** Words that have no place of their own, each once. */
  readonly unknown: readonly string[];
}

const compute = remember(
  (
    text: string,
    moved: LessonState['moved'],
    without: readonly number[],
    temperature: number,
    asks: number,
  ): Context => {
    const names = wordsOf(text);
    const words = sentencePoints(text, moved);
    const cell = words.findIndex(({ word }) => word === 'cell');
    return {
      names,
      words,
      all: contextualPoints(words, { temperature, without }),
      mover: cell < 0 ? asks : cell,
      unknown: [...new Set(names.filter((_, i) => !words[i].known))],
    };
  },
);

/** Computed once for all sections that show it. */
export const contextOf = ({ context, moved, without, temperature, asks }: LessonState): Context =>
  compute(context, moved, without, temperature, asks);

/** Each word of the sentence once, with the first place it has there. */
export const firstPlaces = ({ words }: Context): number[] =>
  words.flatMap(({ word }, i) => (words.findIndex((one) => one.word === word) === i ? [i] : []));
