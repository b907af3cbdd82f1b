import type { Extent } from './geometry';
import type { Place } from './scene';

/** What a key does on the map. */
export type KeyAction =
  | { readonly type: 'move'; readonly rows: number; readonly columns: number }
  | { readonly type: 'edge'; readonly row?: 'first' | 'last'; readonly column?: 'first' | 'last' }
  | { readonly type: 'zoom'; readonly factor: number }
  | { readonly type: 'enter' | 'whole' | 'pin' };

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const arrows: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

const others: Record<string, KeyAction> = {
  Enter: { type: 'enter' },
  Escape: { type: 'whole' },
  '0': { type: 'whole' },
  p: { type: 'pin' },
  P: { type: 'pin' },
  '+': { type: 'zoom', factor: 0.5 },
  '=': { type: 'zoom', factor: 0.5 },
  '-': { type: 'zoom', factor: 2 },
};

/** Null for keys that the map leaves to the browser. */
export function keyAction({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed): KeyAction | null {
  if (altKey || metaKey) return null;
  if (key === 'Home' || key === 'End') {
    const edge = key === 'Home' ? 'first' : 'last';
    return ctrlKey ? { type: 'edge', row: edge, column: edge } : { type: 'edge', column: edge };
  }
  if (ctrlKey) return null;
  const arrow = arrows[key];
  if (!arrow) return others[key] ?? null;
  const times = shiftKey && key.startsWith('Arrow') ? 10 : 1;
  return { type: 'move', rows: arrow[0] * times, columns: arrow[1] * times };
}

/** The cursor after a move, by cells as they are drawn; it stays on the map. */
export function moveCursor(
  { row, column }: Place,
  action: KeyAction,
  map: Extent,
  rowsOfCell: number,
  columnsOfCell: number,
): Place {
  const along = (at: number, by: number, all: number) => Math.min(all - 1, Math.max(0, at + by));
  if (action.type === 'move') {
    return {
      row: along(row, action.rows * rowsOfCell, map.rows),
      column: along(column, action.columns * columnsOfCell, map.columns),
    };
  }
  if (action.type !== 'edge') return { row, column };
  const edge = (at: number, to: 'first' | 'last' | undefined, all: number) =>
    to === undefined ? at : to === 'first' ? 0 : all - 1;
  return {
    row: edge(row, action.row, map.rows),
    column: edge(column, action.column, map.columns),
  };
}
