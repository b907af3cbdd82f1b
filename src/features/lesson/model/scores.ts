import { dilutedShare } from './dilution';
import type { Vector } from './matrix';
import { wordsOf, wordKey } from './sentence';
import { withSimilarity } from './similarity-table';
import { type LessonState, withTable } from './state';

/** The query's scores over the words of the sentence: its row of the table. */
export const scoresOf = (state: LessonState): Vector =>
  state.table.values[state.query].slice(0, wordsOf(state.sentence).length);

/** Which of them are masked: hidden words, and those after the query under a causal mask. */
export const hiddenFrom = ({ sentence, hidden, causal, query }: LessonState): boolean[] =>
  wordsOf(sentence).map((_, key) => hidden.includes(key) || (causal && key > query));

/**
 * The state with another score of the query for the word at position `key`. A pair whose two similarities were
 * equal stays so, as dot products are symmetric.
 * @throws InputError for no such position, or no finite number.
 */
export function withScore(state: LessonState, key: number, value: number): LessonState {
  const { table, query } = state;
  const mirrored = table.values[key]?.[query] === table.values[query][key];
  const changed = withSimilarity(table, query, key, value);
  return withTable(state, mirrored ? withSimilarity(changed, key, query, value) : changed);
}

/**
 * The two words of the deck's arithmetic: the query with *cell* if that is another word of the sentence, else with the
 * word after it.
 */
export function pairOf({ sentence, table, query }: LessonState) {
  const words = wordsOf(sentence);
  const cell = words.map(wordKey).indexOf('cell');
  const other = cell >= 0 && cell !== query ? cell : (query + 1) % words.length;
  const row = table.values[query];
  return {
    positions: [query, other],
    names: [table.names[query], table.names[other]],
    /** 1 and .75, for *Prisoner* and *Cell*. */
    scores: [row[query], row[other]],
    /** What the rest of the sentence scores, in order. */
    rest: row.slice(0, words.length).filter((_, key) => key !== query && key !== other),
  } as const;
}

/**
 * The pair among `words` words, or more if more score above or below 0. Words that score 0 are only counted. A
 * sentence of one word has no second.
 */
export function dilutionOf(state: LessonState, words = state.wordCount) {
  const { positions, scores, rest } = pairOf(state);
  const { temperature } = state;
  const kept = positions[0] === positions[1] ? scores.slice(0, 1) : scores;
  const others = rest.filter((score) => score !== 0);
  return { words: Math.max(words, kept.length + others.length), kept, others, temperature };
}

/** The share of weight that the pair holds among `words` words. */
export function dilutedPair(state: LessonState, words?: number): number {
  const { words: count, ...options } = dilutionOf(state, words);
  return dilutedShare(count, options);
}
