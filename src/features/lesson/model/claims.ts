import { pairOf } from './scores';
import { wordsOf } from './sentence';
import type { LessonState } from './state';

/** Numbers that the deck prints, beside the computed ones. */
export interface Claim {
  /** Of the deck's list of systems. */
  readonly row: number;
  readonly id: string;
  readonly title: string;
  /** Names of the numbers, in order. */
  readonly names: (state: LessonState) => readonly string[];
  /**
   * The deck's numbers for its own sentence and table, or what follows from its words (ignored zeros have no weight);
   * null where it has none.
   */
  readonly printed: readonly (number | string)[] | null;
  /** The same numbers, computed from the current state. */
  readonly computed: (state: LessonState) => readonly (number | string)[];
  /** What is wrong with the printed numbers, or that they are right. */
  readonly note: string;
}

export const sentenceNames = ({ table, sentence }: LessonState) =>
  table.names.slice(0, wordsOf(sentence).length);

export const pairNames = (state: LessonState) => pairOf(state).names;
