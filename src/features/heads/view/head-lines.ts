import { formatCount } from '../../../numeric/format';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { Latest } from '../../../async/latest';
import type { WeightMap } from '../../../attention/maps/weight-map';
import { emit } from '../../../ui/emit';
import { forms } from '../../../ui/styles/forms';
import { shared } from '../../../ui/styles/shared';
import type { TokenRef } from '../model/token-edges';
import {
  selectionAfter,
  MAX_WINDOW_QUERIES,
  positionsIn,
  readTokenWindow,
  type TokenWindow,
  MAX_WHOLE_LENGTH,
} from '../model/token-window';
import './token-lines';

interface WindowRequest {
  readonly map: WeightMap;
  readonly first: number;
}

/**
 * Token lines of a map of any size: all tokens of a small one, else a range of queries and the keys that they attend to
 * most.
 *
 * Its tokens are indices of the map, whichever of them are drawn.
 *
 * @fires {CustomEvent<{ first: number }>} lines-move - another range of queries was chosen
 * @fires {CustomEvent<{ locked: readonly TokenRef[] }>} token-lock
 * @fires {CustomEvent<{ hiddenKeys: readonly number[] }>} token-hide
 * @fires {CustomEvent<{ mass: number }>} mass-change
 */
@customElement('head-lines')
export class HeadLines extends LitElement {
  static override styles = [
    ...shared,
    forms,
    css`
      .range {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-3);
        align-items: center;
        margin-bottom: var(--space-4);
        font-size: var(--text-small);
      }

      input[type='text'] {
        width: 5.5rem;
      }

      token-lines {
        transition: opacity 200ms 150ms;
      }

      .stale {
        opacity: 0.45;
      }
    `,
  ];

  @property({ attribute: false }) map: WeightMap | null = null;
  @property({ attribute: false }) rowTokens: readonly string[] = [];
  @property({ attribute: false }) columnTokens: readonly string[] = [];
  /** First query of the range, where not all are shown. */
  @property({ type: Number }) first = 0;
  /** As of `<token-lines>`. */
  @property({ type: Number }) mass = 0.9;
  @property({ attribute: false }) locked: readonly TokenRef[] = [];
  @property({ attribute: false }) hiddenKeys: readonly number[] = [];

