import { type LessonState, withSentence } from '../../../lessons/state';
import { wordKey, wordsOf } from '../../../lessons/words';

/** What takes a sequence in and gives one out, by example. No model made the answers: we wrote them. */
export interface Task {
  readonly name: string;
  readonly source: string;
  readonly target: string;
}

export const tasks: readonly Task[] = [
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

export const withTask = (state: LessonState, { source, target }: Task): LessonState => ({
  ...withSentence(state, source),
  target,
});

const keyOf = (text: string) => wordsOf(text).map(wordKey).join(' ');

export const isTask = ({ sentence, target }: LessonState, task: Task): boolean =>
  keyOf(sentence) === keyOf(task.source) && keyOf(target) === keyOf(task.target);

/** "6 words", "1 word". */
export const countWords = (count: number): string => `${count} ${count === 1 ? 'word' : 'words'}`;

/** How the length of what comes out compares with what went in, as a sentence. */
export function compareLengths(source: number, target: number): string {
  const more = target - source;
  if (more === 0) return 'Just as many come out as go in.';
  const by = Math.abs(more);
  const [count, come, go] = by === 1 ? ['One', 'comes', 'goes'] : [by, 'come', 'go'];
  return `${count} ${more > 0 ? 'more' : 'fewer'} ${come} out than ${go} in.`;
}
