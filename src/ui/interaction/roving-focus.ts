import type { ReactiveControllerHost } from 'lit';

const ARROWS: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type KeyPress = Pick<KeyboardEvent, 'key'> &
  Partial<Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey'>>;

/** The direction of an arrow key; null for other keys and with Alt, Ctrl or Meta, which are the browser's. */
export function arrowStep(event: KeyPress): readonly [across: number, down: number] | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  return Object.hasOwn(ARROWS, event.key) ? ARROWS[event.key] : null;
}

export interface RovingShape {
  readonly count: number;
  /** Items in a row of a grid; 1 for a column of items, `count` or more for a row of them. */
  readonly columns: number;
  /** In a row or column, both axes' arrows move. */
  readonly anyArrow?: boolean;
  readonly wraps?: boolean;
}

/** The index after a key press; null if the key does not move. Home and End go to the ends of the row. */
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
  /** The rendered items, in order. */
  readonly items: () => readonly (HTMLElement | SVGElement)[];
  /** Default 1: a column. For a row give Infinity. */
  readonly columns?: () => number;
  /** Replaces the default moves: the index after a key press, or null. */
  readonly next?: (event: KeyboardEvent, index: number) => number | null;
  /** Called after the focus was moved by a key. */
  readonly moved?: (index: number) => void;
}

/**
 * Roving tabindex: many items, one tab stop, moved by arrow keys. Render items with `tabindex=${focus.tabIndex(i)}` and
 * `@focus=${() => focus.reach(i)}`, and the element around them with `@keydown=${focus.handleKey}`.
 */
export class RovingFocus {
  /** The item in the tab order; values past the last item mean the last. */
  index = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: RovingFocusOptions,
  ) {}

  /** @param count The number of items, where `index` may lie beyond the last. */
  tabIndex(index: number, count = Infinity): 0 | -1 {
    return index === Math.min(this.index, count - 1) ? 0 : -1;
  }

  /** To be called when an item receives the focus. */
  reach(index: number): void {
    if (index === this.index) return;
    this.index = index;
    this.host.requestUpdate();
  }

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
