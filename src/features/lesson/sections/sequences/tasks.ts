import type { Matrix } from '../../model/matrix';
import { wordKey, wordsOf } from '../../model/sentence';
import { type LessonState, withSentence } from '../../model/state';

/** A task from sequence to sequence, by example. We wrote the answers; no model made them. */
export interface SequenceTask {
  readonly name: string;
  readonly source: string;
  readonly target: string;
}

export const sequenceTasks: readonly SequenceTask[] = [
  {
    name: 'Translation',
    source: 'The prisoner sat in his cell',
    target: 'Le prisonnier était assis dans sa cellule',
  },
  {
    name: 'Summary',
    source:
      'The prisoner sat in his cell all morning, wrote a long letter to his sister, tore it up and began again',
    target: 'A prisoner tries to write',
  },
  {
    name: 'Conversation',
    source: 'Why did the prisoner stay in his cell?',
    target: 'The door was locked and somebody else had the key',
  },
];

export const withTask = (state: LessonState, { source, target }: SequenceTask): LessonState => ({
  ...withSentence(state, source),
  target,
});

const keyOf = (text: string) => wordsOf(text).map(wordKey).join(' ');

export const matchesTask = ({ sentence, target }: LessonState, task: SequenceTask): boolean =>
  keyOf(sentence) === keyOf(task.source) && keyOf(target) === keyOf(task.target);

export function describeLengths(source: number, target: number): string {
  const more = target - source;
  if (more === 0) return 'Just as many come out as go in.';
  const by = Math.abs(more);
  const [count, come, go] = by === 1 ? ['One', 'comes', 'goes'] : [by, 'come', 'go'];
  return `${count} ${more > 0 ? 'more' : 'fewer'} ${come} out than ${go} in.`;
}

/**
 * A row of words at its longest, so that words dragged off its end can come back with their vectors. There may be
 * fewer vectors than words, after their width has changed.
 */
export interface FullRow {
  readonly words: readonly string[];
  readonly x: Matrix;
}

/** The row after a change of the state: a new one, unless the words are its beginning. */
export function updatedRow(row: FullRow, words: readonly string[], x: Matrix = []): FullRow {
  if (!words.every((word, i) => word === row.words[i])) return { words, x };
  const isSameWidth = x[0]?.length === row.x[0]?.length;
  const rest = isSameWidth ? row.x.slice(words.length) : [];
  return { words: row.words, x: [...x.slice(0, words.length), ...rest] };
}

/** The state with the first `count` words of the row as its sentence. */
export function withLength(state: LessonState, { words, x }: FullRow, count: number): LessonState {
  const known = words.slice(0, x.length);
  const longest = { ...state, sentence: known.join(' '), x };
  return withSentence(longest, words.slice(0, count).join(' '));
}

/** Number of words, on several lines, before a pointer; at least 1. */
export function wordsBefore(
  boxes: readonly Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>[],
  x: number,
  y: number,
): number {
  const count = boxes.filter(
    ({ left, right, top, bottom }) => y > bottom || (y >= top && x > (left + right) / 2),
  ).length;
  return Math.max(1, count);
}
