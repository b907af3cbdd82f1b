import type { Vector } from './matrix';
import { type LessonState, withTable } from './state';
import { withSimilarity } from './table';
import { wordsOf } from './words';

/** Scores of the word that asks, over the words of the sentence: its row of the table. */
export const scoresOf = (state: LessonState): Vector =>
  state.table.values[state.query].slice(0, wordsOf(state.sentence).length);

/** Which of them the word that asks may not see: words that are hidden, and what comes after it under a causal mask. */
export const hiddenFrom = ({ sentence, hidden, causal, query }: LessonState): boolean[] =>
  wordsOf(sentence).map((_, place) => hidden.includes(place) || (causal && place > query));

/**
 * The state with another score that the word that asks gives to the word at `place`. A pair whose two
 * similarities were the same stays so: who asks and who is asked makes no difference for dot products.
 * @throws InputError for no such place, or no finite number.
 */
export function withScore(state: LessonState, place: number, value: number): LessonState {
  const { table, query } = state;
  const mirrored = table.values[place]?.[query] === table.values[query][place];
  const changed = withSimilarity(table, query, place, value);
  return withTable(state, mirrored ? withSimilarity(changed, place, query, value) : changed);
}
