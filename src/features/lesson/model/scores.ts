import { dilutedShare } from './dilution';
import type { Vector } from './matrix';
import { wordsOf, wordKey } from './sentence';
import { withSimilarity } from './similarity-table';
import { type LessonState, withTable } from './state';

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

/** The deck's arithmetic is about two words: the one that asks and *Cell*. */
interface ScorePair {
  readonly positions: readonly [asking: number, other: number];
  readonly names: readonly [string, string];
  /** 1 and .75, for *Prisoner* and *Cell*. */
  readonly scores: readonly [number, number];
  /** What the rest of the sentence scores, in order. */
  readonly rest: Vector;
}

/** The word that asks with *cell*, where it stands in the sentence; else with the word after it. */
export function pairOf({ sentence, table, query }: LessonState): ScorePair {
  const words = wordsOf(sentence);
  const cell = words.map(wordKey).indexOf('cell');
  const other = cell >= 0 && cell !== query ? cell : (query + 1) % words.length;
  const row = table.values[query];
  return {
    positions: [query, other],
    names: [table.names[query], table.names[other]],
    scores: [row[query], row[other]],
    rest: row.slice(0, words.length).filter((_, place) => place !== query && place !== other),
  };
}

/**
 * The pair among `words` words, or as many as score anything: words that score 0 are counted, not named. A
 * sentence of one word has no other.
 */
export function dilutionOf(state: LessonState, words = state.wordCount) {
  const { positions: places, scores, rest } = pairOf(state);
  const { temperature } = state;
  const kept = places[0] === places[1] ? scores.slice(0, 1) : scores;
  const others = rest.filter((score) => score !== 0);
  return { words: Math.max(words, kept.length + others.length), kept, others, temperature };
}

/** The share of weight that the pair holds among so many. */
export function dilutedPair(state: LessonState, words?: number): number {
  const { words: count, ...options } = dilutionOf(state, words);
  return dilutedShare(count, options);
}
