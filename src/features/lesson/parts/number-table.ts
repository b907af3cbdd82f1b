import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { emit } from '../../../ui/emit';
import { formatDecimal, formatFixed, parseTypedNumber } from '../../../numeric/format';
import { arrowStep, indexAfterKey, RovingFocus } from '../../../ui/interaction/roving-focus';
import { styled } from '../../../ui/styled';
import { UiElement } from '../../../ui/element';
import type { Matrix } from '../model/matrix';
import { captionedTable, captionedTableStyles } from './table-caption';

const numberTableStyles = css`
  :host {
    --shade: var(--role-color, var(--accent));
    --gap: var(--space-2);

    font-size: var(--text-small);
  }

  /* Scores are in the colour of text, too dark to write on. */
  :host(.score) {
    --shade: var(--accent);
  }

  :host([compact]) {
    --gap: 0.25rem;

    font-size: 0.75rem;
  }

  th,
  thead td {
    padding: 0.15rem var(--gap);
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
    text-align: left;
  }

  td.number {
    min-width: 3.25rem;
    padding: 0.2rem var(--space-2);
    border: 1px solid var(--line);
    background: color-mix(in oklab, var(--shade) calc(var(--share) * 45%), transparent);
  }

  td.number[data-sign='below'] {
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

  td.number:has(input) {
    min-width: 0;
    padding: 0;
  }

  td input[type='text'] {
    width: 3.5rem;
    height: 1.8rem;
    border: 0;
    border-radius: 0;
    background: none;
    text-align: right;
  }

  td input[type='text']:hover {
    background: var(--surface);
  }

  :host([compact]) td.number:not(:has(input)) {
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
export class NumberTable extends UiElement {
  static override styles = [captionedTableStyles, numberTableStyles];

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
      [...this.renderRoot.querySelectorAll<HTMLElement>('td.number')].map(
        (cell) => cell.querySelector('input') ?? cell,
      ),
    next: (event, index) => this.cellAfterKey(event, index),
  });

  override willUpdate() {
    if (this.shading !== 'signed') return;
    const sizes = this.values.flat().filter(Number.isFinite).map(Math.abs);
    this.maxSize = Math.max(0, ...sizes);
  }

  override render() {
    const { rowNames, columnNames, values, otherNames, highlighted, invalid } = this;
    if (values.length === 0) return nothing;
    return html`
      ${captionedTable(
        this.name,
        () => ({ rowLabels: rowNames, columnLabels: columnNames, values }),
        () => emit(this, 'cell-point', null),
        html`
          <thead>
            <tr>
              ${otherNames ? html`<td class="other soft">${this.otherCorner}</td>` : nothing}
              <td class="soft">${this.corner}</td>
              ${columnNames.map(
                (name, column) =>
                  html`<th scope="col" class=${highlighted?.column === column ? 'highlighted' : ''}>
                    ${name}
                  </th>`,
              )}
            </tr>
          </thead>
          <tbody @keydown=${this.focusedCell.handleKey}>
            ${values.map((cells, row) => this.renderRow(cells, row))}
          </tbody>
        `,
      )}
      ${
        invalid
          ? html`<p class="error" role="alert">
              ${rowNames[invalid.row]}, ${columnNames[invalid.column]}: “${invalid.text}” is no
              number. The cell keeps ${formatDecimal(values[invalid.row]?.[invalid.column])}.
            </p>`
          : nothing
      }
    `;
  }

  private renderRow(cells: readonly number[], row: number) {
    const { otherNames, highlighted, chosen } = this;
    return html`
      <tr>
        ${otherNames ? html`<td class="other soft">${otherNames[row]}</td>` : nothing}
        <th
          scope="row"
          class="${highlighted?.row === row ? 'highlighted' : ''} ${row === chosen ? 'chosen' : ''}"
        >
          ${this.rowNames[row]}
        </th>
        ${cells.map((value, column) => this.renderCell(value, { row, column }))}
      </tr>
    `;
  }

  private renderCell(value: number, cell: TableCell) {
    const { highlighted, editable, columnNames, focusedCell } = this;
    const mark = this.marks.find((one) => covers(one, cell));
    const index = cell.row * columnNames.length + cell.column;
    const tab = focusedCell.tabIndex(index, this.values.length * columnNames.length);
    const point = () => emit(this, 'cell-point', cell);
    return html`
      <td
        class="number ${highlighted && covers(highlighted, cell) ? 'highlighted' : ''} ${
          mark ? 'marked' : ''
        }"
        title=${mark?.why ?? nothing}
        ${styled({ '--share': String(this.shadeOf(value)) })}
        data-sign=${this.shading === 'signed' && value < 0 ? 'below' : nothing}
        tabindex=${editable ? nothing : tab}
        @pointerenter=${point}
        @focusin=${() => {
          focusedCell.reach(index);
          point();
        }}
      >
        ${editable ? this.renderInput(value, cell, tab) : formatFixed(value, this.decimals)}
        ${mark ? html`<span class="visually-hidden">, ${mark.why}</span>` : nothing}
      </td>
    `;
  }

  private renderInput(value: number, { row, column }: TableCell, tab: number) {
    const wrong = this.invalid?.row === row && this.invalid.column === column;
    return html`<input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      tabindex=${tab}
      aria-label="${this.rowNames[row]}, ${this.columnNames[column]}"
      aria-invalid=${wrong}
      .value=${live(wrong ? this.invalid!.text : formatDecimal(value, this.compact ? this.decimals : 3))}
      @change=${(event: Event) => this.commit((event.target as HTMLInputElement).value, row, column)}
    />`;
  }

  /** Strength of a cell's colour, from 0 to 1. */
  private shadeOf(value: number): number {
    if (this.shading === 'none' || !Number.isFinite(value)) return 0;
    if (this.shading === 'share') return Math.min(1, Math.max(0, value));
    return this.maxSize > 0 ? Math.abs(value) / this.maxSize : 0;
  }

  private commit(text: string, row: number, column: number) {
    const value = parseTypedNumber(text);
    this.invalid = value === undefined ? { row, column, text } : null;
    if (value === undefined) return;
    emit(this, 'number-change', { row, column, value });
    // If the state refused the number, the cell shows the old one again.
    this.requestUpdate();
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
}

const covers = (cells: CellSelector, { row, column }: TableCell): boolean =>
  (cells.row ?? row) === row && (cells.column ?? column) === column;

function isAtEnd(input: HTMLInputElement, direction: number): boolean {
  const end = direction < 0 ? 0 : input.value.length;
  return input.selectionStart === end && input.selectionEnd === end;
}

declare global {
  interface HTMLElementEventMap {
    'number-change': CustomEvent<CellEdit>;
    'cell-point': CustomEvent<TableCell | null>;
  }

  interface HTMLElementTagNameMap {
    'number-table': NumberTable;
  }
}
