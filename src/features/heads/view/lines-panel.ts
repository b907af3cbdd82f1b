import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LatestTask } from '../../../async/latest-task';
import type { WeightMap } from '../../../attention/maps/weight-map';
import { formatCount } from '../../../numeric/format';
import { button } from '../../../ui/controls/fields';
import type { UiNumber } from '../../../ui/controls/ui-number';
import '../../../ui/controls/ui-number';
import { memoizeLast } from '../../../ui/memoize-last';
import type { HeadsSession } from '../engine/session';
import { MAX_HIDDEN, MAX_LOCKS } from '../model/link';
import type { TokenRef } from '../model/token-edges';
import {
  MAX_WHOLE_LENGTH,
  MAX_WINDOW_QUERIES,
  positionsIn,
  readTokenWindow,
  selectionAfter,
  type TokenWindow,
} from '../model/token-window';
import { renderError, SessionElement } from './session-element';
import './token-lines';

interface WindowRequest {
  readonly map: WeightMap;
  readonly first: number;
}

interface MapWindow extends TokenWindow {
  readonly map: WeightMap;
  readonly queryNames: readonly string[];
  readonly keyNames: readonly string[];
}

/**
 * Token lines of the selected head: of all tokens in a small map, else of a range of queries and the keys that they
 * attend to most. The range begins at the cursor by default.
 */
@customElement('heads-lines')
export class HeadsLines extends SessionElement {
  private readonly task = new LatestTask<WindowRequest, MapWindow>(
    this,
    async ({ map, first }, { signal, publish }) => {
      const { source } = this.session.engine.result!;
      const window = await readTokenWindow(map, first, signal);
      publish({
        ...window,
        map,
        queryNames: window.queries.map((query) => source.queryTokens[query]),
        keyNames: window.keys.map((key) => source.keyTokens[key]),
      });
    },
    { isSame: (a, b) => a.map === b.map && a.first === b.first },
  );
  private readonly selection = memoizeLast(
    (window: TokenWindow, locks: readonly TokenRef[], hiddenKeys: readonly number[]) => ({
      locked: positionsIn(window, locks),
      hiddenKeys: positionsIn(window, keysOf(hiddenKeys)).map(({ index }) => index),
    }),
  );

  protected override reads({ state, selectedHead }: HeadsSession) {
    const { linesFrom, cursor, view, mass, locks, hiddenKeys } = state;
    return [selectedHead, linesFrom, cursor, view, mass, locks, hiddenKeys];
  }

  override willUpdate() {
    const { selectedHead, state } = this.session;
    if (!selectedHead || !this.isConnected) return;
    const atCursor = Math.floor(state.cursor?.row ?? state.view?.row ?? 0);
    this.task.run({ map: selectedHead.map, first: state.linesFrom ?? atCursor });
  }

  override render() {
    const map = this.session.selectedHead?.map;
    if (!map) return nothing;
    const isWhole = map.rows <= MAX_WHOLE_LENGTH && map.columns <= MAX_WHOLE_LENGTH;
    const window = this.task.value;
    return html`
      ${renderError(this.task)} ${isWhole ? nothing : this.renderRange(map, window)}
      ${window ? this.renderLines(window, map) : html`<p class="soft">Computing…</p>`}
    `;
  }

  private renderLines(window: MapWindow, map: WeightMap) {
    const { session } = this;
    const { mass, locks, hiddenKeys } = session.state;
    const selection = this.selection(window, locks, hiddenKeys);
    const isStale = window.map !== map;
    return html`<token-lines
      class=${isStale ? 'stale' : ''}
      aria-busy=${isStale}
      .weights=${window.weights}
      .rowTokens=${window.queryNames}
      .columnTokens=${window.keyNames}
      .mass=${mass}
      .locked=${selection.locked}
      .hiddenKeys=${selection.hiddenKeys}
      @mass-change=${({ detail }: CustomEvent<{ mass: number }>) =>
        session.change({ mass: detail.mass })}
      @token-lock=${({ detail }: CustomEvent<{ locked: readonly TokenRef[] }>) =>
        session.change({ locks: selectionAfter(window, locks, detail.locked).slice(-MAX_LOCKS) })}
      @token-hide=${({ detail }: CustomEvent<{ hiddenKeys: readonly number[] }>) => {
        const hidden = selectionAfter(window, keysOf(hiddenKeys), keysOf(detail.hiddenKeys));
        session.change({ hiddenKeys: hidden.map(({ index }) => index).slice(-MAX_HIDDEN) });
      }}
    ></token-lines>`;
  }

  private renderRange(map: WeightMap, window: MapWindow | null) {
    const [from, to] = window ? [window.queries[0], window.queries.at(-1)!] : [0, 0];
    const max = Math.max(0, map.rows - MAX_WINDOW_QUERIES);
    const move = (first: number) =>
      this.session.change({ linesFrom: Math.max(0, Math.min(max, first)) });
    return html`
      <div class="row small mb-4">
        <ui-number
          id="first"
          inline
          short
          whole
          label="Queries from"
          min="0"
          max=${map.rows - 1}
          .value=${from}
          @change=${(event: Event) => move((event.target as UiNumber).value!)}
        ></ui-number>
        ${button('Earlier', () => move(from - MAX_WINDOW_QUERIES), { disabled: from === 0 })}
        ${button('Later', () => move(from + MAX_WINDOW_QUERIES), { disabled: to >= map.rows - 1 })}
        <span class="soft">${window ? describeWindow(window, map) : ''}</span>
      </div>
    `;
  }
}

const keysOf = (indices: readonly number[]): TokenRef[] =>
  indices.map((index) => ({ side: 'key', index }));

function describeWindow({ queries, keys, share }: TokenWindow, map: WeightMap): string {
  const last = formatCount(queries.at(-1)!);
  const percent = (100 * share).toFixed(share > 0.995 && share < 1 ? 2 : 0);
  return (
    `Queries ${formatCount(queries[0])} to ${last} of ${formatCount(map.rows)}, and the ${keys.length} keys ` +
    `they attend to most: ${percent} % of their weight.`
  );
}
