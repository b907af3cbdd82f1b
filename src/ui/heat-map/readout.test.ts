import { describe, expect, it } from 'vitest';
import { keyAction, moveCursor, type CursorMove } from './view-controller';
import {
  announcement,
  blockAnnouncement,
  blockValueText,
  comparisonText,
  formatTick,
  formatWeight,
  nonFiniteText,
  pinAnnouncement,
  positionText,
  rankOf,
  referenceText,
  statusText,
  valueText,
} from './readout';

const cell = {
  row: 12,
  column: 31,
  rowToken: 'Prisoner',
  columnToken: 'Cell',
  value: 0.234,
  rank: 2,
  of: 6,
};

describe('rankOf', () => {
  const row = Float32Array.of(0.1, 0, 0.5, 0.1, -0.3, NaN);

  it('counts what is larger in size, among weights that are not 0', () => {
    expect(rankOf(row, 2)).toEqual({ rank: 1, of: 4 });
    expect(rankOf(row, 4)).toEqual({ rank: 2, of: 4 });
  });

  it('gives equals the better rank', () => {
    expect([0, 3].map((column) => rankOf(row, column).rank)).toEqual([3, 3]);
  });

  it('ranks neither hidden weights nor NaN', () => {
    expect([1, 5].map((column) => rankOf(row, column).rank)).toEqual([null, null]);
  });
});

describe('texts', () => {
  it('contain position, value, rank and the reference', () => {
    expect(positionText(cell)).toBe('query 12 ‘Prisoner’ → key 31 ‘Cell’');
    expect(valueText(cell)).toBe('0.234, rank 2 of 6');
    expect(referenceText({ value: 0.2340001, error: 3e-8 })).toBe('CPU 0.2340001, off by 3e-8');
    expect(announcement(cell)).toBe('Prisoner to Cell, 0.234, rank 2 of 6');
  });

  it('use indices where there are no tokens', () => {
    const bare = { row: 1200, column: 3, value: 0, rank: null, of: 6 };
    expect(positionText(bare)).toBe('query 1,200 → key 3');
    expect(announcement(bare)).toBe('query 1200 to key 3, 0');
  });

  it('describe a pooled cell', () => {
    const block = { row: 64, column: 0, rows: 64, columns: 1, pool: 'mean', value: 0.01 } as const;
    expect(blockValueText(block)).toBe('0.01, the mean of 64 × 1 weights');
    expect(blockAnnouncement(block)).toBe('queries 64 to 127, key 0: mean 0.01');
  });

  it('report what is exact and what is drawn instead', () => {
    const one = { rowsOfCell: 1, columnsOfCell: 1 };
    const pooled = { rowsOfCell: 64, columnsOfCell: 32 };
    const done = { fraction: 1, failed: 0, coarser: false, outdated: false };
    expect(statusText(done, 'largest', one)).toBe('Exact: each cell is one weight.');
    expect(statusText(done, 'largest', pooled)).toBe(
      'Exact: each cell pools 64 × 32 weights: the largest.',
    );
    const half = { ...done, fraction: 0.999 };
    expect(statusText({ ...half, coarser: true }, 'largest', one)).toMatch(/^Approximate:.* 99 %$/);
    expect(statusText({ ...half, outdated: true }, 'largest', one)).toMatch(/^Out of date:/);
    expect(statusText(half, 'largest', one)).toMatch(/^Incomplete:/);
    expect(statusText({ ...done, failed: 1 }, 'largest', one)).toMatch(/^Incomplete:/);
  });

  it('count what is not finite', () => {
    expect(nonFiniteText(0, 0)).toBe('');
    expect(nonFiniteText(1, 0)).toBe('1 NaN cell in view.');
    expect(nonFiniteText(1200, 1)).toBe('1,200 NaN and 1 infinite cells in view.');
  });
});

