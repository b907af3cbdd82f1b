import type { ReactiveController, ReactiveControllerHost } from 'lit';

const ARROWS: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** The way of an arrow key, a step across or down; null for other keys and for the browser's own combinations. */
export function arrowStep(event: KeyPress): readonly [across: number, down: number] | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  return Object.hasOwn(ARROWS, event.key) ? ARROWS[event.key] : null;
}

export interface RovingShape {
  readonly count: number;
  /** Items in a row of a grid; 1 for a column of items, `count` or more for a row of them. */
  readonly columns: number;
  /** In a row or column, all four arrows go to the next or to the one before. */
  readonly anyArrow?: boolean;
  /** After the last comes the first. */
  readonly wraps?: boolean;
}

/** The item that a key leads to from `index`; null where it leads nowhere. Home and End go to the ends of the row. */
export function indexAfterKey(event: KeyPress, index: number, shape: RovingShape): number | null {
  const { count, columns, anyArrow, wraps } = shape;
  if (count === 0 || event.altKey || event.ctrlKey || event.metaKey) return null;
  const isGrid = columns > 1 && columns < count;
  const rowStart = isGrid ? Math.floor(index / columns) * columns : 0;
  if (event.key === 'Home') return rowStart;
  if (event.key === 'End') return isGrid ? Math.min(rowStart + columns, count) - 1 : count - 1;
  const step = arrowStep(event);
  if (!step) return null;
  const [across, down] = step;
  if (isGrid) {
    const column = (index % columns) + across;
    const next = index + across + down * columns;
    return column < 0 || column >= columns || next < 0 || next >= count ? null : next;
  }
  const by = anyArrow ? across + down : columns === 1 ? down : across;
  const next = index + by;
  if (by === 0) return null;
  if (wraps) return (next + count) % count;
  return next < 0 || next >= count ? null : next;
}

export interface RovingFocusOptions extends Partial<Omit<RovingShape, 'count' | 'columns'>> {
  /** The items in their order, as they are rendered now. */
  readonly items: () => readonly (HTMLElement | SVGElement)[];
  /** Default 1: a column. For a row give Infinity. */
  readonly columns?: () => number;
  /** Instead of the arrows' usual ways: the item that a key leads to, null for none. */
  readonly next?: (event: KeyboardEvent, index: number) => number | null;
  /** An item has got the focus by a key. */
  readonly moved?: (index: number) => void;
}

/**
 * Many items, one stop of the tab key: arrow keys go from one to the next. Items are rendered with
 * `tabindex=${focus.tabIndex(i)}` and `@focus=${() => focus.reach(i)}`, what is around them with
 * `@keydown=${focus.handleKey}`.
 */
export class RovingFocus implements ReactiveController {
  /** The item in the tab order; beyond the last one means the last. */
  index = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: RovingFocusOptions,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** @param count How many there are: the last one is the stop where the one that was is gone. */
  tabIndex(index: number, count = Infinity): 0 | -1 {
    return index === Math.min(this.index, count - 1) ? 0 : -1;
  }

  /** The item has got the focus, by whatever means. */
  reach(index: number): void {
    if (index === this.index) return;
    this.index = index;
    this.host.requestUpdate();
  }

  /** Moves the focus to an item. */
  focus(index: number): void {
    this.reach(index);
    this.options.items()[index]?.focus();
  }

  readonly handleKey = (event: KeyboardEvent): void => {
    const { items, columns, next, moved, anyArrow, wraps } = this.options;
    const all = items();
    const index = Math.min(this.index, all.length - 1);
    const shape = { count: all.length, columns: columns?.() ?? 1, anyArrow, wraps };
    const target = next ? next(event, index) : indexAfterKey(event, index, shape);
    if (target === null || !all[target]) return;
    event.preventDefault();
    this.focus(target);
    moved?.(target);
  };
}
