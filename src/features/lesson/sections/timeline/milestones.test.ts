import { describe, expect, it } from 'vitest';
import { defaultLessonState } from '../../model/state';
import { nearestTopic } from '../../model/word-points';
import {
  milestoneAt,
  representationAt,
  timeline,
  cellPoints,
  eras,
  describeSizes,
  describeYear,
  yearsOf,
} from './milestones';
import { yearScale } from './year-axis';

const state = defaultLessonState;

describe('forty years', () => {
  it('have a place each, and lead back', () => {
    const x = yearScale(640);
    const yearAt = (at: number) => Math.round(x.invert(at));
    for (let year = 1980; year <= 2020; year++) expect(yearAt(x(year))).toBe(year);
    expect([x(1900), x(2100)]).toEqual([x(1980), x(2020)]);
    expect([yearAt(-1), yearAt(1000)]).toEqual([1980, 2020]);
  });

  it('are three eras without a gap', () => {
    expect(eras.map(({ representation, from, to }) => [representation, from, to])).toEqual([
      ['one-hot', 1980, 1986],
      ['fixed', 1986, 2014],
      ['contextual', 2014, 2020],
    ]);
  });

  it('say what had been found', () => {
    expect(describeYear(1981)).toMatch(/^1981: a word is an axis of its own/);
    expect(describeYear(1990)).toBe('1990: after 1986, Distributed representations.');
    expect(describeYear(2015)).toBe('2015: Attention for translation.');
    expect(describeYear(2016)).toBe('2016: after 2014–15, Attention for translation.');
    expect(yearsOf(milestoneAt(2014)!)).toBe('2014–15');
    expect(describeSizes(timeline[0])).toContain('24 words');
    expect(describeSizes(milestoneAt(2013)!)).toMatch(/^3,000,000 words.*300 values\.$/);
    expect(describeSizes(milestoneAt(2018)!)).toBe('');
  });
});

describe('the word cell', () => {
  it('stays put while vectors are fixed, and moves to its topic in context', () => {
    const fixed = cellPoints(state, 'fixed');
    expect(fixed).toHaveLength(3);
    for (const { point } of fixed) expect(point).toEqual([0.1, 0.2]);
    const moved = cellPoints(state, 'contextual');
    for (const { point, topic } of moved) expect(nearestTopic(point)).toBe(topic);
    expect(new Set(moved.map(({ point }) => String(point))).size).toBe(3);
    expect(moved.map(({ placed }) => placed)).toEqual(fixed.map(({ point }) => point));
  });

  it('is in the reader’s own sentence too, if that has it', () => {
    expect(cellPoints({ ...state, context: 'A cell for tissue' }, 'contextual')).toHaveLength(4);
    expect(cellPoints({ ...state, context: 'No such word' }, 'contextual')).toHaveLength(3);
  });

  it('follows what has been moved and left out', () => {
    const own = { ...state, pointOverrides: { cell: [1, 1] } };
    expect(cellPoints(own, 'fixed')[0].point).toEqual([1, 1]);
    const [, , before] = cellPoints(state, 'contextual');
    const [first, , after] = cellPoints({ ...state, excluded: [1] }, 'contextual');
    expect(after.point).not.toEqual(before.point);
    expect(first.point).toEqual(cellPoints(state, 'contextual')[0].point);
  });
});

describe('row 17: the timeline', () => {
  it('has the deck’s years, and those it lacks', () => {
    const years = (list: typeof timeline) => list.map(({ year }) => year);
    expect(years(timeline)).toEqual([1986, 2003, 2013, 2014, 2017, 2018]);
    expect(years(timeline.filter(({ deck }) => deck !== null))).toEqual([1986, 2013, 2017]);
  });

  it('moves from one-hot to fixed to contextual', () => {
    expect([1980, 1990, 2003, 2013, 2014, 2020].map(representationAt)).toEqual([
      'one-hot',
      'fixed',
      'fixed',
      'fixed',
      'contextual',
      'contextual',
    ]);
    expect(milestoneAt(2015)?.title).toBe('Attention for translation');
    expect(milestoneAt(1900)).toBeUndefined();
    // What the deck calls higher was fewer values than words, and lower were more than those.
    const sizes = timeline.flatMap((one) => (one.sizes ? [one.sizes] : []));
    expect(sizes).toEqual([
      { words: 24, values: 6 },
      { words: 3_000_000, values: 300 },
    ]);
  });
});
