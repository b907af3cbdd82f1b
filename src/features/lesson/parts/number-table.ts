import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { emit } from '../../../ui/emit';
import { formatDecimal, formatFixed, parseTypedNumber } from '../../../numeric/format';
import { arrowStep, indexAfterKey, RovingFocus } from '../../../ui/interaction/roving-focus';
import { styled } from '../../../ui/styled';
import { shared } from '../../../ui/styles/shared';
import type { Matrix } from '../model/matrix';
import { roleColors } from './styles';
import { tableCaption, captionedTableStyles } from './table-caption';

const numberTableStyles = css`
  :host {
    --shade: var(--role-color, var(--accent));

    font-size: var(--text-small);
  }

  /* Scores are in the colour of text, too dark to write on. */
  :host(.score) {
    --shade: var(--accent);
  }

  th,
  thead td {
    padding: 0.15rem var(--space-2);
    color: var(--ink-soft);
    text-align: right;
  }

  th[scope='row'] {
    padding-left: 0;
    text-align: left;
  }

  th.highlighted {
    color: var(--ink);
    font-weight: 600;
  }

  th.chosen {
    color: var(--query);
    font-weight: 600;
    text-decoration: underline 2px;
    text-underline-offset: 0.2em;
  }

  td.other {
    padding: 0.15rem var(--space-3) 0.15rem 0;
    color: var(--ink-soft);
    text-align: left;
  }

  tbody td:where(:not(.other)) {
    min-width: 3.25rem;
    padding: 0.2rem var(--space-2);
    border: 1px solid var(--line);
    background: color-mix(in oklab, var(--shade) calc(var(--share) * 45%), transparent);
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
    text-align: right;
  }

  tbody td[data-sign='below'] {
    background: color-mix(in oklab, var(--bad) calc(var(--share) * 40%), transparent);
  }

  td.highlighted {
    outline: 2px solid var(--shade);
    outline-offset: -2px;
  }

  /* A mark that is no colour: a corner cut off. */
  td.marked {
    background-image: linear-gradient(225deg, var(--bad) 0.4rem, transparent 0.4rem);
  }

  tbody td:has(input) {
    min-width: 0;
    padding: 0;
  }

  td input[type='text'] {
    width: 3.5rem;
    height: 1.8rem;
    border: 0;
    border-radius: 0;
    background: none;
    font-size: inherit;
    text-align: right;
  }

  td input[type='text']:hover {
    background: var(--surface);
  }

  :host([compact]) {
    font-size: 0.75rem;
  }

  :host([compact]) :is(th, thead td) {
    padding-inline: 0.25rem;
  }

  :host([compact]) th[scope='row'] {
    padding-left: 0;
  }

  :host([compact]) tbody td:not(:has(input)) {
    min-width: 2.5rem;
    height: 1.6rem;
    padding: 0 0.15rem;
  }

  :host([compact]) td input[type='text'] {
    width: 2.75rem;
    height: 1.55rem;
    padding: 0 0.2rem;
  }
`;

/** A cell of a table, or a whole row or column of it. */
export interface CellSelector {
  readonly row?: number;
  readonly column?: number;
}

export interface TableCell {
  readonly row: number;
  readonly column: number;
}

export interface CellEdit extends TableCell {
  readonly value: number;
}

/** How cells are shaded: not at all, shares from 0 to 1, or by size, below 0 in another colour. */
export type Shading = 'none' | 'share' | 'signed';

/**
 * A labelled matrix to read, point at, edit, and save as CSV. One cell at a time is in the tab order; arrow keys move
 * to its neighbours. As a class, an attention role (`query`, `weight`) gives it its colour.
 *
 * @fires {CustomEvent<{ row: number, column: number, value: number }>} number-change
 * @fires {CustomEvent<{ row: number, column: number } | null>} cell-point
 */
@customElement('number-table')
export class NumberTable extends LitElement {
  static override styles = [...shared, roleColors, captionedTableStyles, numberTableStyles];

  /** Its title; the CSV's name too. */
  @property() name = '';
  /** Header of the row names. */
  @property() corner = '';
  @property({ attribute: false }) rowNames: readonly string[] = [];
  /** Second names of the rows, in a column before the first, and its header. */
  @property({ attribute: false }) otherNames: readonly string[] | null = null;
  @property() otherCorner = '';
  @property({ attribute: false }) columnNames: readonly string[] = [];
  @property({ attribute: false }) values: Matrix = [];
  /** Decimals of computed numbers; editable ones have as many as they need. */
  @property({ type: Number }) decimals = 3;
  @property({ type: Boolean }) editable = false;
  @property() shading: Shading = 'none';
  @property({ attribute: false }) highlighted: CellSelector | null = null;
  /** The row that is chosen elsewhere; its name is underlined. */
  @property({ type: Number }) chosen = -1;
  /** Narrow cells, for tables side by side; editable numbers are rounded to `decimals` too. */
  @property({ type: Boolean, reflect: true }) compact = false;
  /** Marked cells, each with its reason in words. */
  @property({ attribute: false }) marks: readonly (CellSelector & { readonly why: string })[] = [];

  /** The cell whose text is not a number. */
  @state() private invalid: (TableCell & { readonly text: string }) | null = null;

  /** The absolute value that is shaded fully. */
  private maxSize = 0;
  private readonly focusedCell = new RovingFocus(this, {
    items: () =>
      [...this.renderRoot.querySelectorAll<HTMLElement>('tbody td:not(.other)')].map(
        (cell) => cell.querySelector('input') ?? cell,
      ),
    next: (event, index) => this.cellAfterKey(event, index),
  });

  override willUpdate() {
    if (this.shading === 'signed') this.maxSize = maxSizeOf(this.values);
  }

