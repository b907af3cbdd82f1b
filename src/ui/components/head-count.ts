import type { HeadEntry } from './head-entry';
import type { HeadFilter } from './head-filter';

/** "9 of 32 heads; 2 not measured yet, and held back by the filter" */
export function headCount(heads: readonly HeadEntry[], filter: HeadFilter): string {
  const passing = heads.filter(filter.passes).length;
  const lacking = heads.filter(
    ({ metrics, fault }) =>
      fault === undefined && filter.metrics.some((id) => metrics?.[id] === undefined),
  ).length;
  const count = passing === heads.length ? heads.length : `${passing} of ${heads.length}`;
  const held = lacking > 0 ? `; ${lacking} not measured yet, and held back by the filter` : '';
  return `${count} ${heads.length === 1 ? 'head' : 'heads'}${held}`;
}
