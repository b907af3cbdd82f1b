import { isMeasured, type HeadEntry, type HeadSort } from './head-entry';
import { nextOrder } from './head-order';

/** The order of the tiles: sorted when people ask for it, or once all heads are measured; until then left alone. */
export class TileOrder {
  /** What it was sorted by last. */
  sortedBy: HeadSort = 'order';
  private ids: readonly number[] = [];

  /** @param isAsked People asked for another order: that tiles move then is no surprise. */
  update(heads: readonly HeadEntry[], sort: HeadSort, descending: boolean, isAsked: boolean): void {
    this.ids = nextOrder(this.ids, heads, sort, descending, isAsked);
    if (isAsked || waitingFor(heads, sort) === 0) this.sortedBy = sort;
  }

  apply(heads: readonly HeadEntry[]): HeadEntry[] {
    const byId = new Map(heads.map((entry) => [entry.id, entry]));
    return this.ids.flatMap((id) => byId.get(id) ?? []);
  }
}

/** Heads that lack what this sort compares. */
export function waitingFor(heads: readonly HeadEntry[], sort: HeadSort): number {
  return heads.filter((entry) => !isMeasured(entry, sort)).length;
}
