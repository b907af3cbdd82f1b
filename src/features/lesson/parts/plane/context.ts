import { memoizeLast } from '../../../../ui/memoize-last';
import { wordsOf } from '../../model/sentence';
import type { LessonState } from '../../model/state';
import {
  contextualPoints,
  type ContextualPoint,
  type SentencePoint,
  sentencePoints,
} from '../../model/word-points';

/** The sentence among the words of the plane, and what attention makes of it. */
export interface SentenceContext {
  /** As written. */
  readonly names: readonly string[];
  readonly words: readonly SentencePoint[];
  /** Each word as the query. */
  readonly byQuery: readonly ContextualPoint[];
  /** The first place of the word *cell*; of the word that asks where there is none. */
  readonly subject: number;
  /** Words that have no place of their own, each once. */
  readonly unknown: readonly string[];
}

const computeContext = memoizeLast(
  (
    text: string,
    moved: LessonState['pointOverrides'],
    without: readonly number[],
    temperature: number,
    asks: number,
  ): SentenceContext => {
    const names = wordsOf(text);
    const words = sentencePoints(text, moved);
    const cell = words.findIndex(({ word }) => word === 'cell');
    return {
      names,
      words,
      byQuery: contextualPoints(words, { temperature, excluded: without }),
      subject: cell < 0 ? asks : cell,
      unknown: [...new Set(names.filter((_, i) => !words[i].known))],
    };
  },
);

/** Computed once for all sections that show it. */
export const contextOf = ({
  context,
  pointOverrides: moved,
  excluded: without,
  temperature,
  queryPosition: asks,
}: LessonState): SentenceContext => computeContext(context, moved, without, temperature, asks);

/** Each word of the sentence once, with the first place it has there. */
export const firstPositions = ({ words }: SentenceContext): number[] =>
  words.flatMap(({ word }, i) => (words.findIndex((one) => one.word === word) === i ? [i] : []));
