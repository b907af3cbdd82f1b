import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { styled } from '../styled';
import { toCsv } from '../../lessons/csv';
import type { Matrix } from '../../lessons/matrix';
import { download } from '../components/attention-map/download';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { digits, plainDigits, readDigits } from './digits';
import { conceptColors } from './lesson.css';
import { numberTableStyles } from './number-table.css';

/** A cell of a table, or a whole row or column of it. */
export interface TablePlace {
  readonly row?: number;
  readonly column?: number;
}

/** How cells are shaded: not at all, shares from 0 to 1, or by size, below 0 in another colour. */
export type Shading = 'none' | 'share' | 'signed';

/**
 * A matrix with names, to be read, pointed at, edited and taken along as CSV. One cell at a time is in the
 * tab order, arrow keys go to its neighbours.
 *
 * @fires {CustomEvent<{ row: number, column: number, value: number }>} number-change
 * @fires {CustomEvent<{ row: number, column: number } | null>} cell-point
 */
@customElement('number-table')
export class NumberTable extends LitElement {
  static override styles = [...shared, forms, conceptColors, numberTableStyles];

  /** Its title; the CSV's name too. */
  @property() name = '';
  /** What stands above the row names. */
  @property() corner = '';
  @property({ attribute: false }) rowNames: readonly string[] = [];
  /** Other names of the rows, in a column before theirs, and what stands above it. */
  @property({ attribute: false }) otherNames: readonly string[] | null = null;
  @property() otherCorner = '';
  @property({ attribute: false }) columnNames: readonly string[] = [];
  @property({ attribute: false }) values: Matrix = [];
  /** Decimals of what is computed; what can be edited has as many as it needs. */
  @property({ type: Number }) places = 3;
  @property({ type: Boolean }) editable = false;
  @property() shading: Shading = 'none';
  /** The concept whose colour shades it. */
  @property({ reflect: true }) concept = '';
  /** What is lit up. */
  @property({ attribute: false }) lit: TablePlace | null = null;
  /** A row that is chosen elsewhere: its name says so. */
  @property({ type: Number }) chosen = -1;
  /** Narrow cells, for tables that stand side by side; what can be edited is rounded to `places` too. */
  @property({ type: Boolean, reflect: true }) compact = false;
  /** Cells that need attention: a word each, for those who cannot see the mark. */
  @property({ attribute: false }) marks: readonly (TablePlace & { readonly why: string })[] = [];

  @state() private active = { row: 0, column: 0 };
  /** A cell whose text is no number. */
  @state() private wrong: { row: number; column: number; text: string } | null = null;

  /** The size that is shaded fully. */
  private largest = 0;

  override willUpdate() {
    if (this.shading === 'signed') this.largest = largestOf(this.values);
  }

