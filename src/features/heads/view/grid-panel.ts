import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { MapCells } from '../../../attention/maps/weight-map';
import { finishedHeads, type HeadMeasurement, type HeadsResult } from '../engine/result';
import { memoizeLast } from '../../../ui/memoize-last';
import type { HeadsSession } from '../engine/session';
import type { HeadEntry } from '../model/head-entry';
import { clusterHeads } from '../model/likeness';
import { MAX_FILTER_LENGTH } from '../model/link';
import { metricDescriptions } from '../model/metrics';
import type { SortBy } from '../model/state';
import type { HeadGridView } from './head-grid';
import './head-grid';
import { SessionElement } from './session-element';

/** Metrics are sorted from the largest down, everything else from the first on. */
const isMetric = (sort: SortBy) => sort !== 'place' && sort !== 'likeness';

@customElement('heads-grid')
export class HeadsGrid extends SessionElement {
  static override styles = css`
    head-grid {
      --tile: 6rem;
    }
  `;

  private readonly entriesOf = memoizeLast(entriesOf);

  protected override reads(session: HeadsSession) {
    const { sort, reversed, filter, palette, scale } = session.state;
    const { result } = session.engine;
    return [result, session.index, this.compared, sort, reversed, filter, palette, scale];
  }

  override render() {
    const { session } = this;
    const { state, engine } = session;
    return html`
      <head-grid
        .heads=${this.entriesOf(engine.result)}
        .metrics=${metricDescriptions}
        measure="entropy"
        sort=${state.sort === 'place' ? 'order' : state.sort}
        ?descending=${isMetric(state.sort) !== state.reversed}
        filter=${state.filter}
        .selected=${session.index}
        .compared=${this.compared}
        palette=${state.palette}
        scale=${state.scale}
        @head-select=${({ detail }: CustomEvent<{ id: number }>) => session.select(detail.id)}
        @head-compare=${({ detail }: CustomEvent<{ id: number | null }>) => this.compare(detail.id)}
        @grid-view-change=${({ detail }: CustomEvent<HeadGridView>) => this.changeView(detail)}
      ></head-grid>
    `;
  }

  private get compared(): number | null {
    const { session } = this;
    const { compare, withLayer, withHead } = session.state;
    return compare === 'head' ? session.indexOf(withLayer, withHead) : null;
  }

  private changeView({ sort: chosen, descending, filter }: HeadGridView) {
    const { session } = this;
    const sort = chosen === 'order' ? 'place' : (chosen as SortBy);
    // Another sort begins in its usual direction.
    const reversed = sort === session.state.sort && isMetric(sort) !== descending;
    session.change({ sort, reversed, filter: filter.slice(0, MAX_FILTER_LENGTH) });
  }

  /** @param id Null where the compared head was picked again. */
  private compare(id: number | null) {
    const { session } = this;
    if (id === null) return session.change({ compare: 'none', panel: 'map' });
    const { layer: withLayer, head: withHead } = session.numbersOf(id);
    session.change({ compare: 'head', withLayer, withHead, panel: 'compare' });
  }
}

/** Cells along a side by which heads are compared: more would say no more. */
const MAX_COMPARED_CELLS = 32;
/** Clustering more heads would take longer than a frame: its time grows with their number cubed. */
const MAX_CLUSTERED_HEADS = 256;

function entriesOf(result: HeadsResult | null): HeadEntry[] {
  if (!result) return [];
  const { source, heads } = result;
  const isWhole = finishedHeads(result) === heads.length;
  const clusters =
    isWhole && heads.length <= MAX_CLUSTERED_HEADS ? clusterHeads(heads.map(featuresOf)) : null;
  return heads.map(({ cells, previousCells, metrics }, id) => {
    const layer = Math.floor(id / source.heads) + 1;
    const head = (id % source.heads) + 1;
    return {
      id,
      name: source.headNames[id],
      shortName: source.layers > 1 ? `L${layer} H${head}` : undefined,
      layer,
      head,
      cells: cells ?? previousCells,
      stale: !cells && previousCells !== undefined,
      metrics,
      group: clusters?.groups[id],
      position: clusters?.order.indexOf(id),
    };
  });
}

const featuresOf = ({ cells, metrics }: HeadMeasurement) => ({
  cells: coarseSums(cells!),
  metrics: metrics!,
});

/** Sums of the cells' means over square blocks. */
function coarseSums({ mean, width, height }: MapCells): Float32Array {
  const factor = Math.ceil(Math.max(width, height) / MAX_COMPARED_CELLS);
  const across = Math.ceil(width / factor);
  const sums = new Float32Array(across * Math.ceil(height / factor));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sums[Math.floor(y / factor) * across + Math.floor(x / factor)] += mean[y * width + x];
    }
  }
  return sums;
}
