import { scaleLinear } from 'd3-scale';
import { html, nothing, css } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { emit } from '../../../ui/emit';
import { formatFixed, formatDecimal } from '../../../numeric/format';
import { RovingFocus } from '../../../ui/interaction/roving-focus';
import { UiElement } from '../../../ui/element';
import { captionedTable, captionedTableStyles } from './table-caption';
import { span, trackStyles } from './track';

/** Shares far outside 0…1 would leave no room for the others. */
const MAX_EXTENT = 4;

/** One scale for all bars of a table: from 0 to 1, extended to the shares within `MAX_EXTENT`. */
export function barScaleOf(shares: readonly number[]) {
  const finite = shares.filter(Number.isFinite);
  const min = Math.max(-MAX_EXTENT, Math.min(0, ...finite));
  const max = Math.min(MAX_EXTENT, Math.max(1, ...finite));
  return scaleLinear([min, max], [0, 1]).clamp(true);
}

/** A share as a bar on a track from 0 to 1, where shares should be. */
function shareBar(share: number, fraction: ReturnType<typeof barScaleOf>) {
  const isOutside = share < 0 || share > 1;
  return html`<div class="track" aria-hidden="true">
    <i class="field" ${span(fraction(0), fraction(1))}></i>
    ${
      Number.isFinite(share)
        ? html`<i
            class="fill ${isOutside ? 'outside' : ''}"
            ${span(fraction(Math.min(0, share)), fraction(Math.max(0, share)))}
          ></i>`
        : nothing
    }
  </div>`;
}

const shareTableStyles = css`
  :host {
    font-size: var(--text);
  }

  table {
    width: 100%;
  }

  caption {
    padding-bottom: var(--space-2);
  }

  th,
  td {
    padding: 0.2rem var(--space-3) 0.2rem 0;
  }

  .number,
  th[scope='row'] {
    width: 1%;
  }

  tbody tr:not(.masked) th {
    color: var(--ink);
  }

  tbody tr.highlighted {
    background: color-mix(in oklab, var(--weight) 12%, transparent);
  }

  :host([hovered='score']) td.score {
    background: color-mix(in oklab, var(--score) 16%, transparent);
  }

  :host([hovered='weight']) td.share {
    background: color-mix(in oklab, var(--weight) 20%, transparent);
  }

  tfoot :is(th, td) {
    padding-top: var(--space-2);
    border-top: 1px solid var(--line);
  }

  /* The whole cell is a target for a finger. */
  td.box {
    width: 1.75rem;
    padding: 0;
  }

  td.box label {
    height: 1.75rem;
    cursor: pointer;
  }

  td.slider {
    width: 7rem;
    min-width: 5.5rem;
  }

  td.slider input {
    display: block;
    width: 100%;
    height: 1.75rem;
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }

  td.bar {
    min-width: 5rem;
    padding-right: 0;
  }

  /* From 0 to 1 is where weights can be: a field of its own, with what lies outside beside it. */
  .track {
    height: 1.1rem;
  }

  .track i {
    border-radius: 2px;
    background: var(--surface);
  }

  .track .fill {
    background: var(--weight);
  }

  @media (max-width: 30rem) {
    th,
    td {
      padding-right: var(--space-2);
    }

    td.slider {
      width: 4.5rem;
      min-width: 4rem;
    }

    td.bar {
      min-width: 3rem;
    }
  }
`;

/** A word with its score and the share it gets. */
interface ShareRow {
  readonly name: string;
  readonly score: number;
  /** The exponential of the score. */
  readonly power?: number;
  readonly share: number;
  /** Whether the query sees the word; only with `boxes`. */
  readonly visible?: boolean;
}

/** The formatted sums below the columns. */
interface ShareSums {
  readonly score?: string;
  readonly power?: string;
  readonly share?: string;
}

/**
 * Scores become shares: a table with a bar a row. Scores can be slid, words hidden; pointing at a row is reported.
 *
 * @fires {CustomEvent<{ position: number, value: number }>} score-slide
 * @fires {CustomEvent} score-settle - a slider was let go
 * @fires {CustomEvent<{ position: number, visible: boolean }>} visibility-change
 * @fires {CustomEvent<number | null>} row-point
 */
@customElement('share-table')
export class ShareTable extends UiElement {
  static override styles = [captionedTableStyles, shareTableStyles, trackStyles];

  /** Its title; the CSV's name too. */
  @property() name = '';
  @property({ attribute: false }) rows: readonly ShareRow[] = [];
  @property({ attribute: false }) sums: ShareSums = {};
  /** The range of the score sliders; without it there are none. */
  @property({ attribute: false }) range: readonly [min: number, max: number] | null = null;
  /** Header of the column of exponentials; empty for none. */
  @property() powers = '';
  /** Whether words can be hidden by checkboxes. */
  @property({ type: Boolean }) boxes = false;
  @property({ attribute: false }) highlighted: number | null = null;

