import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { HeadMetric, HeadSort } from './head-entry';

/** How the grid is sorted and filtered. */
export interface HeadGridView {
  readonly sort: HeadSort;
  readonly descending: boolean;
  readonly filter: string;
}

/**
 * What the grid is sorted and filtered by; below, what that means and what of it was not understood.
 * @param shown The metric whose values are shown.
 */
export function renderGridControls(
  { sort, descending, filter }: HeadGridView,
  metrics: readonly HeadMetric[],
  problems: readonly string[],
  shown: HeadMetric | undefined,
  take: (change: Partial<HeadGridView>) => void,
) {
  const metric = metrics.find(({ id }) => id === sort);
  const option = (value: string, label: string) =>
    html`<option value=${value} .selected=${value === sort}>${label}</option>`;
  const field = (event: Event) => event.target as HTMLInputElement | HTMLSelectElement;
  return html`
    <div class="controls">
      <div class="sort">
        <label for="sort">Sort by</label>
        <select
          id="sort"
          aria-describedby="definition"
          @change=${(event: Event) => take({ sort: field(event).value })}
        >
          ${option('order', 'Their own order')} ${option('likeness', 'Likeness, in groups')}
          <optgroup label="Metrics">${metrics.map(({ id, name }) => option(id, name))}</optgroup>
        </select>
      </div>
      <label class="check">
        <input
          id="descending"
          type="checkbox"
          .checked=${live(descending)}
          @change=${(event: Event) => take({ descending: (event.target as HTMLInputElement).checked })}
        />
        ${metric ? 'Largest first' : 'Last first'}
      </label>
      <div class="filter">
        <label for="filter">Filter</label>
        <input
          id="filter"
          type="text"
          autocomplete="off"
          spellcheck="false"
          placeholder=${exampleOf(metrics)}
          aria-describedby="problems"
          aria-invalid=${problems.length > 0 ? 'true' : 'false'}
          .value=${live(filter)}
          @input=${(event: Event) => take({ filter: field(event).value })}
        />
      </div>
    </div>
    <p id="problems" class="error">${problems.join(' ')}</p>
    <p id="definition" class="definition">${definitionOf(sort, metric, shown)}</p>
  `;
}

function exampleOf([first]: readonly HeadMetric[]): string {
  return ['name', 'layer:2', ...(first ? [`${first.id}<1`] : [])].join('   ');
}

function definitionOf(
  sort: HeadSort,
  metric: HeadMetric | undefined,
  shown: HeadMetric | undefined,
) {
  const unit = shown?.unit ? `, in ${shown.unit}` : '';
  const values = shown ? ` Shown of each: ${shown.name.toLowerCase()}${unit}.` : '';
  if (sort === 'order') return `Layer by layer, as the source has them.${values}`;
  if (sort === 'likeness') return `Heads whose maps are alike stand together.${values}`;
  if (!metric) return nothing;
  return html`${metric.definition}${metric.unit ? ` In ${metric.unit}.` : ''}`;
}
