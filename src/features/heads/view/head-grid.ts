import { groups } from 'd3-array';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { button, checkbox, select } from '../../../ui/controls/fields';
import type { SelectOption } from '../../../ui/controls/ui-select';
import { emit } from '../../../ui/emit';
import type { PaletteName, ScaleKind } from '../../../ui/heat-map/colors';
import '../../../ui/heat-map/palette-ramp';
import { UiElement } from '../../../ui/element';
import {
  type HeadMetric,
  type HeadSort,
  type HeadEntry,
  metricRange,
  TileOrder,
  countUnmeasured,
} from '../model/head-entry';
import { headCount, parseHeadFilter, type HeadFilter } from '../model/head-filter';
import { HeadChoice, neighbouringTile } from './head-choice';
import { renderGroup, renderTile, tileStyles } from './head-tile';

const gridStyles = css`
  :host {
    --tile: 6.5rem;
  }

  :host([few]) {
    --tile: 9rem;
  }

  #sort {
    flex: 0 1 13rem;
  }

  .filter {
    flex: 1 1 14rem;
    max-width: 24rem;
  }

  .check {
    height: 2.25rem;
  }

  .summary {
    min-height: 2.25rem;
  }

  .summary button {
    min-height: 1.75rem;
  }

  .legend {
    margin-left: auto;
  }

  .tiles {
    grid-template-columns: repeat(auto-fill, minmax(min(var(--tile), 40%), 1fr));
    gap: var(--space-4) var(--space-3);
  }

  .groups {
    align-items: stretch;
    gap: var(--space-5) var(--space-6);
  }

  .group {
    flex: 0 1 calc(var(--members) * (var(--tile) + var(--space-3)) - var(--space-3));
    min-width: min(100%, 7rem);
  }

  .group .tiles {
    grid-template-columns: repeat(auto-fill, var(--tile));
  }

  h4 {
    padding-bottom: var(--space-1);
    border-bottom: 1px solid var(--line);
  }

  @media (max-width: 30rem) {
    #sort {
      flex-grow: 1;
    }

    .legend {
      margin-left: 0;
    }
  }
`;

export interface HeadGridView {
  readonly sort: HeadSort;
  readonly descending: boolean;
  readonly filter: string;
}

/** What the sort means, and which number the tiles show where it is not the one sorted by. */
function describeSort(
  sort: HeadSort,
  metric: HeadMetric | undefined,
  shown: HeadMetric | undefined,
): string {
  const unit = shown?.unit ? ` (${shown.unit})` : '';
  const values = shown ? ` Shown below each head: ${shown.name.toLowerCase()}${unit}.` : '';
  if (sort === 'order') return `Layer by layer, in the order of the source.${values}`;
  if (sort === 'likeness') return `Heads with similar maps are grouped.${values}`;
  if (!metric) return '';
  return metric.unit ? `${metric.definition} In ${metric.unit}.` : metric.definition;
}

const MAX_LARGE_TILES = 16;

/**
 * All heads as small maps, sorted by a metric, grouped by likeness, filtered by name, layer or metric. Works while
 * heads are still being computed: their tiles fill up as they come, and stay where they are until all are measured.
 *
 * @fires {CustomEvent<{ id: number }>} head-select
 * @fires {CustomEvent<{ id: number | null }>} head-compare - null when the compared head is picked again
 * @fires {CustomEvent<HeadGridView>} grid-view-change - sorted or filtered otherwise
 */
@customElement('head-grid')
export class HeadGrid extends UiElement {
  static override styles = [gridStyles, tileStyles];

  @property({ attribute: false }) heads: readonly HeadEntry[] = [];
  @property({ attribute: false }) metrics: readonly HeadMetric[] = [];
  @property() sort: HeadSort = 'order';
  @property({ type: Boolean }) descending = false;
  @property() filter = '';
  /** Id of the metric whose values are shown while heads are not sorted by a metric. */
  @property() measure = '';
  /** Ids of heads. */
  @property({ attribute: false }) selected: number | null = null;
  @property({ attribute: false }) compared: number | null = null;
  @property() palette: PaletteName = 'viridis';
  @property() scale: ScaleKind = 'linear';

  private readonly choice = new HeadChoice(this);
  private readonly order = new TileOrder();
  @state() private sortNow = false;
  private parsed: HeadFilter = parseHeadFilter('', []);

  override willUpdate(changed: PropertyValues<this>) {
    const isRequested = this.sortNow || changed.has('sort') || changed.has('descending');
    if (isRequested || changed.has('heads')) {
      this.order.update(this.heads, this.sort, this.descending, isRequested);
    }
    this.sortNow = false;
    if (changed.has('filter') || changed.has('metrics')) {
      this.parsed = parseHeadFilter(this.filter, this.metrics);
    }
    this.toggleAttribute('few', this.heads.length <= MAX_LARGE_TILES);
  }

  override render() {
    const shown = this.order.apply(this.heads).filter(this.parsed.passes);
    return html`
      ${this.renderControls()} ${this.renderSummary()}
      ${
        shown.length > 0
          ? this.renderTiles(shown)
          : html`<p class="soft">
              ${this.heads.length > 0 ? 'No head passes the filter.' : 'No heads yet.'}
            </p>`
      }
    `;
  }

