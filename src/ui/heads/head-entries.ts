import type { MapCells } from '../../attention/maps/weight-map';
import { groupByLikeness, type HeadFeatures, type Likeness } from '../../heads/likeness';
import { metricDescriptions } from '../../heads/metrics';
import type { HeadEntry, HeadMetric } from '../components/head-entry';
import { headsDone, type HeadResult, type Picture } from './picture';

/** The metrics as the grid takes them. */
export const gridMetrics: readonly HeadMetric[] = metricDescriptions.map(
  ({ name, label, ...rest }) => ({ id: name, name: label, ...rest }),
);

/** Cells along a side that heads are compared by: how alike they are takes no more, and there may be many heads. */
const COMPARED = 32;
/** Groups of more heads would take longer than a frame, by their number cubed. */
const MOST_GROUPED = 256;

/** A picture's heads as the grid takes them: made once for each picture. */
export class HeadEntries {
  #of: Picture | null = null;
  #entries: readonly HeadEntry[] = [];

  get(picture: Picture): readonly HeadEntry[] {
    if (picture !== this.#of) {
      this.#of = picture;
      this.#entries = entriesOf(picture);
    }
    return this.#entries;
  }
}

function entriesOf(picture: Picture): HeadEntry[] {
  const { source, heads, earlier } = picture;
  const isWhole = headsDone(picture) === heads.length;
  const likeness = isWhole && heads.length <= MOST_GROUPED ? likenessOf(heads) : null;
  return heads.map(({ cells, metrics }, id) => ({
    id,
    name: source.headNames[id],
    shortName: source.layers > 1 ? shortNameOf(id, source.heads) : undefined,
    layer: Math.floor(id / source.heads) + 1,
    head: (id % source.heads) + 1,
    cells: cells ?? earlier[id],
    stale: !cells && earlier[id] !== undefined,
    metrics: metrics && { ...metrics },
    group: likeness?.groups[id],
    place: likeness?.order.indexOf(id),
  }));
}

/** "L2 H3" */
const shortNameOf = (id: number, heads: number) =>
  `L${Math.floor(id / heads) + 1} H${(id % heads) + 1}`;

function likenessOf(heads: readonly HeadResult[]): Likeness {
  const features = heads.map(({ cells, metrics }): HeadFeatures => ({
    cells: coarse(cells!),
    metrics: metrics!,
  }));
  return groupByLikeness(features);
}

/** Sums of the cells' means over blocks, at most so many along a side. */
function coarse({ mean, width, height }: MapCells): Float32Array {
  const factor = Math.ceil(Math.max(width, height) / COMPARED);
  const across = Math.ceil(width / factor);
  const sums = new Float32Array(across * Math.ceil(height / factor));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sums[Math.floor(y / factor) * across + Math.floor(x / factor)] += mean[y * width + x];
    }
  }
  return sums;
}
