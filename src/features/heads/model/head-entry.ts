import type { MapCells } from '../../../attention/maps/weight-map';

/** One head of a grid. What is not computed yet is left out. */
export interface HeadEntry {
  readonly id: number;
  readonly name: string;
  /** What is written where the name has no room; it is still spoken. */
  readonly shortName?: string;
  readonly layer: number;
  readonly head: number;
  /** Its map, pooled to a thumbnail; rows that are not `done` are left blank. */
  readonly cells?: MapCells;
  /** The map is of what was asked for before: it is shown pale until the new one is there. */
  readonly stale?: boolean;
  /** By id of the metric. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** Which heads it is like: a number that like heads share, from 0. */
  readonly group?: number;
  /** Its place in an order in which neighbours are alike. Without it, heads of a group keep their own order. */
  readonly position?: number;
  /** Why it could not be computed. */
  readonly error?: string;
}

/** A number that tells heads apart. */
export interface HeadMetric {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  readonly unit: string;
  format(value: number): string;
}

/** A metric's id, the heads' own order, or groups of like heads. */
export type HeadSort = 'order' | 'likeness' | (string & {});

/** Whether all is known that this sort compares. A head at fault will never be measured: it is not waited for. */
function isMeasured(entry: HeadEntry, sort: HeadSort): boolean {
  if (sort === 'order' || entry.error !== undefined) return true;
  return sort === 'likeness' ? entry.group !== undefined : entry.metrics?.[sort] !== undefined;
}

/**
 * The heads' ids, sorted. Stable: equal heads keep their own order, whichever way it goes. What has no number (a
 * fault, not measured, not a number) comes last either way.
 */
export function sortedIds(
  heads: readonly HeadEntry[],
  sort: HeadSort,
  descending: boolean,
): number[] {
  const sign = descending ? -1 : 1;
  const keyed = heads.map((entry, index) => ({ entry, index, keys: keysOf(entry, sort, index) }));
  keyed.sort((a, b) => {
    for (let i = 0; i < a.keys.length; i++) {
      const [x, y] = [a.keys[i], b.keys[i]];
      if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
      if (x !== y && !Number.isNaN(x)) return x < y ? -sign : sign;
    }
    return a.index - b.index;
  });
  return keyed.map(({ entry }) => entry.id);
}

function keysOf(entry: HeadEntry, sort: HeadSort, index: number): number[] {
  if (sort === 'order') return [index];
  if (sort === 'likeness') return [entry.group ?? NaN, entry.position ?? index];
  return [entry.metrics?.[sort] ?? NaN];
}

/**
 * The order to show now. While heads are still being measured it stays as it was, so that nothing jumps under the
 * pointer: new heads come at its end, and those that are gone leave it.
 */
export function nextOrder(
  previous: readonly number[],
  heads: readonly HeadEntry[],
  sort: HeadSort,
  descending: boolean,
  now: boolean,
): number[] {
  if (now || heads.every((entry) => isMeasured(entry, sort))) {
    return sortedIds(heads, sort, descending);
  }
  const there = new Set(heads.map(({ id }) => id));
  const kept = previous.filter((id) => there.has(id));
  const known = new Set(kept);
  return [...kept, ...heads.map(({ id }) => id).filter((id) => !known.has(id))];
}

export interface MetricRange {
  readonly min: number;
  readonly max: number;
}

/** Smallest and largest finite value of a metric; null where no head has one. */
export function metricRange(heads: readonly HeadEntry[], metric: string): MetricRange | null {
  const values = heads.map(({ metrics }) => metrics?.[metric] ?? NaN).filter(Number.isFinite);
  if (values.length === 0) return null;
  return {
    min: values.reduce((least, value) => Math.min(least, value)),
    max: values.reduce((most, value) => Math.max(most, value)),
  };
}

/** Place of a value between the smallest and the largest, from 0 to 1; 1 where all are the same. */
export function fractionIn({ min: least, max: most }: MetricRange, value: number): number {
  return most > least ? (value - least) / (most - least) : 1;
}

/** The order of the tiles: sorted when people ask for it, or once all heads are measured; until then left alone. */
export class TileOrder {
  /** What it was sorted by last. */
  sortedBy: HeadSort = 'order';
  private ids: readonly number[] = [];

  /** @param isAsked People asked for another order: that tiles move then is no surprise. */
  update(heads: readonly HeadEntry[], sort: HeadSort, descending: boolean, isAsked: boolean): void {
    this.ids = nextOrder(this.ids, heads, sort, descending, isAsked);
    if (isAsked || countUnmeasured(heads, sort) === 0) this.sortedBy = sort;
  }

  apply(heads: readonly HeadEntry[]): HeadEntry[] {
    const byId = new Map(heads.map((entry) => [entry.id, entry]));
    return this.ids.flatMap((id) => byId.get(id) ?? []);
  }
}

/** Heads that lack what this sort compares. */
export function countUnmeasured(heads: readonly HeadEntry[], sort: HeadSort): number {
  return heads.filter((entry) => !isMeasured(entry, sort)).length;
}