describe('keys', () => {
  const press = (key: string, more = {}) =>
    keyAction({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });
  const map = { rows: 100, columns: 50 };
  const from = (key: string, more = {}, cells = [1, 1]) =>
    moveCursor({ row: 50, column: 20 }, press(key, more) as CursorMove, map, {
      rowsOfCell: cells[0],
      columnsOfCell: cells[1],
    });

  it('move by cell, by ten, and to the edges', () => {
    expect(from('ArrowDown')).toEqual({ row: 51, column: 20 });
    expect(from('ArrowLeft', { shiftKey: true })).toEqual({ row: 50, column: 10 });
    expect(from('PageUp')).toEqual({ row: 40, column: 20 });
    expect(from('Home')).toEqual({ row: 50, column: 0 });
    expect(from('End', { ctrlKey: true })).toEqual({ row: 99, column: 49 });
  });

  it('move by drawn cells, and stay on the map', () => {
    expect(from('ArrowRight', {}, [8, 8])).toEqual({ row: 50, column: 28 });
    expect(from('PageDown', {}, [8, 8])).toEqual({ row: 99, column: 20 });
  });

  it('leave the rest to the browser', () => {
    for (const key of ['Tab', 'a', 'F5']) expect(press(key)).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
    expect(press('p', { ctrlKey: true })).toBeNull();
    expect(press('p')).toEqual({ type: 'pin' });
  });
});

describe('numbers', () => {
  it.each([
    [0.2340001, '0.234'],
    [0, '0'],
    [1, '1'],
    [3.14e-8, '3.14e-8'],
    [3e-8, '3e-8'],
    [-0.02, '−0.02'],
    [NaN, 'NaN'],
    [-Infinity, '−∞'],
  ])('%d is %s', (value, text) => {
    expect(formatWeight(value)).toBe(text);
  });

  it('are short at ticks', () => {
    expect([0.25, 1e-5, 0.333333].map(formatTick)).toEqual(['0.25', '1e-5', '0.33']);
  });
});

const pinned = (value: number, rowToken = 'Prisoner') => ({
  row: 12,
  column: 31,
  rowToken,
  columnToken: 'Cell',
  value,
  rank: 2,
  of: 6,
});

describe('comparisonText', () => {
  it.each([
    [0.3, 0.2, '+0.1, × 1.5'],
    [0.05, 0.2, '−0.15, × 0.25'],
    [0, 0.2, '−0.2, × 0'],
    [0.2, 0.2, 'no difference'],
    [0, 0, 'no difference'],
    // By 0, and of differences of other signs, a ratio means nothing.
    [0.2, 0, '+0.2'],
    [-0.1, 0.2, '−0.3'],
    [-0.1, -0.2, '+0.1, × 0.5'],
    [NaN, 0.2, 'NaN'],
    [0.2, NaN, 'NaN'],
    [Infinity, 1, '+∞'],
    [1, Infinity, '−∞'],
  ])('%d beside %d', (value, other, text) => {
    expect(comparisonText(pinned(value), pinned(other))).toBe(text);
  });
});

describe('pinAnnouncement', () => {
  const pinnedText = 'Pinned. Prisoner to Cell, 0.3, rank 2 of 6';

  it('reports what was pinned, compared with the first', () => {
    expect(pinAnnouncement(pinned(0.3), null)).toBe(pinnedText);
    expect(pinAnnouncement(pinned(0.3), pinned(0.2, 'Guard'))).toBe(
      `${pinnedText}: 0.1 more than Guard to Cell, 1.5 times as much`,
    );
    expect(pinAnnouncement(pinned(0.3), pinned(0.6, 'Guard'))).toBe(
      `${pinnedText}: 0.3 less than Guard to Cell, 0.5 times as much`,
    );
  });

  it('reports what cannot be compared', () => {
    expect(pinAnnouncement(pinned(0.3), pinned(0.3, 'Guard'))).toBe(
      `${pinnedText}: equal to Guard to Cell`,
    );
    expect(pinAnnouncement(pinned(0.3), pinned(NaN, 'Guard'))).toMatch(
      /the difference from Guard to Cell is not a number$/,
    );
    expect(pinAnnouncement(pinned(0.3), pinned(0, 'Guard'))).toMatch(
      /0\.3 more than Guard to Cell$/,
    );
  });
});
