import { diluted } from './dilution';
import type { Vector } from './matrix';
import type { LessonState } from './state';
import { wordKey, wordsOf } from './words';

/** The deck's arithmetic is about two words: the one that asks and *Cell*. */
export interface Pair {
  readonly places: readonly [asking: number, other: number];
  readonly names: readonly [string, string];
  /** 1 and .75, for *Prisoner* and *Cell*. */
  readonly scores: readonly [number, number];
  /** What the rest of the sentence scores, in order. */
  readonly rest: Vector;
}

/** The word that asks with *cell*, where it stands in the sentence; else with the word after it. */
export function pairOf({ sentence, table, query }: LessonState): Pair {
  const words = wordsOf(sentence);
  const cell = words.map(wordKey).indexOf('cell');
  const other = cell >= 0 && cell !== query ? cell : (query + 1) % words.length;
  const row = table.values[query];
  return {
    places: [query, other],
    names: [table.names[query], table.names[other]],
    scores: [row[query], row[other]],
    rest: row.slice(0, words.length).filter((_, place) => place !== query && place !== other),
  };
}

/**
 * The pair among `words` words, or as many as score anything: words that score 0 are counted, not named. A
 * sentence of one word has no other.
 */
export function dilutionOf(state: LessonState, words = state.words) {
  const { places, scores, rest } = pairOf(state);
  const { temperature } = state;
  const kept = places[0] === places[1] ? scores.slice(0, 1) : scores;
  const others = rest.filter((score) => score !== 0);
  return { words: Math.max(words, kept.length + others.length), kept, others, temperature };
}

/** The share of weight that the pair holds among so many. */
export function dilutedPair(state: LessonState, words?: number): number {
  const { words: count, ...options } = dilutionOf(state, words);
  return diluted(count, options);
}