  override render() {
    if (this.values.length === 0) return nothing;
    return html`
      <div class="scroll">
        <table @pointerleave=${() => this.emitCellPoint(null)}>
          ${tableCaption(this.name, () => this.table)}
          <thead>
            <tr>
              ${this.otherNames ? html`<td class="other">${this.otherCorner}</td>` : nothing}
              <td>${this.corner}</td>
              ${this.columnNames.map(
                (name, column) =>
                  html`<th scope="col" class=${this.isHighlighted({ column }) ? 'highlighted' : ''}>
                    ${name}
                  </th>`,
              )}
            </tr>
          </thead>
          <tbody @keydown=${this.focusedCell.handleKey}>
            ${this.values.map((cells, row) => this.renderRow(cells, row))}
          </tbody>
        </table>
      </div>
      ${
        this.invalid
          ? html`<p class="error" role="alert">
              ${this.rowNames[this.invalid.row]}, ${this.columnNames[this.invalid.column]}:
              “${this.invalid.text}” is no number. The cell keeps ${this.textOf(this.invalid)}.
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
          class="${this.isHighlighted({ row }) ? 'highlighted' : ''} ${row === this.chosen ? 'chosen' : ''}"
        >
          ${this.rowNames[row]}
        </th>
        ${cells.map((value, column) => this.renderCell(value, row, column))}
      </tr>
    `;
  }

  private renderCell(value: number, row: number, column: number) {
    const mark = this.marks.find((one) => covers(one, row, column));
    const highlighted = this.isHighlighted({ row, column });
    const index = row * this.columnNames.length + column;
    const tab = this.focusedCell.tabIndex(index, this.values.length * this.columnNames.length);
    const focus = () => this.handleFocus(index, { row, column });
    return html`
      <td
        class="${highlighted ? 'highlighted' : ''} ${mark ? 'marked' : ''}"
        title=${mark?.why ?? nothing}
        ${styled({ '--share': String(shadeOf(value, this.shading, this.maxSize)) })}
        data-sign=${this.shading === 'signed' && value < 0 ? 'below' : nothing}
        tabindex=${this.editable ? nothing : tab}
        @pointerenter=${() => this.emitCellPoint({ row, column })}
        @focus=${focus}
      >
        ${this.editable ? this.renderInput(value, { row, column }, tab, focus) : formatFixed(value, this.decimals)}
        ${mark ? html`<span class="visually-hidden">, ${mark.why}</span>` : nothing}
      </td>
    `;
  }

  private renderInput(value: number, { row, column }: TableCell, tab: number, focus: () => void) {
    const wrong = this.invalid?.row === row && this.invalid.column === column;
    return html`<input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      tabindex=${tab}
      aria-label="${this.rowNames[row]}, ${this.columnNames[column]}"
      aria-invalid=${wrong}
      .value=${live(wrong ? this.invalid!.text : formatDecimal(value, this.compact ? this.decimals : 3))}
      @focus=${focus}
      @change=${(event: Event) => this.commit((event.target as HTMLInputElement).value, row, column)}
    />`;
  }

  private isHighlighted({ row, column }: CellSelector): boolean {
    const { highlighted } = this;
    if (!highlighted) return false;
    // Row and column names are highlighted with any cell of theirs.
    if (row === undefined) return highlighted.column === column;
    if (column === undefined) return highlighted.row === row;
    return covers(highlighted, row, column);
  }

  private textOf({ row, column }: TableCell) {
    return formatDecimal(this.values[row]?.[column]);
  }

  private commit(text: string, row: number, column: number) {
    const value = parseTypedNumber(text);
    this.invalid = value === undefined ? { row, column, text } : null;
    if (value === undefined) return;
    emit(this, 'number-change', { row, column, value });
    // If the state refused the number, the cell shows the old one again.
    this.requestUpdate();
  }

  private handleFocus(index: number, cell: TableCell) {
    this.focusedCell.reach(index);
    this.emitCellPoint(cell);
  }

  private emitCellPoint(cell: TableCell | null) {
    emit(this, 'cell-point', cell);
  }

  private cellAfterKey(event: KeyboardEvent, index: number): number | null {
    const columns = this.columnNames.length;
    // Inside a number, left and right are the text's until its end.
    if (event.target instanceof HTMLInputElement) {
      const step = arrowStep(event);
      if (!step || (step[1] === 0 && !isAtEnd(event.target, step[0]))) return null;
    }
    return indexAfterKey(event, index, { count: columns * this.values.length, columns });
  }

  private get table() {
    const { rowNames, columnNames, values } = this;
    return { rowLabels: rowNames, columnLabels: columnNames, values };
  }
}

const covers = (cells: CellSelector, row: number, column: number): boolean =>
  (cells.row ?? row) === row && (cells.column ?? column) === column;

function isAtEnd(input: HTMLInputElement, direction: number): boolean {
  const end = direction < 0 ? 0 : input.value.length;
  return input.selectionStart === end && input.selectionEnd === end;
}

/** Strength of a cell's colour, from 0 to 1. */
function shadeOf(value: number, shading: Shading, largest: number): number {
  if (shading === 'none' || !Number.isFinite(value)) return 0;
  if (shading === 'share') return Math.min(1, Math.max(0, value));
  return largest > 0 ? Math.abs(value) / largest : 0;
}

const maxSizeOf = (values: Matrix): number =>
  values
    .flat()
    .filter(Number.isFinite)
    .reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);

declare global {
  interface HTMLElementEventMap {
    'number-change': CustomEvent<CellEdit>;
    'cell-point': CustomEvent<TableCell | null>;
  }

  interface HTMLElementTagNameMap {
    'number-table': NumberTable;
  }
}
