import type { Matrix } from '../../../lessons/matrix';
import { type LessonState, withSentence } from '../../../lessons/state';

/**
 * A row of words at its longest: what has been dragged off its end can come back, with the vectors that it
 * had. Vectors may be fewer than words, where they have been given another width since.
 */
export interface WholeRow {
  readonly words: readonly string[];
  readonly x: Matrix;
}

/** The row after the state has changed. Words that are no beginning of it are a row of their own. */
export function followWords(whole: WholeRow, words: readonly string[], x: Matrix = []): WholeRow {
  if (!words.every((word, i) => word === whole.words[i])) return { words, x };
  const isSameWidth = x[0]?.length === whole.x[0]?.length;
  const rest = isSameWidth ? whole.x.slice(words.length) : [];
  return { words: whole.words, x: [...x.slice(0, words.length), ...rest] };
}

/** The state with as many words of the row for its sentence. */
export function withLength(state: LessonState, { words, x }: WholeRow, count: number): LessonState {
  const known = words.slice(0, x.length);
  const all = { ...state, sentence: known.join(' '), x };
  return withSentence(all, words.slice(0, count).join(' '));
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How many words of a row, in lines, stand before a pointer; never none. */
export function wordsBefore(boxes: readonly Box[], x: number, y: number): number {
  const count = boxes.filter(
    ({ left, right, top, bottom }) => y > bottom || (y >= top && x > (left + right) / 2),
  ).length;
  return Math.max(1, count);
}
