import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { type PaletteName } from '../palette';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import type { CellScale } from './cell-colors';
import { type HeadGridView, renderGridControls } from './grid-controls';
import { HeadChoice } from './head-choice';
import { headCount } from './head-count';
import type { HeadEntry, HeadMetric, HeadSort } from './head-entry';
import { parseHeadFilter, type HeadFilter } from './head-filter';
import { gridStyles } from './head-grid.css';
import { rangeOf } from './head-order';
import { groupsOf, renderGroup, renderTile, type TileLook } from './head-tile';
import { tileStyles } from './head-tile.css';
import { tell } from './tell';
import { neighbour } from './tile-neighbour';
import { TileOrder, waitingFor } from './tile-order';
import './palette-ramp';

/** Up to so many heads have larger tiles. */
const FEW = 16;

/**
 * All heads as small maps, sorted by a metric, grouped by likeness, filtered by name, layer or metric. Works while
 * heads are still being computed: their tiles fill up as they come, and stay where they are until all are measured.
 *
 * @fires {CustomEvent<{ id: number }>} head-select
 * @fires {CustomEvent<{ id: number | null }>} head-compare - null when the compared head is picked again
 * @fires {CustomEvent<HeadGridView>} grid-view-change - sorted or filtered otherwise
 */
@customElement('head-grid')
export class HeadGrid extends LitElement {
  static override styles = [...shared, forms, gridStyles, tileStyles];

  @property({ attribute: false }) heads: readonly HeadEntry[] = [];
  @property({ attribute: false }) metrics: readonly HeadMetric[] = [];
  @property() sort: HeadSort = 'order';
  @property({ type: Boolean }) descending = false;
  @property() filter = '';
  /** Id of the metric whose values are shown while heads are sorted by none. */
  @property() measure = '';
  /** Ids of heads. */
  @property({ attribute: false }) selected: number | null = null;
  @property({ attribute: false }) compared: number | null = null;
  @property() palette: PaletteName = 'viridis';
  @property() scale: CellScale = 'linear';

  private readonly choice = new HeadChoice(this);
  private readonly order = new TileOrder();
  private sortNow = false;
  private parsed: HeadFilter = parseHeadFilter('', []);
  @query('[tabindex="0"][role="option"]') private activeTile!: HTMLElement | null;

  override willUpdate(changed: PropertyValues<this>) {
    const isAsked = this.sortNow || changed.has('sort') || changed.has('descending');
    if (isAsked || changed.has('heads')) {
      this.order.update(this.heads, this.sort, this.descending, isAsked);
    }
    this.sortNow = false;
    if (changed.has('filter') || changed.has('metrics')) {
      this.parsed = parseHeadFilter(this.filter, this.metrics);
    }
    this.toggleAttribute('few', this.heads.length <= FEW);
  }

  override render() {
    const shown = this.order.apply(this.heads).filter(this.parsed.passes);
    return html`
      ${renderGridControls(this, this.metrics, this.parsed.problems, this.shownMetric, (change) => this.take(change))}
      ${this.renderState()}
      ${
        shown.length > 0
          ? this.renderTiles(shown)
          : html`<p class="none">
              ${this.heads.length > 0 ? 'No head passes the filter.' : 'No heads yet.'}
            </p>`
      }
    `;
  }

  private renderState() {
    const { heads, scale, palette } = this;
    return html`
      <div class="state">
        <span role="status">${headCount(heads, this.parsed)}</span>
        ${this.renderWaiting()} ${this.renderCompareButton()}
        <palette-ramp
          class="legend"
          palette=${palette}
          least=${scale === 'log' ? '1/10⁴' : '0'}
          most="each map’s largest"
        ></palette-ramp>
      </div>
    `;
  }

  private renderWaiting() {
    const { length } = this.heads;
    const waiting = waitingFor(this.heads, this.sort);
    if (waiting === 0) return nothing;
    return html`<span class="soft">
        Sorting when all heads are measured: ${length - waiting} of ${length} so far.
      </span>
      <button type="button" class="now" @click=${this.sortAtOnce}>Sort now</button>`;
  }

  /** For those who cannot press C or hover. */
  private renderCompareButton() {
    const { selected, compared, choice } = this;
    const entry = this.heads.find(({ id }) => id === choice.active);
    if (!entry || selected === null || entry.id === selected) return nothing;
    const label = entry.id === compared ? `Stop comparing ${entry.name}` : `Compare ${entry.name}`;
    return html`<button type="button" class="compare" @click=${() => choice.compare(entry.id)}>
      ${label}
    </button>`;
  }

  private renderTiles(shown: readonly HeadEntry[]) {
    const reachable = this.choice.reachable(shown);
    const look = this.tileLook();
    const tiles = (entries: readonly HeadEntry[]) =>
      repeat(
        entries,
        ({ id }) => id,
        (entry) => renderTile(entry, { ...look, isReachable: entry.id === reachable }),
      );
    const isGrouped = this.sort === 'likeness' && this.order.sortedBy === 'likeness';
    return html`
      <div
        role="listbox"
        aria-label="Heads"
        aria-description="Arrow keys move, Enter selects, C picks the head to compare with."
        @keydown=${this.takeKey}
      >
        ${
          isGrouped
            ? html`<div class="groups" role="presentation">
                ${groupsOf(shown).map(([group, entries]) => renderGroup(group, entries, tiles))}
              </div>`
            : html`<div class="tiles" role="presentation">${tiles(shown)}</div>`
        }
      </div>
    `;
  }

  /** What all tiles share. */
  private tileLook(): Omit<TileLook, 'isReachable'> {
    const { heads, selected, compared, palette, scale, choice, shownMetric: metric } = this;
    return {
      metric,
      range: metric ? rangeOf(heads, metric.id) : null,
      selected,
      compared,
      palette,
      scale,
      onSelect: (id) => choice.select(id),
      onCompare: (id) => choice.compare(id),
      onFocus: (id) => choice.focus(id),
    };
  }

  /** The metric that is sorted by, or else the one to show. */
  private get shownMetric(): HeadMetric | undefined {
    const { metrics, sort, measure } = this;
    return metrics.find(({ id }) => id === sort) ?? metrics.find(({ id }) => id === measure);
  }

  private take(change: Partial<HeadGridView>) {
    Object.assign(this, change);
    const { sort, descending, filter } = this;
    tell(this, 'grid-view-change', { sort, descending, filter } satisfies HeadGridView);
  }

  private sortAtOnce = () => {
    this.sortNow = true;
    this.requestUpdate();
  };

  private takeKey = (event: KeyboardEvent) => {
    const id = Number((event.target as HTMLElement).dataset.id);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') this.choice.select(id);
    else if (event.key === 'c' || event.key === 'C') this.choice.compare(id);
    else if (!this.move(event)) return;
    event.preventDefault();
  };

  private move({ key, target }: KeyboardEvent): boolean {
    const tiles = [...this.renderRoot.querySelectorAll<HTMLElement>('[role="option"]')];
    const next = neighbour(
      tiles.map((tile) => tile.getBoundingClientRect()),
      tiles.indexOf(target as HTMLElement),
      key,
    );
    if (next === null) return false;
    this.choice.focus(Number(tiles[next].dataset.id));
    void this.updateComplete.then(() => this.activeTile?.focus());
    return true;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'head-grid': HeadGrid;
  }
}
