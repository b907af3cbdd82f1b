import { memoizeLast } from '../../../../ui/memoize-last';
import { wordsOf } from '../../model/sentence';
import type { LessonState } from '../../model/state';
import {
  type ContextualPoint,
  contextualPoints,
  type PointOverrides,
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
  /** The first position of the word *cell*; the query's where there is none. */
  readonly subject: number;
  /** Words that the plane does not know, each once. */
  readonly unknown: readonly string[];
}

const computeContext = memoizeLast(
  (
    text: string,
    pointOverrides: PointOverrides,
    excluded: readonly number[],
    temperature: number,
    queryPosition: number,
  ): SentenceContext => {
    const names = wordsOf(text);
    const words = sentencePoints(text, pointOverrides);
    const cell = words.findIndex(({ word }) => word === 'cell');
    return {
      names,
      words,
      byQuery: contextualPoints(words, { temperature, excluded }),
      subject: cell < 0 ? queryPosition : cell,
      unknown: [...new Set(names.filter((_, i) => !words[i].known))],
    };
  },
);

/** Computed once for all sections that show it. */
export const contextOf = (state: LessonState): SentenceContext =>
  computeContext(
    state.context,
    state.pointOverrides,
    state.excluded,
    state.temperature,
    state.queryPosition,
  );

/** Each word of the sentence once, by its first position. */
export const firstPositions = ({ words }: SentenceContext): number[] =>
  words.flatMap(({ word }, i) => (words.findIndex((one) => one.word === word) === i ? [i] : []));
