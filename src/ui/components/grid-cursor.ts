import type { Place } from './signed-map';

interface Extent {
  readonly rows: number;
  readonly columns: number;
}

/** The cell at these shares of the way across and down. */
export function cellAt(across: number, down: number, { rows, columns }: Extent): Place {
  return {
    row: within(Math.floor(down * rows), rows),
    column: within(Math.floor(across * columns), columns),
  };
}

/** Where a key leads from a cell; null for keys that lead nowhere. */
export function cellAfterKey(
  key: string,
  { row, column }: Place,
  { rows, columns }: Extent,
): Place | null {
  const next: Record<string, Place> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - 10, column },
    PageDown: { row: row + 10, column },
    Home: { row, column: 0 },
    End: { row, column: columns - 1 },
  };
  if (!Object.hasOwn(next, key)) return null;
  return { row: within(next[key].row, rows), column: within(next[key].column, columns) };
}

const within = (index: number, count: number) => Math.min(count - 1, Math.max(0, index));
