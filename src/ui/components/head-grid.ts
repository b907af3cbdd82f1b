import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { type PaletteName } from '../palette';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import type { CellScale } from './cell-colors';
import { isMeasured, type HeadEntry, type HeadMetric, type HeadSort } from './head-entry';
import { parseHeadFilter, type HeadFilter } from './head-filter';
import { gridStyles } from './head-grid.css';
import { nextOrder, rangeOf } from './head-order';
import { groupsOf, renderGroup, renderTile, type TileLook } from './head-tile';
import { neighbour } from './tile-neighbour';
import './palette-ramp';

export interface HeadGridView {
  readonly sort: HeadSort;
  readonly descending: boolean;
  readonly filter: string;
}

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
  static override styles = [...shared, forms, gridStyles];

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

  /** Where the arrow keys are. */
  @state() private active: number | null = null;
  /** Ids in the order shown, and what they were last sorted by. */
  private order: readonly number[] = [];
  private orderedBy: HeadSort = 'order';
  private sortNow = false;
  private parsed: HeadFilter = parseHeadFilter('', []);
  @query('[tabindex="0"][role="option"]') private activeTile!: HTMLElement | null;

  override willUpdate(changed: PropertyValues<this>) {
    // People asked for another order: that is not a jump.
    const asked = this.sortNow || changed.has('sort') || changed.has('descending');
    const complete = this.waitingFor() === 0;
    if (asked || changed.has('heads')) {
      this.order = nextOrder(this.order, this.heads, this.sort, this.descending, asked);
      if (asked || complete) this.orderedBy = this.sort;
    }
    this.sortNow = false;
    if (changed.has('filter') || changed.has('metrics')) {
      this.parsed = parseHeadFilter(this.filter, this.metrics);
    }
    this.toggleAttribute('few', this.heads.length <= FEW);
  }

  override render() {
    const byId = new Map(this.heads.map((entry) => [entry.id, entry]));
    const all = this.order.flatMap((id) => byId.get(id) ?? []);
    const shown = all.filter(this.parsed.passes);
    return html`
      ${this.renderControls()} ${this.renderState(shown)}
      ${
        shown.length > 0
          ? this.renderTiles(shown)
          : html`<p class="none">
              ${this.heads.length > 0 ? 'No head passes the filter.' : 'No heads yet.'}
            </p>`
      }
    `;
  }

  private renderControls() {
    const { sort, metrics, descending, filter, parsed } = this;
    const option = (value: string, label: string) =>
      html`<option value=${value} .selected=${value === sort}>${label}</option>`;
    return html`
      <div class="controls">
        <div class="sort">
          <label for="sort">Sort by</label>
          <select id="sort" aria-describedby="definition" @change=${this.takeSort}>
            ${option('order', 'Their own order')} ${option('likeness', 'Likeness, in groups')}
            <optgroup label="Metrics">${metrics.map(({ id, name }) => option(id, name))}</optgroup>
          </select>
        </div>
        <label class="check">
          <input
            id="descending"
            type="checkbox"
            .checked=${live(descending)}
            @change=${this.takeDirection}
          />
          ${this.metric ? 'Largest first' : 'Last first'}
        </label>
        <div class="filter">
          <label for="filter">Filter</label>
          <input
            id="filter"
            type="text"
            autocomplete="off"
            spellcheck="false"
            placeholder=${this.filterExample}
            aria-describedby="problems"
            aria-invalid=${parsed.problems.length > 0 ? 'true' : 'false'}
            .value=${live(filter)}
            @input=${this.takeFilter}
          />
        </div>
      </div>
      <p id="problems" class="error">${parsed.problems.join(' ')}</p>
      <p id="definition" class="definition">${this.definition}</p>
    `;
  }

  private renderState(shown: readonly HeadEntry[]) {
    const { heads, scale, palette } = this;
    const waiting = this.waitingFor();
    const count = shown.length === heads.length ? '' : `${shown.length} of `;
    const lacking = heads.filter(
      ({ metrics, fault }) =>
        fault === undefined && this.parsed.metrics.some((id) => metrics?.[id] === undefined),
    ).length;
    return html`
      <div class="state">
        <span role="status">
          ${count}${heads.length}
          ${heads.length === 1 ? 'head' : 'heads'}${
            lacking > 0 ? `; ${lacking} not measured yet, and held back by the filter` : ''
          }
        </span>
        ${
          waiting > 0
            ? html`<span class="soft">
                  Sorting when all heads are measured: ${heads.length - waiting} of ${heads.length}
                  so far.
                </span>
                <button type="button" class="now" @click=${this.sortAtOnce}>Sort now</button>`
            : nothing
        }
        ${this.renderCompareButton()}
        <palette-ramp
          class="legend"
          palette=${palette}
          least=${scale === 'log' ? '1/10⁴' : '0'}
          most="each map’s largest"
        ></palette-ramp>
      </div>
    `;
  }

  /** For those who cannot press C or hover. */
  private renderCompareButton() {
    const { selected, compared, active } = this;
    const entry = this.heads.find(({ id }) => id === active);
    if (!entry || selected === null || active === selected) return nothing;
    const label = active === compared ? `Stop comparing ${entry.name}` : `Compare ${entry.name}`;
    return html`<button type="button" class="compare" @click=${() => this.compare(entry.id)}>
      ${label}
    </button>`;
  }

  private renderTiles(shown: readonly HeadEntry[]) {
    const isThere = shown.some(({ id }) => id === this.active);
    const isSelectedThere = shown.some(({ id }) => id === this.selected);
    const reachable = isThere ? this.active : isSelectedThere ? this.selected : shown[0].id;
    const look = this.tileLook();
    const tiles = (entries: readonly HeadEntry[]) =>
      repeat(
        entries,
        ({ id }) => id,
        (entry) => renderTile(entry, { ...look, isReachable: entry.id === reachable }),
      );
    return html`
      <div
        role="listbox"
        aria-label="Heads"
        aria-description="Arrow keys move, Enter selects, C picks the head to compare with."
        @keydown=${this.takeKey}
      >
        ${
          this.orderedBy === 'likeness' && this.sort === 'likeness'
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
    const { shownMetric: metric, heads, selected, compared, palette, scale } = this;
    return {
      metric,
      range: metric ? rangeOf(heads, metric.id) : null,
      selected,
      compared,
      palette,
      scale,
      onSelect: (id) => this.select(id),
      onCompare: (id) => this.compare(id),
      onFocus: (id) => (this.active = id),
    };
  }

  /** The metric that is sorted by. */
  private get metric(): HeadMetric | undefined {
    return this.metrics.find(({ id }) => id === this.sort);
  }

  /** And the one that is shown. */
  private get shownMetric(): HeadMetric | undefined {
    return this.metric ?? this.metrics.find(({ id }) => id === this.measure);
  }

  private get definition() {
    const { metric, shownMetric } = this;
    const unit = shownMetric?.unit ? `, in ${shownMetric.unit}` : '';
    const shown = shownMetric ? ` Shown of each: ${shownMetric.name.toLowerCase()}${unit}.` : '';
    if (this.sort === 'order') return `Layer by layer, as the source has them.${shown}`;
    if (this.sort === 'likeness') return `Heads whose maps are alike stand together.${shown}`;
    if (!metric) return nothing;
    return html`${metric.definition}${metric.unit ? ` In ${metric.unit}.` : ''}`;
  }

  private get filterExample() {
    const [first] = this.metrics;
    return ['name', 'layer:2', ...(first ? [`${first.id}<1`] : [])].join('   ');
  }

  private waitingFor() {
    return this.heads.filter((entry) => !isMeasured(entry, this.sort)).length;
  }

  private takeSort = (event: Event) => {
    this.sort = (event.target as HTMLSelectElement).value;
    this.tellView();
  };

  private takeDirection = (event: Event) => {
    this.descending = (event.target as HTMLInputElement).checked;
    this.tellView();
  };

  private takeFilter = (event: Event) => {
    this.filter = (event.target as HTMLInputElement).value;
    this.tellView();
  };

  private sortAtOnce = () => {
    this.sortNow = true;
    this.requestUpdate();
  };

  private takeKey = (event: KeyboardEvent) => {
    const id = Number((event.target as HTMLElement).dataset.id);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') this.select(id);
    else if (event.key === 'c' || event.key === 'C') this.compare(id);
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
    this.active = Number(tiles[next].dataset.id);
    void this.updateComplete.then(() => this.activeTile?.focus());
    return true;
  }

  private select(id: number) {
    this.active = id;
    this.selected = id;
    if (this.compared === id) this.compared = null;
    this.tell('head-select', { id });
  }

  private compare(id: number) {
    this.active = id;
    if (id === this.selected) return;
    this.compared = this.compared === id ? null : id;
    this.tell('head-compare', { id: this.compared });
  }

  private tellView() {
    const { sort, descending, filter } = this;
    this.tell('grid-view-change', { sort, descending, filter } satisfies HeadGridView);
  }

  private tell(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'head-grid': HeadGrid;
  }
}
