import { maxIndex } from 'd3-array';
import { formatFloat } from '../../../numeric/format';
import type { ValueGrid } from '../../../ui/heat-map/colors';
import type { Cell } from '../../../ui/heat-map/geometry';
import type { OutputSet } from '../engine/outputs';

export const isComparable = (a: ValueGrid, b: ValueGrid) =>
  a.rows === b.rows && a.columns === b.columns;

/** Why the sets, or the difference of two of them, cannot be shown; null if they can. */
export function outputIssue(
  sets: readonly OutputSet[],
  set: OutputSet,
  other: OutputSet | undefined,
): string | null {
  for (const { name, rows, columns, values, rowTokens } of sets) {
    if (values.length !== rows * columns) {
      return `“${name}” has ${values.length} values; ${rows} rows × ${columns} columns need ${rows * columns}.`;
    }
    if (rowTokens.length !== rows) {
      return `“${name}” has ${rowTokens.length} row tokens for ${rows} rows.`;
    }
  }
  if (!other || isComparable(set, other)) return null;
  return `“${set.name}” is ${set.rows} × ${set.columns}, and “${other.name}” ${other.rows} × ${other.columns}: they have no difference.`;
}

export function differenceOf(a: ValueGrid, b: ValueGrid): ValueGrid {
  const values = a.values.map((value, i) => value - b.values[i]);
  return { rows: a.rows, columns: a.columns, values };
}

/** The finite value of the largest magnitude and its cell; null if there is none. */
export function largestMagnitude({ columns, values }: ValueGrid): (Cell & { size: number }) | null {
  const at = maxIndex(values, (value) => (Number.isFinite(value) ? Math.abs(value) : NaN));
  if (at < 0) return null;
  return { row: Math.floor(at / columns), column: at % columns, size: Math.abs(values[at]) };
}

export class OutputComparison {
  readonly grid: ValueGrid;
  readonly largest: (Cell & { readonly size: number }) | null;

  /** @param other As many rows and columns as `set`. */
  constructor(
    readonly set: OutputSet,
    readonly other: OutputSet | undefined,
  ) {
    this.grid = other ? differenceOf(set, other) : set;
    this.largest = largestMagnitude(this.grid);
  }

  get name(): string {
    const { set, other } = this;
    return other ? `${set.name} minus ${other.name}` : set.name;
  }

  get nonFiniteCount(): number {
    return this.grid.values.reduce((sum, value) => sum + Number(!Number.isFinite(value)), 0);
  }

  at({ row, column }: Cell): number {
    return this.grid.values[row * this.grid.columns + column];
  }

  /** The value of a cell, and the two values it is the difference of. */
  describe(cell: Cell): string {
    const { set, other } = this;
    const at = cell.row * set.columns + cell.column;
    const parts = other ? ` = ${formatFloat(set.values[at])} − ${bracketed(other.values[at])}` : '';
    const where = `${set.rowTokens[cell.row]} (${cell.row + 1}), column ${cell.column}`;
    return `${where}: ${formatFloat(this.at(cell))}${parts}`;
  }
}

const bracketed = (value: number) => (value < 0 ? `(${formatFloat(value)})` : formatFloat(value));