  private renderControls() {
    const { sort, descending, filter, metrics } = this;
    const { issues } = this.parsed;
    const example = ['name', 'layer:2', ...metrics.slice(0, 1).map(({ id }) => `${id}<1`)];
    const metric = metrics.find(({ id }) => id === sort);
    const options: SelectOption[] = [
      { value: 'order', label: 'Original order' },
      { value: 'likeness', label: 'Clustered by similarity' },
      ...metrics.map(({ id, name }) => ({ value: id, label: name, group: 'Metrics' })),
    ];
    return html`
      <div class="row end">
        ${select('Sort by', options, sort, (sort) => this.changeView({ sort }), { id: 'sort' })}
        ${checkbox(
          metric ? 'Largest first' : 'Reverse',
          descending,
          () => this.changeView({ descending: !descending }),
          'descending',
        )}
        <div class="filter">
          <label class="field-label" for="filter">Filter</label>
          <input
            id="filter"
            type="text"
            autocomplete="off"
            spellcheck="false"
            placeholder=${example.join('   ')}
            aria-describedby="issues"
            aria-invalid=${issues.length > 0 ? 'true' : 'false'}
            .value=${live(filter)}
            @input=${({ target }: Event) =>
              this.changeView({ filter: (target as HTMLInputElement).value })}
          />
        </div>
      </div>
      <p id="issues" class="error">${issues.join(' ')}</p>
      <p id="definition" class="measure soft small mt-2">
        ${describeSort(sort, metric, this.shownMetric)}
      </p>
    `;
  }

  private renderSummary() {
    const { heads, scale, palette } = this;
    return html`
      <div class="summary row small mt-2">
        <span role="status">${headCount(heads, this.parsed)}</span>
        ${this.renderWaiting()} ${this.renderCompareButton()}
        <palette-ramp
          class="legend"
          palette=${palette}
          min=${scale === 'log' ? '1/10⁴' : '0'}
          max="max of each map"
        ></palette-ramp>
      </div>
    `;
  }

  private renderWaiting() {
    const { length } = this.heads;
    const waiting = countUnmeasured(this.heads, this.sort);
    if (waiting === 0) return nothing;
    return html`<span class="soft">
        Sorting when all heads are measured: ${length - waiting} of ${length} so far.
      </span>
      ${button('Sort now', () => (this.sortNow = true))}`;
  }

  /** For touch, where there is neither C nor hovering. */
  private renderCompareButton() {
    const { selected, compared, choice } = this;
    const entry = this.heads.find(({ id }) => id === choice.active);
    if (!entry || selected === null || entry.id === selected) return nothing;
    const label = entry.id === compared ? `Stop comparing ${entry.name}` : `Compare ${entry.name}`;
    return button(label, () => choice.compare(entry.id));
  }

  private renderTiles(shown: readonly HeadEntry[]) {
    const { heads, palette, scale, choice, shownMetric: metric } = this;
    const range = metric ? metricRange(heads, metric.id) : null;
    const tabStop = choice.tabStop(shown);
    const style = { metric, range, palette, scale, tabStop, choice };
    const tiles = (entries: readonly HeadEntry[]) =>
      repeat(
        entries,
        ({ id }) => id,
        (entry) => renderTile(entry, style),
      );
    const isGrouped = this.sort === 'likeness' && this.order.sortedBy === 'likeness';
    return html`
      <div
        class="mt-3"
        role="listbox"
        aria-label="Heads"
        aria-description="Arrow keys move, Enter selects, C picks the head to compare with."
        @keydown=${this.handleKey}
      >
        ${
          isGrouped
            ? html`<div class="groups row" role="presentation">
                ${groups(shown, ({ group }) => group).map(([group, entries]) =>
                  renderGroup(group, entries, tiles),
                )}
              </div>`
            : html`<div class="tiles stack" role="presentation">${tiles(shown)}</div>`
        }
      </div>
    `;
  }

  private get shownMetric(): HeadMetric | undefined {
    const { metrics, sort, measure } = this;
    return metrics.find(({ id }) => id === sort) ?? metrics.find(({ id }) => id === measure);
  }

  private changeView(change: Partial<HeadGridView>) {
    Object.assign(this, change);
    const { sort, descending, filter } = this;
    emit(this, 'grid-view-change', { sort, descending, filter } satisfies HeadGridView);
  }

  private handleKey(event: KeyboardEvent) {
    const id = Number((event.target as HTMLElement).dataset.id);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') this.choice.select(id);
    else if (event.key === 'c' || event.key === 'C') this.choice.compare(id);
    else if (!this.move(event)) return;
    event.preventDefault();
  }

  private move({ key, target }: KeyboardEvent): boolean {
    const tiles = [...this.renderRoot.querySelectorAll<HTMLElement>('[role="option"]')];
    const next = neighbouringTile(
      tiles.map((tile) => tile.getBoundingClientRect()),
      tiles.indexOf(target as HTMLElement),
      key,
    );
    if (next !== null) tiles[next].focus();
    return next !== null;
  }
}

declare global {
  interface HTMLElementEventMap {
    'head-select': CustomEvent<{ readonly id: number }>;
    'head-compare': CustomEvent<{ readonly id: number | null }>;
    'grid-view-change': CustomEvent<HeadGridView>;
  }

  interface HTMLElementTagNameMap {
    'head-grid': HeadGrid;
  }
}