  override render() {
    if (this.values.length === 0) return nothing;
    return html`
      <div class="scroll">
        <table @pointerleave=${() => this.point(null)}>
          <caption>
            <span>${this.name}</span>
            <button type="button" class="csv" @click=${this.save}>
              CSV<span class="spoken"> of ${this.name}</span>
            </button>
          </caption>
          <thead>
            <tr>
              ${this.otherNames ? html`<td class="other">${this.otherCorner}</td>` : nothing}
              <td>${this.corner}</td>
              ${this.columnNames.map(
                (name, column) =>
                  html`<th scope="col" class=${this.isLit({ column }) ? 'lit' : ''}>${name}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${this.values.map((cells, row) => this.renderRow(cells, row))}
          </tbody>
        </table>
      </div>
      ${
        this.wrong
          ? html`<p class="error" role="alert">
              ${this.rowNames[this.wrong.row]}, ${this.columnNames[this.wrong.column]}:
              “${this.wrong.text}” is no number. The cell keeps ${this.textOf(this.wrong)}.
            </p>`
          : nothing
      }
    `;
  }

  private renderRow(cells: readonly number[], row: number) {
    return html`
      <tr>
        ${this.otherNames ? html`<td class="other">${this.otherNames[row]}</td>` : nothing}
        <th
          scope="row"
          class="${this.isLit({ row }) ? 'lit' : ''} ${row === this.chosen ? 'chosen' : ''}"
        >
          ${this.rowNames[row]}
        </th>
        ${cells.map((value, column) => this.renderCell(value, row, column))}
      </tr>
    `;
  }

  private renderCell(value: number, row: number, column: number) {
    const mark = this.marks.find((one) => covers(one, row, column));
    const lit = this.isLit({ row, column });
    const { active } = this;
    const isActive = active.row === row && active.column === column;
    const common = { row, column, tab: isActive ? 0 : -1 };
    return html`
      <td
        class="${lit ? 'lit' : ''} ${mark ? 'marked' : ''}"
        title=${mark?.why ?? nothing}
        ${styled({ '--share': String(shareOf(value, this.shading, this.largest)) })}
        data-sign=${this.shading === 'signed' && value < 0 ? 'below' : nothing}
        tabindex=${this.editable ? nothing : common.tab}
        @pointerenter=${() => this.point({ row, column })}
        @focus=${() => this.reach(row, column)}
        @keydown=${(event: KeyboardEvent) => this.walk(event, row, column)}
      >
        ${this.editable ? this.renderInput(value, common) : digits(value, this.places)}
        ${mark ? html`<span class="spoken">, ${mark.why}</span>` : nothing}
      </td>
    `;
  }

  private renderInput(
    value: number,
    { row, column, tab }: { row: number; column: number; tab: number },
  ) {
    const wrong = this.wrong?.row === row && this.wrong.column === column;
    return html`<input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      tabindex=${tab}
      aria-label="${this.rowNames[row]}, ${this.columnNames[column]}"
      aria-invalid=${wrong}
      .value=${live(wrong ? this.wrong!.text : plainDigits(value, this.compact ? this.places : 3))}
      @focus=${() => this.reach(row, column)}
      @change=${(event: Event) => this.take((event.target as HTMLInputElement).value, row, column)}
    />`;
  }

  private isLit({ row, column }: TablePlace): boolean {
    const { lit } = this;
    if (!lit) return false;
    // A row's name is lit with its row, and so is that of a cell in it.
    if (row === undefined) return lit.column === column;
    if (column === undefined) return lit.row === row;
    return covers(lit, row, column);
  }

  private textOf({ row, column }: { row: number; column: number }) {
    return plainDigits(this.values[row]?.[column]);
  }

  private take(text: string, row: number, column: number) {
    const value = readDigits(text);
    this.wrong = value === undefined ? { row, column, text } : null;
    if (value === undefined) return;
    const detail = { row, column, value };
    this.dispatchEvent(new CustomEvent('number-change', { detail }));
    // The state may have refused it: the cell shows what is.
    this.requestUpdate();
  }

  private reach(row: number, column: number) {
    this.active = { row, column };
    this.point({ row, column });
  }

  private point(detail: { row: number; column: number } | null) {
    this.dispatchEvent(new CustomEvent('cell-point', { detail }));
  }

  private walk(event: KeyboardEvent, row: number, column: number) {
    const by = STEPS[event.key];
    const input = event.target instanceof HTMLInputElement ? event.target : null;
    // Inside a number left and right are the text's, until its end.
    if (!by || (input && by[0] === 0 && !isAtEnd(input, by[1]))) return;
    const next = { row: row + by[0], column: column + by[1] };
    if (this.values[next.row]?.[next.column] === undefined) return;
    event.preventDefault();
    this.active = next;
    const line = this.renderRoot.querySelectorAll('tbody tr')[next.row];
    const target = line.querySelectorAll<HTMLElement>('td:not(.other)')[next.column];
    (target.querySelector('input') ?? target).focus();
  }

  private save() {
    const { name, rowNames, columnNames, values } = this;
    const csv = toCsv({ name, rowLabels: rowNames, columnLabels: columnNames, values });
    const file = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
    download(new Blob([csv], { type: 'text/csv' }), `${file || 'table'}.csv`);
  }
}

const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const covers = (place: TablePlace, row: number, column: number): boolean =>
  (place.row === undefined || place.row === row) &&
  (place.column === undefined || place.column === column);

function isAtEnd(input: HTMLInputElement, direction: number): boolean {
  const end = direction < 0 ? 0 : input.value.length;
  return input.selectionStart === end && input.selectionEnd === end;
}

/** How strongly a cell is coloured, from 0 to 1. */
function shareOf(value: number, shading: Shading, largest: number): number {
  if (shading === 'none' || !Number.isFinite(value)) return 0;
  if (shading === 'share') return Math.min(1, Math.max(0, value));
  return largest > 0 ? Math.abs(value) / largest : 0;
}

const largestOf = (values: Matrix): number =>
  values
    .flat()
    .filter(Number.isFinite)
    .reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);

declare global {
  interface HTMLElementTagNameMap {
    'number-table': NumberTable;
  }
}
