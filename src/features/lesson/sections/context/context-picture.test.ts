import { describe, expect, it, vi } from 'vitest';
import { memoizeLast } from '../../../../ui/memoize-last';
import { listOf } from '../../model/sentence';
import { defaultLessonState } from '../../model/state';
import { chainOf } from '../../parts/plane/arrows';
import { contextOf, firstPositions } from '../../parts/plane/context';
import { fittingFrame, pointTex, pointText } from '../../parts/plane/frame';
import { positionNames } from '../../parts/plane/labels';
import { convexHull } from '../../parts/plane/word-plane';
import { between, eased } from '../../parts/point-tween';
import { roundUnit } from './index';

describe('labels', () => {
  const size = { width: 400, height: 340, fontSize: 12 };
  /** Where a label's letters are, by the width that was reckoned with. */
  const boxOf = (wish: { x: number; y: number; text: string }, i: number, places: Places) => {
    const { dx, dy, anchor } = places[i];
    const width = wish.text.length * 12 * 0.56;
    const left = wish.x + dx - { start: 0, middle: width / 2, end: width }[anchor];
    return { left, right: left + width, top: wish.y + dy - 9, bottom: wish.y + dy + 2 };
  };
  type Places = ReturnType<typeof positionNames>;

  it('of a crowd stay apart and in the picture, with lines where they are far off', () => {
    const words = ['the', 'a', 'in', 'his', 'for', 'each', 'cell'];
    const wishes = words.map((text, i) => ({ text, x: 200 + 6 * (i % 3), y: 170 + 5 * i }));
    const places = positionNames(wishes, size);
    const boxes = wishes.map((wish, i) => boxOf(wish, i, places));
    boxes.forEach((a, i) => {
      expect(a.left).toBeGreaterThanOrEqual(0);
      expect(a.right).toBeLessThanOrEqual(400);
      boxes.slice(0, i).forEach((b) => {
        const apart =
          a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;
        expect(apart, `${words[i]}`).toBe(true);
      });
    });
    for (const { dx, leader } of places) {
      if (leader === null) expect(Math.abs(dx)).toBeLessThan(17);
      else expect(Math.hypot(...leader)).toBeGreaterThan(10);
    }
    expect(places.some(({ leader }) => leader !== null)).toBe(true);
  });

  it('keep inside at the edge, and off other points', () => {
    const [place] = positionNames([{ text: 'mitochondria', x: 395, y: 170 }], size);
    expect(place.anchor).toBe('end');
    const points = [{ x: 130, y: 170 }];
    const [pushed] = positionNames([{ text: 'prisoner', x: 100, y: 170 }], { ...size, points });
    expect(pushed.anchor).not.toBe('start');
  });
});

describe('shapes', () => {
  it('a hull has the outer points alone', () => {
    const square = [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
    ];
    expect(convexHull([...square, [1, 1], [1, 0]])).toEqual(square);
    expect(convexHull([[1, 1]])).toEqual([[1, 1]]);
  });

  it('a chain ends at the sum, and stays there', () => {
    const ends = chainOf(
      [
        [1, 0],
        [0, 2],
      ],
      4,
    );
    expect(ends).toEqual([
      [1, 0],
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(chainOf([], 1)).toEqual([[0, 0]]);
  });

  it('a frame holds all points, and keeps still for small moves', () => {
    const points = [
      [0, 0],
      [2.4, -1.9],
      [-0.2, 0.1],
    ];
    const { range } = fittingFrame(points);
    for (const [x, y] of points) {
      expect(x > range.left && x < range.right && y > range.bottom && y < range.top).toBe(true);
    }
    expect(range.right - range.left).toBeCloseTo(range.top - range.bottom, 12);
    expect(fittingFrame([...points, [2.41, -1.9]]).range).toEqual(range);
  });

  it.each([
    [1.17, 1],
    [0.5, 0.5],
    [0.375, 0.2],
    [12, 10],
  ])('a measure below %f is %f', (most, unit) => expect(roundUnit(most)).toBeCloseTo(unit, 12));
});

describe('on the way', () => {
  it('from where it was to where it belongs', () => {
    expect(between([[0, 4]], [[2, 0]], 0.25)).toEqual([[0.5, 3]]);
    expect([eased(0), eased(0.5), eased(1)]).toEqual([0, 0.5, 1]);
  });
});

describe('the sentence of the plane', () => {
  it('moves cell, or the word that asks where there is none', () => {
    expect(contextOf(defaultLessonState)).toMatchObject({ subject: 7, unknown: [] });
    const other = {
      ...defaultLessonState,
      context: 'The dragon sat on the dragon',
      queryPosition: 2,
    };
    expect(contextOf(other)).toMatchObject({ subject: 2, unknown: ['dragon', 'on'] });
    expect(firstPositions(contextOf(other))).toEqual([0, 1, 2, 3]);
  });

  it('is computed once for all who show it', () => {
    const first = contextOf(defaultLessonState);
    expect(contextOf({ ...defaultLessonState, year: 1986 })).toBe(first);
    expect(contextOf({ ...defaultLessonState, temperature: 2 })).not.toBe(first);
  });
});

it('what is remembered is made again for other arguments alone', () => {
  const make = vi.fn((a: number, b: string) => `${a}${b}`);
  const once = memoizeLast(make);
  expect([once(1, 'a'), once(1, 'a'), once(2, 'a'), once(2, 'a')]).toEqual([
    '1a',
    '1a',
    '2a',
    '2a',
  ]);
  expect(make).toHaveBeenCalledTimes(2);
});

it('lists are written as people do', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listOf)).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});

it('points in texts and in formulas have two digits, and each its minus', () => {
  expect(pointText([2.4, -1.404])).toBe('(2.40, −1.40)');
  expect(pointTex([2.4, -1.404])).toBe('(2.40, -1.40)');
});
