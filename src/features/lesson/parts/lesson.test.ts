import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultLessonState, withSentence } from '../model/state';
import { sections } from '../chapters';
import { Lesson } from './lesson';

let page: EventTarget;
let address: { hash: string; href: string; pathname: string; search: string };
let lesson: Lesson;
let changes: number;

function open(hash: string) {
  address.hash = hash;
  lesson = new Lesson(sections.flatMap(({ fields = [] }) => fields));
  lesson.connect();
  changes = 0;
  lesson.subscribe((change) => {
    if (change !== 'other') changes++;
  });
}

function follow(hash: string) {
  address.hash = hash;
  page.dispatchEvent(new Event('hashchange'));
}

beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  address = { hash: '', href: '', pathname: '/', search: '' };
  vi.stubGlobal('window', page);
  vi.stubGlobal('location', address);
  vi.stubGlobal('history', {
    replaceState: (_state: unknown, _title: string, url: string) => {
      address.hash = url.slice(url.indexOf('#'));
      address.href = url;
    },
  });
  open('#lesson');
});

afterEach(() => {
  lesson.disconnect();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the lesson', () => {
  it('starts as the deck has it', () => {
    expect(lesson.state).toBe(defaultLessonState);
    expect([lesson.canUndo, lesson.canRedo, lesson.isChanged]).toEqual([false, false, false]);
  });

  it('goes back and forth, and resets as a step', () => {
    lesson.patch({ temperature: 2 });
    lesson.patch({ rounds: 3 });
    lesson.undo();
    expect(lesson.state).toMatchObject({ temperature: 2, rounds: 1 });
    lesson.redo();
    expect(lesson.state.rounds).toBe(3);
    lesson.reset();
    expect(lesson.state).toBe(defaultLessonState);
    lesson.undo();
    expect(lesson.state.rounds).toBe(3);
    expect(changes).toBe(6);
  });

  it('makes one step of a drag, and another of the next', () => {
    for (const temperature of [2, 3, 4]) lesson.patch({ temperature }, 'drag');
    lesson.endDrag();
    lesson.patch({ temperature: 5 }, 'drag');
    lesson.endDrag();
    lesson.undo();
    expect(lesson.state.temperature).toBe(4);
    lesson.undo();
    expect(lesson.state.temperature).toBe(1);
    expect(lesson.canUndo).toBe(false);
  });

  it('refuses what no link could say, and stays as it is', () => {
    expect(() => lesson.patch({ temperature: 0 })).toThrow(/temperature/);
    expect(lesson.state).toBe(defaultLessonState);
    expect(changes).toBe(0);
  });

  it('changes settings that belong together in one step', () => {
    lesson.patch({ a: [3, 0], b: [0, 3] });
    lesson.undo();
    expect(lesson.state).toBe(defaultLessonState);
  });
});

describe('its address', () => {
  it('follows the state, a little later', () => {
    lesson.patch({ temperature: 2 });
    lesson.patch({ temperature: 3 });
    expect(address.hash).toBe('#lesson');
    vi.runAllTimers();
    expect(address.hash).toBe('#lesson&temperature=3');
    expect(lesson.canUndo).toBe(true);
  });

  it('has the section that is read, which is no step', () => {
    lesson.section = 'dilution';
    vi.runAllTimers();
    expect(address.hash).toBe('#lesson&at=dilution');
    expect([changes, lesson.canUndo]).toEqual([0, false]);
  });

  it('brings the same state back', () => {
    lesson.set(withSentence(lesson.state, 'Each department formed a cell'));
    lesson.patch({
      hidden: [0, 2],
      a: [1.5, -2],
      vectorEdits: { 7: 0.5 },
      pointOverrides: { cell: [1, 2] },
    });
    const [state, { link }] = [lesson.state, lesson];
    lesson.disconnect();
    open(link.slice(link.indexOf('#')));
    expect(lesson.state).toEqual(state);
    expect(lesson.issues).toEqual([]);
  });

  it('takes another address as a step, and leads to its section', () => {
    const places: string[] = [];
    lesson.subscribe((change) => {
      if (change === 'link') places.push(lesson.section);
    });
    follow('#lesson&at=softmax&temperature=0.5');
    expect(lesson.state.temperature).toBe(0.5);
    expect(places).toEqual(['softmax']);
    lesson.undo();
    expect(lesson.state.temperature).toBe(1);
  });

  it('that names a section alone leaves the state as it is', () => {
    lesson.patch({ rounds: 2 });
    follow('#lesson&at=steps');
    expect(lesson.state.rounds).toBe(2);
    expect(lesson.link).toBe('#lesson&at=steps&rounds=2');
  });

  it('tells what it could not follow, until that is dismissed', () => {
    follow('#lesson&temperature=hot&rounds=2');
    expect(lesson.issues.map(({ field }) => field)).toEqual(['temperature']);
    expect(lesson.state).toMatchObject({ temperature: 1, rounds: 2 });
    lesson.dismissIssues();
    expect(lesson.issues).toEqual([]);
    expect(address.hash).toBe('#lesson&rounds=2');
  });

  it('leaves the addresses of other pages alone', () => {
    follow('#heads&length=64');
    expect(lesson.state).toBe(defaultLessonState);
    lesson.patch({ rounds: 2 });
    vi.runAllTimers();
    expect(address.hash).toBe('#heads&length=64');
  });
});
