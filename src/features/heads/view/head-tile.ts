import { sum } from 'd3-array';
import { css, html, nothing } from 'lit';
import { when } from 'lit/directives/when.js';
import { classMap } from 'lit/directives/class-map.js';
import { formatCounted } from '../../../numeric/format';
import type { PaletteName, ScaleKind } from '../../../ui/heat-map/colors';
import { styled } from '../../../ui/styled';
import type { NumberRange } from '../model/controls';
import { type HeadEntry, type HeadMetric, fractionIn } from '../model/head-entry';
import type { HeadChoice } from './head-choice';
import './head-thumbnail';

export const tileStyles = css`
  [role='option'] {
    position: relative;
    min-width: 0;
    padding: 3px;
    border-radius: var(--radius);
    outline-offset: 1px;
    cursor: pointer;
  }

  head-thumbnail {
    outline: 1px solid color-mix(in oklab, var(--ink) 14%, transparent);
    outline-offset: -1px;
  }

  .stale head-thumbnail {
    opacity: 0.4;
  }

  [role='option']:hover head-thumbnail {
    outline-color: var(--ink);
  }

  .caption {
    margin-top: 3px;
    font-size: 0.75rem;
    line-height: 1.4;
  }

  .name {
    padding: 0 0.2rem;
    border-radius: 3px;
  }

  progress {
    width: calc(100% - 0.4rem);
    height: 3px;
    margin: 3px 0.2rem 0;
  }

  .selected {
    background: color-mix(in oklab, var(--accent) 14%, var(--paper));
    box-shadow: 0 0 0 2px var(--accent);
  }

  .selected .name,
  .offer:hover {
    background: var(--accent);
    color: var(--on-accent);
  }

  :is(.selected, .compared) .name {
    font-weight: 550;
  }

  .compared {
    box-shadow: 0 0 0 1px var(--paper);
    outline: 2px dashed var(--accent);
    outline-offset: 0;
  }

  .compare-tag {
    position: absolute;
    inset: 6px 6px auto auto;
    padding: 0 0.3rem;
    border-radius: 3px;
    background: var(--paper);
    font-size: 0.6875rem;
  }

  [role='option']:not(:hover) .offer {
    opacity: 0;
  }

  span.failure {
    display: grid;
    position: absolute;
    inset: 3px 3px auto;
    aspect-ratio: 1;
    place-items: center;
    padding: var(--space-1);
    font-size: 0.6875rem;
    text-align: center;
  }
`;

export interface TileStyle {
  /** The metric whose values are shown, and their range. */
  readonly metric: HeadMetric | undefined;
  readonly range: NumberRange | null;
  readonly palette: PaletteName;
  readonly scale: ScaleKind;
  readonly tabStop: number | null;
  readonly choice: HeadChoice;
}

export function renderTile(entry: HeadEntry, style: TileStyle) {
  const { id, name, cells, error } = entry;
  const { metric, choice } = style;
  const { selected, compared } = choice.host;
  const value = metric && entry.metrics?.[metric.id];
  const press = ({ shiftKey }: MouseEvent) => (shiftKey ? choice.compare(id) : choice.select(id));
  const isCompared = id === compared && id !== selected;
  return html`
    <div
      role="option"
      class=${classMap({ selected: id === selected, compared: isCompared, stale: entry.stale === true })}
      data-id=${id}
      tabindex=${id === style.tabStop ? 0 : -1}
      aria-selected=${id === selected}
      title=${name}
      @click=${press}
      @focus=${() => choice.focus(id)}
    >
      <head-thumbnail
        ${styled({ 'aspect-ratio': String(aspectOf(entry)) })}
        .cells=${cells}
        .rowsDone=${sum(cells?.done ?? [])}
        palette=${style.palette}
        scale=${style.scale}
      ></head-thumbnail>
      ${renderCompareTag(entry, choice)}
      ${error === undefined ? nothing : html`<span class="failure error">${error}</span>`}
      <div class="caption row one-line gap-1 baseline between nowrap">
        ${
          entry.shortName === undefined
            ? html`<span class="name ellipsis">${name}</span>`
            : html`<span class="name ellipsis" aria-hidden="true">${entry.shortName}</span
                ><span class="visually-hidden">${name}</span>`
        }
        ${metric ? renderValue(metric, value) : nothing}
        <span class="visually-hidden">
          ${isCompared ? ', compared' : ''}
          ${cells || error !== undefined ? '' : ', not computed yet'}
          ${entry.stale ? ', being computed again' : ''}
        </span>
      </div>
      ${when(metric, () => html`<progress aria-hidden="true" .value=${barOf(style.range, value)}></progress>`)}
    </div>
  `;
}

function renderValue(metric: HeadMetric, value: number | undefined) {
  const unit = value === undefined ? 'not measured yet' : metric.unit;
  return html`
    <span class="visually-hidden">, ${metric.name}</span>
    <span class="number soft">${value === undefined ? '…' : metric.format(value)}</span>
    <span class="visually-hidden">${unit}</span>
  `;
}

/** For the pointer, as C is for the keyboard: an option may contain nothing focusable. */
function renderCompareTag({ id }: HeadEntry, choice: HeadChoice) {
  const { selected, compared } = choice.host;
  if (selected === null || id === selected) return nothing;
  const isCompared = id === compared;
  const toggle = (event: Event) => {
    event.stopPropagation();
    choice.compare(id);
  };
  return html`<span
    class=${classMap({ 'compare-tag': true, offer: !isCompared })}
    aria-hidden="true"
    @click=${toggle}
    >${isCompared ? 'compared' : 'compare'}</span
  >`;
}

/** The filled share of the bar below a head: some of it even for the smallest value, none without a value. */
const barOf = (range: NumberRange | null, value = NaN) =>
  range && Number.isFinite(value) ? Math.max(0.03, fractionIn(range, value)) : 0;

export function renderGroup(
  group: number | undefined,
  entries: readonly HeadEntry[],
  tiles: (entries: readonly HeadEntry[]) => unknown,
) {
  const name = group === undefined ? 'Not grouped yet' : `Group ${group + 1}`;
  return html`
    <div
      class="group"
      role="group"
      aria-label=${name}
      ${styled({ '--members': String(entries.length) })}
    >
      <h4 class="small mb-2" aria-hidden="true">
        ${name} <span class="soft">${formatCounted(entries.length, 'head')}</span>
      </h4>
      <div class="tiles stack" role="presentation">${tiles(entries)}</div>
    </div>
  `;
}

/** Width by height of a thumbnail; never so flat or so narrow that nothing is seen. */
function aspectOf({ cells }: HeadEntry): number {
  if (!cells) return 1;
  return Math.min(3, Math.max(0.5, cells.region.columns / cells.region.rows));
}
