import {
  differenceOf,
  formatSigned,
  largestMagnitude,
  type GridCell,
  type SignedGrid,
} from '../../../ui/heat-map/signed-map';

/** A matrix of outputs to look at: a head's, or all heads' side by side. */
export interface OutputSet extends SignedGrid {
  readonly id: string;
  readonly name: string;
  /** One a row. */
  readonly rowTokens: readonly string[];
}

export const isComparable = (a: SignedGrid, b: SignedGrid) =>
  a.rows === b.rows && a.columns === b.columns;

/** What is wrong with the sets, or with showing one of them against another; null where nothing is. */
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

/** What is shown: a set's values, or how they differ from another's. */
export class OutputComparison {
  readonly grid: SignedGrid;
  readonly largest: (GridCell & { readonly size: number }) | null;

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

  /** Values that are not finite. */
  get nonFiniteCount(): number {
    return this.grid.values.reduce((sum, value) => sum + Number(!Number.isFinite(value)), 0);
  }

  at({ row, column }: GridCell): number {
    return this.grid.values[row * this.grid.columns + column];
  }

  /** The value of a place, with both that it is the difference of. */
  describe(place: GridCell): string {
    const { set, other } = this;
    const at = place.row * set.columns + place.column;
    const parts = other
      ? ` = ${formatSigned(set.values[at])} − ${bracketed(other.values[at])}`
      : '';
    const where = `${set.rowTokens[place.row]} (${place.row + 1}), column ${place.column}`;
    return `${where}: ${formatSigned(this.at(place))}${parts}`;
  }
}

const bracketed = (value: number) => (value < 0 ? `(${formatSigned(value)})` : formatSigned(value));
