import { pairOf } from './scores';
import { wordsOf } from './sentence';
import type { LessonState } from './state';

/** What the deck prints beside what comes out, so that a page can show both and let the reader find it. */
export interface Claim {
  /** Of the deck's list of systems. */
  readonly row: number;
  readonly id: string;
  readonly title: string;
  /** What each number is, in order; words, where the state has others. */
  readonly names: (state: LessonState) => readonly string[];
  /**
   * The deck's numbers, and what follows from them where it says so without a number (zeros that are ignored
   * have no weight); null where it has none. Of its own sentence and table.
   */
  readonly printed: readonly (number | string)[] | null;
  /** The same numbers from the state as it is now. */
  readonly computed: (state: LessonState) => readonly (number | string)[];
  /** What is wrong with the printed ones, or that they are right. */
  readonly note: string;
}

export const sentenceNames = ({ table, sentence }: LessonState) =>
  table.names.slice(0, wordsOf(sentence).length);

export const pairNames = (state: LessonState) => pairOf(state).names;