  /** The hovered term of the prose: 'score' and 'weight' highlight a column. */
  @property({ reflect: true }) hovered = '';

  private readonly focusedRow = new RovingFocus(this, {
    items: () => [...this.renderRoot.querySelectorAll<HTMLElement>('td.share')],
  });

  override render() {
    const { name, rows, sums, powers, boxes, range } = this;
    if (rows.length === 0) return nothing;
    const scale = barScaleOf(rows.map(({ share }) => share));
    return captionedTable(
      name,
      () => this.numbers(),
      () => emit(this, 'row-point', null),
      html`
        <thead class="small">
          <tr>
            ${boxes ? html`<th scope="col"><span class="visually-hidden">seen</span></th>` : nothing}
            <th scope="col">word</th>
            ${range ? html`<th scope="col"><span class="visually-hidden">slide the score</span></th>` : nothing}
            <th scope="col" class="number">score</th>
            ${powers ? html`<th scope="col" class="number">${powers}</th>` : nothing}
            <th scope="col" class="number">share</th>
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row, position) => this.renderRow(row, position, scale))}
        </tbody>
        <tfoot class="soft">
          <tr>
            ${boxes ? html`<td></td>` : nothing}
            <th scope="row">sum</th>
            ${range ? html`<td></td>` : nothing}
            <td class="number">${sums.score}</td>
            ${powers ? html`<td class="number">${sums.power}</td>` : nothing}
            <td class="number">${sums.share}</td>
            <td></td>
          </tr>
        </tfoot>
      `,
    );
  }

  private renderRow(
    { name, score, power, share, visible = true }: ShareRow,
    position: number,
    scale: ReturnType<typeof barScaleOf>,
  ) {
    const { highlighted, powers, boxes, range, focusedRow } = this;
    return html`
      <tr
        class="${highlighted === position ? 'highlighted' : ''} ${visible ? '' : 'masked soft'}"
        @pointerenter=${() => emit(this, 'row-point', position)}
      >
        ${boxes ? this.renderBox(name, visible, position) : nothing}
        <th scope="row">${name}</th>
        ${range ? this.renderSlider(name, score, position, range) : nothing}
        <td class="number score">${visible ? formatDecimal(score) : '−∞'}</td>
        ${powers ? html`<td class="number">${formatFixed(visible ? (power ?? NaN) : 0)}</td>` : nothing}
        <td
          class="number share"
          tabindex=${focusedRow.tabIndex(position, this.rows.length)}
          @focus=${() => {
            focusedRow.reach(position);
            emit(this, 'row-point', position);
          }}
          @blur=${() => emit(this, 'row-point', null)}
          @keydown=${focusedRow.handleKey}
        >
          ${Number.isFinite(share) ? formatFixed(share) : 'none'}
        </td>
        <td class="bar">${shareBar(share, scale)}</td>
      </tr>
    `;
  }

  private renderBox(name: string, visible: boolean, position: number) {
    return html`<td class="box">
      <label class="row"
        ><span class="visually-hidden">see ${name}</span
        ><input
          type="checkbox"
          .checked=${live(visible)}
          @change=${(event: Event) => {
            const box = event.target as HTMLInputElement;
            emit(this, 'visibility-change', { position, visible: box.checked });
          }}
      /></label>
    </td>`;
  }

  private renderSlider(
    name: string,
    score: number,
    position: number,
    [min, max]: readonly [number, number],
  ) {
    return html`<td class="slider">
      <input
        type="range"
        min=${min}
        max=${max}
        step="0.05"
        aria-label="Score of ${name}"
        aria-valuetext=${formatDecimal(score)}
        .value=${live(String(score))}
        @input=${(event: Event) => {
          const value = Number((event.target as HTMLInputElement).value);
          emit(this, 'score-slide', { position, value });
        }}
        @change=${() => emit(this, 'score-settle')}
      />
    </td>`;
  }

  private numbers() {
    const { rows, powers, boxes } = this;
    return {
      rowLabels: rows.map((row) => row.name),
      columnLabels: ['score', ...(powers ? [powers] : []), 'share'],
      values: rows.map(({ score, power = NaN, share, visible = true }) => [
        boxes && !visible ? -Infinity : score,
        ...(powers ? [visible ? power : 0] : []),
        share,
      ]),
    };
  }
}

declare global {
  interface HTMLElementEventMap {
    'score-slide': CustomEvent<{ readonly position: number; readonly value: number }>;
    'score-settle': CustomEvent<undefined>;
    'visibility-change': CustomEvent<{ readonly position: number; readonly visible: boolean }>;
    'row-point': CustomEvent<number | null>;
  }

  interface HTMLElementTagNameMap {
    'share-table': ShareTable;
  }
}