  @state() private shown: TokenWindow | null = null;
  /** The map that `shown` is of. */
  @state() private shownOf: WeightMap | null = null;
  @state() private error = '';
  /** The selection by positions among the tokens that are drawn: the same objects until it changes. */
  private chosen: { readonly locked: TokenRef[]; readonly hiddenKeys: number[] } = {
    locked: [],
    hiddenKeys: [],
  };
  private tokens: { readonly rows: readonly string[]; readonly columns: readonly string[] } = {
    rows: [],
    columns: [],
  };
  private readonly reading = new Latest<WindowRequest>(
    async ({ map, first }, signal) => {
      const shown = await readTokenWindow(map, first, signal);
      this.error = '';
      this.shown = shown;
      this.shownOf = map;
      this.tokens = {
        rows: shown.queries.map((query) => this.rowTokens[query] ?? String(query)),
        columns: shown.keys.map((key) => this.columnTokens[key] ?? String(key)),
      };
    },
    (error) => (this.error = error instanceof Error ? error.message : String(error)),
  );

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.reading.stop();
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate('map');
  }

  override willUpdate(changed: PropertyValues) {
    const { shown, locked } = this;
    if (!shown || !['shown', 'locked', 'hiddenKeys'].some((name) => changed.has(name))) return;
    const hidden = positionsIn(shown, keysOf(this.hiddenKeys));
    this.chosen = {
      locked: positionsIn(shown, locked),
      hiddenKeys: hidden.map(({ index }) => index),
    };
  }

  override updated(changed: PropertyValues<this>) {
    const { map, first } = this;
    if (map && (changed.has('map') || changed.has('first'))) this.reading.request({ map, first });
  }

  override render() {
    const { map, shown, error: fault } = this;
    if (!map) return nothing;
    return html`
      ${fault ? html`<p class="error" role="alert">${fault}</p>` : nothing}
      ${map.rows > MAX_WHOLE_LENGTH || map.columns > MAX_WHOLE_LENGTH ? this.renderRange(map) : nothing}
      ${
        shown
          ? html`<token-lines
              class=${this.shownOf === map ? '' : 'stale'}
              aria-busy=${this.shownOf !== map}
              .weights=${shown.weights}
              .rowTokens=${this.tokens.rows}
              .columnTokens=${this.tokens.columns}
              .mass=${this.mass}
              .locked=${this.chosen.locked}
              .hiddenKeys=${this.chosen.hiddenKeys}
              @token-lock=${(event: CustomEvent<{ locked: TokenRef[] }>) =>
                this.setLocked(event, shown)}
              @token-hide=${(event: CustomEvent<{ hiddenKeys: number[] }>) =>
                this.setHidden(event, shown)}
              @mass-change=${({ detail }: CustomEvent<{ mass: number }>) =>
                (this.mass = detail.mass)}
            ></token-lines>`
          : html`<p class="soft">Computing…</p>`
      }
    `;
  }

  /** Translates the window's selection to tokens of the map. */
  private setLocked(event: CustomEvent<{ locked: readonly TokenRef[] }>, shown: TokenWindow) {
    event.stopPropagation();
    this.locked = selectionAfter(shown, this.locked, event.detail.locked);
    emit(this, 'token-lock', { locked: this.locked });
  }

  private setHidden(event: CustomEvent<{ hiddenKeys: readonly number[] }>, shown: TokenWindow) {
    event.stopPropagation();
    const places = keysOf(event.detail.hiddenKeys);
    this.hiddenKeys = selectionAfter(shown, keysOf(this.hiddenKeys), places).map(
      ({ index }) => index,
    );
    emit(this, 'token-hide', { hiddenKeys: this.hiddenKeys });
  }

  private renderRange(map: WeightMap) {
    const { shown } = this;
    const [from, to] = shown ? [shown.queries[0], shown.queries[shown.queries.length - 1]] : [0, 0];
    const move = (first: number) => {
      this.first = Math.max(0, Math.min(map.rows - MAX_WINDOW_QUERIES, first));
      emit(this, 'lines-move', { first: this.first });
    };
    const take = (event: Event) => {
      const value = Number((event.target as HTMLInputElement).value);
      if (Number.isInteger(value)) move(value);
      else this.requestUpdate();
    };
    return html`
      <div class="range">
        <label for="first">Queries from</label>
        <input
          id="first"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          .value=${live(String(from))}
          @change=${take}
        />
        <button
          type="button"
          ?disabled=${from === 0}
          @click=${() => move(from - MAX_WINDOW_QUERIES)}
        >
          Earlier
        </button>
        <button
          type="button"
          ?disabled=${to >= map.rows - 1}
          @click=${() => move(from + MAX_WINDOW_QUERIES)}
        >
          Later
        </button>
        <span class="soft">${shown ? describeWindow(shown, map) : ''}</span>
      </div>
    `;
  }
}

const keysOf = (indices: readonly number[]): TokenRef[] =>
  indices.map((index) => ({ side: 'key', index }));

function describeWindow({ queries, keys, share }: TokenWindow, map: WeightMap): string {
  const last = formatCount(queries[queries.length - 1]);
  const held = (100 * share).toFixed(share > 0.995 && share < 1 ? 2 : 0);
  return (
    `Queries ${formatCount(queries[0])} to ${last} of ${formatCount(map.rows)}, and the ${keys.length} keys ` +
    `they attend to most: ${held} % of their weight.`
  );
}

declare global {
  interface HTMLElementEventMap {
    'lines-move': CustomEvent<{ readonly first: number }>;
  }

  interface HTMLElementTagNameMap {
    'head-lines': HeadLines;
  }
}
