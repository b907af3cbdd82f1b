import type { Matrix } from '../../model/matrix';
import { wordKey, wordsOf } from '../../model/sentence';
import { type LessonState, withSentence } from '../../model/state';

/** What takes a sequence in and gives one out, by example. No model made the answers: we wrote them. */
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

/** How the length of what comes out compares with what went in, as a sentence. */
export function describeLengths(source: number, target: number): string {
  const more = target - source;
  if (more === 0) return 'Just as many come out as go in.';
  const by = Math.abs(more);
  const [count, come, go] = by === 1 ? ['One', 'comes', 'goes'] : [by, 'come', 'go'];
  return `${count} ${more > 0 ? 'more' : 'fewer'} ${come} out than ${go} in.`;
}

/**
 * A row of words at its longest: what has been dragged off its end can come back, with the vectors that it
 * had. Vectors may be fewer than words, where they have been given another width since.
 */
export interface FullRow {
  readonly words: readonly string[];
  readonly x: Matrix;
}

/** The row after the state has changed. Words that are no beginning of it are a row of their own. */
export function updatedRow(whole: FullRow, words: readonly string[], x: Matrix = []): FullRow {
  if (!words.every((word, i) => word === whole.words[i])) return { words, x };
  const isSameWidth = x[0]?.length === whole.x[0]?.length;
  const rest = isSameWidth ? whole.x.slice(words.length) : [];
  return { words: whole.words, x: [...x.slice(0, words.length), ...rest] };
}

/** The state with as many words of the row for its sentence. */
export function withLength(state: LessonState, { words, x }: FullRow, count: number): LessonState {
  const known = words.slice(0, x.length);
  const all = { ...state, sentence: known.join(' '), x };
  return withSentence(all, words.slice(0, count).join(' '));
}

interface WordBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How many words of a row, in lines, stand before a pointer; never none. */
export function wordsBefore(boxes: readonly WordBox[], x: number, y: number): number {
  const count = boxes.filter(
    ({ left, right, top, bottom }) => y > bottom || (y >= top && x > (left + right) / 2),
  ).length;
  return Math.max(1, count);
}
