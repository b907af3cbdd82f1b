import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../model/sentence';
import { defaultLessonState, withNumber, withSentence } from '../../model/state';
import {
  describeLengths,
  matchesTask,
  sequenceTasks,
  withTask,
  updatedRow,
  withLength,
  wordsBefore,
} from './tasks';

const none = { words: [], x: [] };
const sentence = 'A zebra sat in his tent';
const own = withNumber(withSentence(defaultLessonState, sentence), 'x', 5, 2, 0.5);

describe('a row whose end is dragged', () => {
  const whole = updatedRow(none, wordsOf(own.sentence), own.x);

  it('brings words back with the vectors that they had', () => {
    const short = withLength(own, whole, 2);
    expect(short.sentence).toBe('A zebra');
    expect(short.x).toEqual(own.x.slice(0, 2));
    const edited = withNumber(short, 'x', 0, 0, 7);
    const after = updatedRow(whole, wordsOf(edited.sentence), edited.x);
    const long = withLength(edited, after, 6);
    expect(long.sentence).toBe(sentence);
    expect(long.x.slice(1)).toEqual(own.x.slice(1));
    expect(long.x[0][0]).toBe(7);
    expect(long.table.names).toEqual(wordsOf(sentence));
  });

  it('begins anew with other words, and forgets vectors of another width', () => {
    expect(updatedRow(whole, ['Tigers'], [[1]])).toEqual({ words: ['Tigers'], x: [[1]] });
    const narrow = { ...withLength(own, whole, 1), x: [[1, 2]], wq: [[1], [0]], wk: [[1], [0]] };
    const after = updatedRow(whole, ['A'], narrow.x);
    expect(after.x).toEqual([[1, 2]]);
    const long = withLength(narrow, after, 3);
    expect(long.x).toHaveLength(3);
    expect(long.x[0]).toEqual([1, 2]);
    expect(long.x[1]).toHaveLength(2);
  });

  it('gives the deck its table back', () => {
    const deck = updatedRow(none, wordsOf(defaultLessonState.sentence), defaultLessonState.x);
    const short = withLength(defaultLessonState, deck, 4);
    expect(withLength(short, deck, 6)).toEqual(defaultLessonState);
  });

  it('ends at the word before the pointer, in any of its lines', () => {
    const box = (left: number, top: number) => ({ left, right: left + 40, top, bottom: top + 30 });
    const boxes = [box(0, 0), box(50, 0), box(0, 40), box(50, 40)];
    expect(wordsBefore(boxes, 15, 10)).toBe(1);
    expect(wordsBefore(boxes, 25, 10)).toBe(1);
    expect(wordsBefore(boxes, 75, 10)).toBe(2);
    expect(wordsBefore(boxes, 10, 50)).toBe(2);
    expect(wordsBefore(boxes, 30, 50)).toBe(3);
    expect(wordsBefore(boxes, 500, 500)).toBe(4);
    expect(wordsBefore(boxes, -5, -5)).toBe(1);
  });
});

describe('examples of lengths', () => {
  it('are shown for what they are', () => {
    expect(matchesTask(defaultLessonState, sequenceTasks[0])).toBe(true);
    for (const task of sequenceTasks) {
      const state = withTask(own, task);
      expect(sequenceTasks.filter((one) => matchesTask(state, one))).toEqual([task]);
    }
    expect(withTask(own, sequenceTasks[0]).table).toBe(defaultLessonState.table);
  });

  it.each([
    [6, 7, 'One more comes out than goes in.'],
    [21, 5, '16 fewer come out than go in.'],
    [3, 3, 'Just as many come out as go in.'],
  ])('compare %i with %i', (source, target, words) => {
    expect(describeLengths(source, target)).toBe(words);
  });
});
