import { describe, expect, it, vi } from 'vitest';
import { arrowStep, indexAfterKey, RovingFocus } from './roving-focus';

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  ({
    key,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    preventDefault: vi.fn(),
    ...held,
  }) as unknown as KeyboardEvent;

describe('arrowStep', () => {
  it('gives the way of an arrow', () => {
    expect(arrowStep(press('ArrowLeft'))).toEqual([-1, 0]);
    expect(arrowStep(press('ArrowDown'))).toEqual([0, 1]);
    expect(arrowStep(press('a'))).toBeNull();
    expect(arrowStep(press('toString'))).toBeNull();
  });

  it('leaves combinations to the browser', () => {
    for (const held of ['altKey', 'ctrlKey', 'metaKey']) {
      expect(arrowStep(press('ArrowLeft', { [held]: true }))).toBeNull();
    }
  });
});

describe('indexAfterKey', () => {
  const column = { count: 4, columns: 1 };
  const row = { count: 4, columns: Infinity };
  const grid = { count: 8, columns: 3 };

  it.each([
    ['ArrowDown', 1, column, 2],
    ['ArrowUp', 1, column, 0],
    ['ArrowUp', 0, column, null],
    ['ArrowDown', 3, column, null],
    ['ArrowRight', 1, column, null],
    ['Home', 2, column, 0],
    ['End', 2, column, 3],
    ['ArrowRight', 1, row, 2],
    ['ArrowDown', 1, row, null],
    ['ArrowRight', 3, row, null],
    ['ArrowRight', 3, { ...row, wraps: true }, 0],
    ['ArrowLeft', 0, { ...row, wraps: true }, 3],
    ['ArrowDown', 1, { ...row, anyArrow: true }, 2],
    ['ArrowLeft', 1, { ...column, anyArrow: true }, 0],
    ['ArrowRight', 0, grid, 1],
    ['ArrowRight', 2, grid, null],
    ['ArrowLeft', 3, grid, null],
    ['ArrowDown', 1, grid, 4],
    ['ArrowDown', 5, grid, null],
    ['ArrowUp', 2, grid, null],
    ['Home', 4, grid, 3],
    ['End', 4, grid, 5],
    ['End', 6, grid, 7],
    ['x', 0, grid, null],
    ['End', 0, { count: 0, columns: 1 }, null],
  ])('%s from %i in %o leads to %s', (key, index, shape, expected) => {
    expect(indexAfterKey(press(key), index, shape)).toBe(expected);
  });
});

describe('RovingFocus', () => {
  const host = () => ({
    addController: vi.fn(),
    removeController: vi.fn(),
    requestUpdate: vi.fn(),
    updateComplete: Promise.resolve(true),
  });
  const elements = (count: number) =>
    Array.from({ length: count }, () => ({ focus: vi.fn() }) as unknown as HTMLElement);

  it('moves the one tab stop and the focus', () => {
    const items = elements(3);
    const moved = vi.fn();
    const focus = new RovingFocus(host(), { items: () => items, moved });
    expect([0, 1, 2].map((i) => focus.tabIndex(i))).toEqual([0, -1, -1]);
    const event = press('ArrowDown');
    focus.handleKey(event);
    expect(event.preventDefault).toHaveBeenCalled();
    expect(items[1].focus).toHaveBeenCalled();
    expect(moved).toHaveBeenCalledWith(1);
    expect([0, 1, 2].map((i) => focus.tabIndex(i))).toEqual([-1, 0, -1]);
  });

  it('leaves keys that lead nowhere to the page', () => {
    const focus = new RovingFocus(host(), { items: () => elements(2) });
    const event = press('ArrowUp');
    focus.handleKey(event);
    expect(event.preventDefault).not.toHaveBeenCalled();
  });

  it('falls back to the last item where the one that was is gone', () => {
    const items = elements(2);
    const focus = new RovingFocus(host(), { items: () => items });
    focus.index = 5;
    expect([0, 1].map((i) => focus.tabIndex(i, 2))).toEqual([-1, 0]);
    focus.handleKey(press('ArrowUp'));
    expect(focus.index).toBe(0);
  });

  it('goes where it is told to', () => {
    const items = elements(3);
    const focus = new RovingFocus(host(), {
      items: () => items,
      next: ({ key }, index) => (key === 'PageDown' ? index + 2 : null),
    });
    focus.handleKey(press('ArrowDown'));
    expect(focus.index).toBe(0);
    focus.handleKey(press('PageDown'));
    expect(focus.index).toBe(2);
  });
});
