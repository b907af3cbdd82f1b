import { metricDescriptions } from '../../heads/metrics';
import type { HeadEntry, HeadMetric } from '../components/head-entry';
import type { Picture } from './picture';

/** The metrics as the grid takes them. */
export const gridMetrics: readonly HeadMetric[] = metricDescriptions.map(
  ({ name, label, ...rest }) => ({ id: name, name: label, ...rest }),
);

/** A picture's heads as the grid takes them. */
export function headEntries({ source, heads }: Picture): HeadEntry[] {
  return heads.map(({ cells, metrics }, id) => ({
    id,
    name: source.headNames[id],
    layer: Math.floor(id / source.heads) + 1,
    head: (id % source.heads) + 1,
    cells,
    metrics: metrics && { ...metrics },
  }));
}
