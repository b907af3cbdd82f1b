import { memoizeLast } from '../../../../ui/memoize-last';
import { wordsOf } from '../../model/sentence';
import type { LessonState } from '../../model/state';
import { contextualPoints, type PointOverrides, sentencePoints } from '../../model/word-points';

/** The sentence among the words of the plane, and what attention makes of it. */
export type SentenceContext = ReturnType<typeof computeContext>;

const computeContext = memoizeLast(
  (
    text: string,
    pointOverrides: PointOverrides,
    excluded: readonly number[],
    temperature: number,
    queryPosition: number,
  ) => {
    const names = wordsOf(text);
    const words = sentencePoints(text, pointOverrides);
    const cell = words.findIndex(({ word }) => word === 'cell');
    return {
      /** As written. */
      names,
      words,
      byQuery: contextualPoints(words, { temperature, excluded }),
      /** The first position of the word *cell*; the query's where there is none. */
      subject: cell < 0 ? queryPosition : cell,
      /** Words that the plane does not know, each once. */
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
