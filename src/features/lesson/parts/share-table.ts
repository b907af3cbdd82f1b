import { html, nothing, css, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { downloadFile } from '../../../ui/download';
import { formatFixed, formatDecimal } from '../../../ui/format-number';
import { styled } from '../../../ui/styled';
import { forms } from '../../../ui/styles/forms';
import { shared } from '../../../ui/styles/shared';
import { matrixToCsv } from '../model/tables';
import { roleColors } from './styles';

/** What the bars of a table reach over. */
interface BarScale {
  readonly min: number;
  readonly max: number;
}

/** Shares far outside would leave no room for those that are not. */
const MAX_EXTENT = 4;

/** From 0 to 1, and as much more as the shares need, within reason: all bars of a table have one scale. */
export function barScaleOf(shares: readonly number[]): BarScale {
  const finite = shares.filter(Number.isFinite);
  return {
    min: Math.max(-MAX_EXTENT, Math.min(0, ...finite)),
    max: Math.min(MAX_EXTENT, Math.max(1, ...finite)),
  };
}

/** A share as a bar, in the field from 0 to 1 where shares should be. */
function shareBar(share: number, { min: least, max: most }: BarScale) {
  const place = (value: number) =>
    (Math.min(most, Math.max(least, value)) - least) / (most - least);
  const span = (from: number, to: number) =>
    styled({ '--from': String(place(from)), '--to': String(place(to)) });
  const isOutside = share < 0 || share > 1;
  return html`<div class="track" aria-hidden="true">
    <i class="field" ${span(0, 1)}></i>
    ${
      Number.isFinite(share)
        ? html`<i
            class="fill ${isOutside ? 'outside' : ''}"
            ${span(Math.min(0, share), Math.max(0, share))}
          ></i>`
        : nothing
    }
  </div>`;
}

const shareTableStyles = css`
  :host {
    min-width: 0;
    font-size: var(--text);
  }

  .scroll {
    position: relative;
    overflow-x: auto;
  }

  table {
    width: 100%;
    border-collapse: collapse;
  }

  caption {
    padding-bottom: var(--space-2);
    font-weight: 600;
    text-align: left;
  }

  button.csv {
    min-height: 1.5rem;
    margin-left: var(--space-2);
    padding: 0;
    background: none;
    color: var(--accent);
    font-size: var(--text-small);
    font-weight: 400;
  }

  button.csv:hover:not(:disabled) {
    background: none;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  th,
  td {
    padding: 0.2rem var(--space-3) 0.2rem 0;
    text-align: left;
    white-space: nowrap;
  }

  th {
    font-weight: 400;
  }

  thead th,
  thead td {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  td.number,
  th.number {
    width: 1%;
    text-align: right;
  }

  th[scope='row'] {
    width: 1%;
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

  tbody tr.unseen :is(th, td.number) {
    color: var(--ink-soft);
  }

  tfoot :is(th, td) {
    padding-top: var(--space-2);
    border-top: 1px solid var(--line);
    color: var(--ink-soft);
  }

  td.share:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  /* The whole cell is a target for a finger. */
  td.box {
    width: 1.75rem;
    padding: 0;
  }

  td.box label {
    display: grid;
    place-items: center start;
    width: 1.75rem;
    height: 1.75rem;
    cursor: pointer;
  }

  td.dial {
    width: 7rem;
    min-width: 5.5rem;
  }

  td.dial input {
    display: block;
    width: 100%;
    height: 1.75rem;
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }

  td.bar {
    width: auto;
    min-width: 5rem;
    padding-right: 0;
  }

  /* From 0 to 1 is where weights can be: a field of its own, with what lies outside beside it. */
  .track {
    position: relative;
    height: 1.1rem;
  }

  .track i {
    position: absolute;
    inset-block: 0;
    left: calc(var(--from) * 100%);
    width: calc((var(--to) - var(--from)) * 100%);
  }

  .track .field {
    border-radius: 2px;
    background: var(--surface);
  }

  .track .fill {
    border-radius: 2px;
    background: var(--weight);
  }

  .track .outside {
    background: repeating-linear-gradient(135deg, var(--bad) 0 4px, transparent 4px 7px);
  }

  @media (max-width: 30rem) {
    th,
    td {
      padding-right: var(--space-2);
    }

    td.dial {
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
  /** What stands between score and share: its exponential. */
  readonly power?: number;
  readonly share: number;
  /** Whether it may be seen; only where there are boxes to say so. */
  readonly visible?: boolean;
}

/** What stands below the columns: sums, as they are written. */
interface ShareSums {
  readonly score?: string;
  readonly power?: string;
  readonly share?: string;
}

/**
 * Scores become shares: a table with a bar a row. Scores can be slid, words hidden; a share that is hovered
 * at tells which.
 *
 * @fires {CustomEvent<{ place: number, value: number }>} score-slide
 * @fires {Event} settle when a slider is let go
 * @fires {CustomEvent<{ place: number, seen: boolean }>} seen-change
 * @fires {CustomEvent<number | null>} row-point
 */
@customElement('share-table')
export class ShareTable extends LitElement {
  static override styles = [...shared, forms, roleColors, shareTableStyles];

  /** Its title; the CSV's name too. */
  @property() name = '';
  @property({ attribute: false }) rows: readonly ShareRow[] = [];
  @property({ attribute: false }) sums: ShareSums = {};
  /** What scores can be slid to; fixed unless given. */
  @property({ attribute: false }) range: readonly [least: number, most: number] | null = null;
  /** What the column of exponentials is called; without, there is none. */
  @property() powers = '';
  /** Whether words can be hidden. */
  @property({ type: Boolean }) boxes = false;
  /** The row that is highlighted. */
  @property({ attribute: false }) highlighted: number | null = null;

  /** What the prose points at: 'score' and 'weight' light up a column. */
  @property({ reflect: true }) hovered = '';

  @state() private active = 0;

  override render() {
    const { name, rows, sums, powers, boxes, range } = this;
    if (rows.length === 0) return nothing;
    const focusRow = barScaleOf(rows.map(({ share }) => share));
    return html`
      <div class="scroll">
        <table @pointerleave=${() => this.emitRowPoint(null)}>
          <caption>
            <span>${name}</span>
            <button type="button" class="csv" @click=${this.save}>
              CSV<span class="visually-hidden"> of ${name}</span>
            </button>
          </caption>
          <thead>
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
            ${rows.map((row, place) => this.renderRow(row, place, focusRow))}
          </tbody>
          <tfoot>
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
        </table>
      </div>
    `;
  }

  private renderRow(
    { name, score, power, share, visible: seen = true }: ShareRow,
    place: number,
    reach: BarScale,
  ) {
    const { highlighted, powers, boxes, range } = this;
    return html`
      <tr
        class="${highlighted === place ? 'highlighted' : ''} ${seen ? '' : 'unseen'}"
        @pointerenter=${() => this.emitRowPoint(place)}
      >
        ${boxes ? this.renderBox(name, seen, place) : nothing}
        <th scope="row">${name}</th>
        ${range ? this.renderSlider(name, score, place, range) : nothing}
        <td class="number score">${seen ? formatDecimal(score) : '−∞'}</td>
        ${powers ? html`<td class="number">${formatFixed(seen ? (power ?? NaN) : 0)}</td>` : nothing}
        <td
          class="number share"
          tabindex=${place === Math.min(this.active, this.rows.length - 1) ? 0 : -1}
          @focus=${() => this.reach(place)}
          @blur=${() => this.emitRowPoint(null)}
          @keydown=${(event: KeyboardEvent) => this.moveFocus(event, place)}
        >
          ${Number.isFinite(share) ? formatFixed(share) : 'none'}
        </td>
        <td class="bar">${shareBar(share, reach)}</td>
      </tr>
    `;
  }

  private renderBox(name: string, seen: boolean, place: number) {
    return html`<td class="box">
      <label
        ><span class="visually-hidden">see ${name}</span
        ><input
          type="checkbox"
          .checked=${live(seen)}
          @change=${(event: Event) => {
            const detail = { place, seen: (event.target as HTMLInputElement).checked };
            this.dispatchEvent(new CustomEvent('seen-change', { detail }));
          }}
      /></label>
    </td>`;
  }

  private renderSlider(
    name: string,
    score: number,
    place: number,
    [least, most]: readonly [number, number],
  ) {
    return html`<td class="dial">
      <input
        type="range"
        min=${least}
        max=${most}
        step="0.05"
        aria-label="Score of ${name}"
        aria-valuetext=${formatDecimal(score)}
        .value=${live(String(score))}
        @input=${(event: Event) => {
          const detail = { place, value: Number((event.target as HTMLInputElement).value) };
          this.dispatchEvent(new CustomEvent('score-slide', { detail }));
        }}
        @change=${() => this.dispatchEvent(new Event('settle'))}
      />
    </td>`;
  }

  private reach(place: number) {
    this.active = place;
    this.emitRowPoint(place);
  }

  private emitRowPoint(detail: number | null) {
    this.dispatchEvent(new CustomEvent('row-point', { detail }));
  }

  private moveFocus(event: KeyboardEvent, place: number) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const next = place + (by ?? 0);
    if (!by || event.altKey || !this.rows[next]) return;
    event.preventDefault();
    this.active = next;
    this.renderRoot.querySelectorAll<HTMLElement>('td.share')[next].focus();
  }

  private save() {
    const { name, rows, powers, boxes } = this;
    const csv = matrixToCsv({
      name,
      rowLabels: rows.map((row) => row.name),
      columnLabels: ['score', ...(powers ? [powers] : []), 'share'],
      values: rows.map(({ score, power = NaN, share, visible: seen = true }) => [
        boxes && !seen ? -Infinity : score,
        ...(powers ? [seen ? power : 0] : []),
        share,
      ]),
    });
    const file = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
    downloadFile(new Blob([csv], { type: 'text/csv' }), `${file || 'shares'}.csv`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-table': ShareTable;
  }
}
