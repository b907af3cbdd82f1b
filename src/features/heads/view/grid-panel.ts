import { html } from 'lit';
import type { MapCells } from '../../../attention/maps/weight-map';
import { headsDone, type HeadMeasurement, type HeadsResult } from '../engine/result';
import type { HeadsSession } from '../engine/session';
import type { HeadEntry, HeadMetric } from '../model/head-entry';
import { clusterHeads, type HeadFeatures, type HeadClusters } from '../model/likeness';
import { MAX_FILTER_LENGTH } from '../model/link';
import { metricDescriptions } from '../model/metrics';
import type { SortBy } from '../model/state';
import type { HeadGridView } from './head-grid';
import './head-grid';

/** The metrics as the grid takes them. */
const gridMetrics: readonly HeadMetric[] = metricDescriptions.map(({ name, label, ...rest }) => ({
  id: name,
  name: label,
  ...rest,
}));

/** Cells along a side that heads are compared by: how alike they are takes no more, and there may be many heads. */
const LIKENESS_CELLS = 32;
/** Groups of more heads would take longer than a frame, by their number cubed. */
const MAX_CLUSTERED_HEADS = 256;

/** A picture's heads as the grid takes them: made once for each picture. */
export class HeadEntryCache {
  #of: HeadsResult | null = null;
  #entries: readonly HeadEntry[] = [];

  get(picture: HeadsResult): readonly HeadEntry[] {
    if (picture !== this.#of) {
      this.#of = picture;
      this.#entries = entriesOf(picture);
    }
    return this.#entries;
  }
}

function entriesOf(picture: HeadsResult): HeadEntry[] {
  const { source, heads, previousCells: earlier } = picture;
  const isWhole = headsDone(picture) === heads.length;
  const likeness = isWhole && heads.length <= MAX_CLUSTERED_HEADS ? clustersOf(heads) : null;
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

function clustersOf(heads: readonly HeadMeasurement[]): HeadClusters {
  const features = heads.map(({ cells, metrics }): HeadFeatures => ({
    cells: coarse(cells!),
    metrics: metrics!,
  }));
  return clusterHeads(features);
}

/** Sums of the cells' means over blocks, at most so many along a side. */
function coarse({ mean, width, height }: MapCells): Float32Array {
  const factor = Math.ceil(Math.max(width, height) / LIKENESS_CELLS);
  const across = Math.ceil(width / factor);
  const sums = new Float32Array(across * Math.ceil(height / factor));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sums[Math.floor(y / factor) * across + Math.floor(x / factor)] += mean[y * width + x];
    }
  }
  return sums;
}

/** All heads of the picture. */
export function gridPanel(session: HeadsSession, entries: HeadEntryCache) {
  const { state, engine } = session;
  const { result: picture } = engine;
  const compared =
    state.compare === 'head' ? session.indexOf(state.withLayer, state.withHead) : null;
  return html`
    <head-grid
      .heads=${picture ? entries.get(picture) : []}
      .metrics=${gridMetrics}
      measure="entropy"
      sort=${state.sort === 'place' ? 'order' : state.sort}
      ?descending=${isMetric(state.sort) !== state.reversed}
      filter=${state.filter}
      .selected=${session.index}
      .compared=${compared}
      palette=${state.palette}
      scale=${state.scale}
      @head-select=${(event: CustomEvent<{ id: number }>) => session.select(event.detail.id)}
      @head-compare=${(event: CustomEvent<{ id: number | null }>) =>
        compareWith(session, event.detail.id)}
      @grid-view-change=${(event: CustomEvent<HeadGridView>) => changeView(session, event.detail)}
    ></head-grid>
  `;
}

/** Metrics begin with the largest, places with the first. */
const isMetric = (sort: SortBy) => sort !== 'place' && sort !== 'likeness';

function changeView(session: HeadsSession, { sort: chosen, descending, filter }: HeadGridView) {
  const sort = chosen === 'order' ? 'place' : (chosen as SortBy);
  // Another sort begins the usual way round.
  const reversed = sort === session.state.sort && isMetric(sort) !== descending;
  session.change({ sort, reversed, filter: filter.slice(0, MAX_FILTER_LENGTH) });
}

/** Picking the same head again ends the comparison. */
function compareWith(session: HeadsSession, id: number | null) {
  if (id === null) {
    session.change({ compare: 'none', panel: 'map' });
    return;
  }
  const { heads } = session.source ?? session.state;
  session.change({
    compare: 'head',
    withLayer: Math.floor(id / heads) + 1,
    withHead: (id % heads) + 1,
    panel: 'compare',
  });
}
