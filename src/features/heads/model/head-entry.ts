import { extent, sort as sorted } from 'd3-array';
import type { MapCells } from '../../../attention/maps/weight-map';
import type { NumberRange } from './controls';

export interface HeadEntry {
  readonly id: number;
  readonly name: string;
  /** Shown instead of the name, which screen readers still read. */
  readonly shortName?: string;
  readonly layer: number;
  readonly head: number;
  /** Its map, pooled to a thumbnail; rows that are not `done` stay blank. */
  readonly cells?: MapCells;
  /** The map is of the result before and is shown pale. */
  readonly stale?: boolean;
  readonly metrics?: Readonly<Record<string, number>>;
  /** Number of its group of similar heads, from 0. */
  readonly group?: number;
  /** Position in an order in which neighbours are similar. Without it, heads of a group keep their own order. */
  readonly position?: number;
  /** Why it could not be computed. */
  readonly error?: string;
}

/** A number by which heads are sorted and filtered. */
export interface HeadMetric {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  readonly unit: string;
  format(value: number): string;
}

/** A metric's id, the heads' own order, or groups of similar heads. */
export type HeadSort = 'order' | 'likeness' | (string & {});

/** Whether everything is known that this sort compares. A head that failed is not waited for. */
function isMeasured(entry: HeadEntry, sort: HeadSort): boolean {
  if (sort === 'order' || entry.error !== undefined) return true;
  return sort === 'likeness' ? entry.group !== undefined : entry.metrics?.[sort] !== undefined;
}

/** Stable in both directions; heads without a number (failed, not measured, NaN) come last. */
export function sortedIds(
  heads: readonly HeadEntry[],
  sort: HeadSort,
  descending: boolean,
): number[] {
  const sign = descending ? -1 : 1;
  const keyOf = ({ group, metrics }: HeadEntry, index: number) =>
    sort === 'order' ? index : sort === 'likeness' ? group : metrics?.[sort];
  const keyed = heads.map((entry, index) => ({
    id: entry.id,
    key: sign * (keyOf(entry, index) ?? NaN),
    position: sort === 'likeness' ? sign * (entry.position ?? index) : index,
  }));
  const order = sorted(
    keyed,
    ({ key }) => key,
    ({ position }) => position,
  );
  return order.map(({ id }) => id);
}

export function metricRange(heads: readonly HeadEntry[], metric: string): NumberRange | null {
  const values = heads.map(({ metrics }) => metrics?.[metric] ?? NaN).filter(Number.isFinite);
  const [min, max] = extent(values);
  return min === undefined ? null : { min, max };
}

/** Position of a value in the range, 0 to 1; 1 where the range is a single value. */
export function fractionIn({ min, max }: NumberRange, value: number): number {
  return max > min ? (value - min) / (max - min) : 1;
}

/**
 * The order of the tiles: sorted on request, and once all heads are measured. Until then it stays, so that nothing jumps
 * under the pointer: new heads are appended, and those that are gone are removed.
 */
export class TileOrder {
  sortedBy: HeadSort = 'order';
  private ids: readonly number[] = [];

  /** @param isRequested The user asked for another order, so tiles may move now. */
  update(
    heads: readonly HeadEntry[],
    sort: HeadSort,
    descending: boolean,
    isRequested: boolean,
  ): void {
    if (isRequested || countUnmeasured(heads, sort) === 0) {
      this.sortedBy = sort;
      this.ids = sortedIds(heads, sort, descending);
      return;
    }
    const there = new Set(heads.map(({ id }) => id));
    this.ids = [...new Set([...this.ids.filter((id) => there.has(id)), ...there])];
  }

  apply(heads: readonly HeadEntry[]): HeadEntry[] {
    const byId = new Map(heads.map((entry) => [entry.id, entry]));
    return this.ids.flatMap((id) => byId.get(id) ?? []);
  }
}

export function countUnmeasured(heads: readonly HeadEntry[], sort: HeadSort): number {
  return heads.filter((entry) => !isMeasured(entry, sort)).length;
}
