import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { toCsv } from '../../lessons/csv';
import { download } from '../components/attention-map/download';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { digits, plainDigits } from './digits';
import { conceptColors } from './lesson.css';
import { type Reach, reachOf, shareBar } from './share-bar';
import { shareTableStyles } from './share-table.css';

/** A word with its score and the share it gets. */
export interface ShareRow {
  readonly name: string;
  readonly score: number;
  /** What stands between score and share: its exponential. */
  readonly power?: number;
  readonly share: number;
  /** Whether it may be seen; only where there are boxes to say so. */
  readonly seen?: boolean;
}

/** What stands below the columns: sums, as they are written. */
export interface ShareSums {
  readonly score?: string;
  readonly power?: string;
  readonly share?: string;
}

/**
 * Scores become shares: a table with a bar a row. Scores can be slid, words hidden; a share that is pointed
 * at tells which.
 *
 * @fires {CustomEvent<{ place: number, value: number }>} score-slide
 * @fires {Event} settle when a slider is let go
 * @fires {CustomEvent<{ place: number, seen: boolean }>} seen-change
 * @fires {CustomEvent<number | null>} row-point
 */
@customElement('share-table')
export class ShareTable extends LitElement {
  static override styles = [...shared, forms, conceptColors, shareTableStyles];

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
  /** The row that is lit up. */
  @property({ attribute: false }) lit: number | null = null;

  /** What the prose points at: 'score' and 'weight' light up a column. */
  @property({ reflect: true }) pointed = '';

  @state() private active = 0;

  override render() {
    const { name, rows, sums, powers, boxes, range } = this;
    if (rows.length === 0) return nothing;
    const reach = reachOf(rows.map(({ share }) => share));
    return html`
      <div class="scroll">
        <table @pointerleave=${() => this.point(null)}>
          <caption>
            <span>${name}</span>
            <button type="button" class="csv" @click=${this.save}>
              CSV<span class="spoken"> of ${name}</span>
            </button>
          </caption>
          <thead>
            <tr>
              ${boxes ? html`<th scope="col"><span class="spoken">seen</span></th>` : nothing}
              <th scope="col">word</th>
              ${range ? html`<th scope="col"><span class="spoken">slide the score</span></th>` : nothing}
              <th scope="col" class="number">score</th>
              ${powers ? html`<th scope="col" class="number">${powers}</th>` : nothing}
              <th scope="col" class="number">share</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${rows.map((row, place) => this.renderRow(row, place, reach))}
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
    { name, score, power, share, seen = true }: ShareRow,
    place: number,
    reach: Reach,
  ) {
    const { lit, powers, boxes, range } = this;
    return html`
      <tr
        class="${lit === place ? 'lit' : ''} ${seen ? '' : 'unseen'}"
        @pointerenter=${() => this.point(place)}
      >
        ${boxes ? this.renderBox(name, seen, place) : nothing}
        <th scope="row">${name}</th>
        ${range ? this.renderDial(name, score, place, range) : nothing}
        <td class="number score">${seen ? plainDigits(score) : '−∞'}</td>
        ${powers ? html`<td class="number">${digits(seen ? (power ?? NaN) : 0)}</td>` : nothing}
        <td
          class="number share"
          tabindex=${place === Math.min(this.active, this.rows.length - 1) ? 0 : -1}
          @focus=${() => this.reach(place)}
          @blur=${() => this.point(null)}
          @keydown=${(event: KeyboardEvent) => this.walk(event, place)}
        >
          ${Number.isFinite(share) ? digits(share) : 'none'}
        </td>
        <td class="bar">${shareBar(share, reach)}</td>
      </tr>
    `;
  }

  private renderBox(name: string, seen: boolean, place: number) {
    return html`<td class="box">
      <label
        ><span class="spoken">see ${name}</span
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

  private renderDial(
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
        aria-valuetext=${plainDigits(score)}
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
    this.point(place);
  }

  private point(detail: number | null) {
    this.dispatchEvent(new CustomEvent('row-point', { detail }));
  }

  private walk(event: KeyboardEvent, place: number) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const next = place + (by ?? 0);
    if (!by || event.altKey || !this.rows[next]) return;
    event.preventDefault();
    this.active = next;
    this.renderRoot.querySelectorAll<HTMLElement>('td.share')[next].focus();
  }

  private save() {
    const { name, rows, powers, boxes } = this;
    const csv = toCsv({
      name,
      rowLabels: rows.map((row) => row.name),
      columnLabels: ['score', ...(powers ? [powers] : []), 'share'],
      values: rows.map(({ score, power = NaN, share, seen = true }) => [
        boxes && !seen ? -Infinity : score,
        ...(powers ? [seen ? power : 0] : []),
        share,
      ]),
    });
    const file = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
    download(new Blob([csv], { type: 'text/csv' }), `${file || 'shares'}.csv`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-table': ShareTable;
  }
}
