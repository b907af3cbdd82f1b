import type { MapCells } from '../../attention/maps/weight-map';

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
  readonly place?: number;
  /** Why it could not be computed. */
  readonly fault?: string;
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
export function isMeasured(entry: HeadEntry, sort: HeadSort): boolean {
  if (sort === 'order' || entry.fault !== undefined) return true;
  return sort === 'likeness' ? entry.group !== undefined : entry.metrics?.[sort] !== undefined;
}
