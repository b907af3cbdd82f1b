import { html } from 'lit';
import { LONGEST_FILTER } from '../../heads/link-fields';
import type { SortBy } from '../../heads/link-state';
import type { HeadGridView } from '../components/grid-controls';
import { gridMetrics, type HeadEntries } from '../heads/head-entries';
import type { HeadsSession } from '../heads/session';
import '../components/head-grid';

/** All heads of the picture. */
export function allHeads(session: HeadsSession, entries: HeadEntries) {
  const { state, engine } = session;
  const { picture } = engine;
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
      @grid-view-change=${(event: CustomEvent<HeadGridView>) => takeView(session, event.detail)}
    ></head-grid>
  `;
}

/** Metrics begin with the largest, places with the first. */
const isMetric = (sort: SortBy) => sort !== 'place' && sort !== 'likeness';

function takeView(session: HeadsSession, { sort: chosen, descending, filter }: HeadGridView) {
  const sort = chosen === 'order' ? 'place' : (chosen as SortBy);
  // Another sort begins the usual way round.
  const reversed = sort === session.state.sort && isMetric(sort) !== descending;
  session.change({ sort, reversed, filter: filter.slice(0, LONGEST_FILTER) });
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
