import { isMeasured, type HeadEntry, type HeadSort } from './head-entry';

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
  if (sort === 'likeness') return [entry.group ?? NaN, entry.place ?? index];
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
  readonly least: number;
  readonly most: number;
}

/** Smallest and largest finite value of a metric; null where no head has one. */
export function rangeOf(heads: readonly HeadEntry[], metric: string): MetricRange | null {
  const values = heads.map(({ metrics }) => metrics?.[metric] ?? NaN).filter(Number.isFinite);
  if (values.length === 0) return null;
  return {
    least: values.reduce((least, value) => Math.min(least, value)),
    most: values.reduce((most, value) => Math.max(most, value)),
  };
}

/** Place of a value between the smallest and the largest, from 0 to 1; 1 where all are the same. */
export function placeIn({ least, most }: MetricRange, value: number): number {
  return most > least ? (value - least) / (most - least) : 1;
}
