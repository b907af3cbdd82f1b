import { formatCount } from '../../numeric/format';
import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { UiElement } from '../element';
import { tables } from '../styles/tables';

export interface DataColumn<Row = unknown> {
  readonly label: unknown;
  /** Text, a formatted number, or a template. */
  value(row: Row, index: number): unknown;
  /** Right-aligned tabular figures. */
  readonly numeric?: boolean;
  /** Its cells are row headers. */
  readonly isRowName?: boolean;
}

/** More rows are of no use to a reader. */
const MAX_ROWS = 200;

/**
 * A data table. With a `summary` it is a disclosure, whose rows are rendered once it is opened.
 *
 * @csspart scroll - the scrolling box.
 */
@customElement('ui-data-table')
export class UiDataTable extends UiElement {
  static override styles = tables;

  /** Shown above the table, unless `caption-hidden` is set. */
  @property() caption = '';
  @property({ type: Boolean, attribute: 'caption-hidden' }) captionHidden = false;
  /** Label of the disclosure; without it the table is always shown. */
  @property() summary = '';
  @property({ attribute: false }) columns: readonly DataColumn[] = [];
  @property({ attribute: false }) rows: readonly unknown[] = [];
  /** For many columns: narrow cells, and headers that stay in view. */
  @property({ type: Boolean }) dense = false;
  /** Text below the table if rows are left out. */
  @property({ attribute: false }) describeRest = (count: number) =>
    `And ${formatCount(count)} more.`;
  /** Whether a row is marked as the current one. */
  @property({ attribute: false }) isCurrent: (row: never, index: number) => boolean = () => false;
  @state() private isOpen = false;
  /** Whether there is anything to scroll, so that the keyboard must reach it. */
  @state() private scrolls = false;

  @query('.scroll') private readonly scroller!: HTMLElement | null;
  private observed: HTMLElement | null = null;
  /** Reports after layout; measuring on every update would force one. */
  private readonly resizeObserver = new ResizeObserver(() => {
    const { scroller } = this;
    if (!scroller) return;
    this.scrolls =
      scroller.scrollWidth > scroller.clientWidth || scroller.scrollHeight > scroller.clientHeight;
  });

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.resizeObserver.disconnect();
    this.observed = null;
  }

  override updated() {
    const { scroller } = this;
    if (scroller === this.observed) return;
    this.resizeObserver.disconnect();
    this.observed = scroller;
    if (!scroller) return;
    this.resizeObserver.observe(scroller);
    this.resizeObserver.observe(scroller.querySelector('table')!);
  }

  override render() {
    if (!this.summary) return this.renderTable();
    return html`
      <details
        @toggle=${(event: Event) => (this.isOpen = (event.target as HTMLDetailsElement).open)}
      >
        <summary>${this.summary}</summary>
        ${this.isOpen ? this.renderTable() : nothing}
      </details>
    `;
  }

  private renderTable() {
    const { caption, captionHidden, columns, rows } = this;
    const left = rows.length - MAX_ROWS;
    return html`
      <div
        class="scroll"
        part="scroll"
        tabindex=${this.scrolls ? 0 : nothing}
        role=${this.scrolls ? 'group' : nothing}
        aria-label=${this.scrolls ? caption || this.summary : nothing}
      >
        <table class=${this.dense ? 'dense' : ''}>
          ${
            caption
              ? html`<caption class=${captionHidden ? 'visually-hidden' : ''}>
                  ${caption}
                </caption>`
              : nothing
          }
          <thead>
            <tr>
              ${columns.map(
                ({ label, numeric }) =>
                  html`<th scope="col" class=${numeric ? 'number' : ''}>${label}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, MAX_ROWS).map((row, i) => this.renderRow(row, i))}
          </tbody>
        </table>
        ${left > 0 ? html`<p class="soft">${this.describeRest(left)}</p>` : nothing}
      </div>
    `;
  }

  private renderRow(row: unknown, index: number) {
    const isCurrent = this.isCurrent(row as never, index);
    return html`<tr
      class=${isCurrent ? 'current' : ''}
      aria-current=${isCurrent ? 'true' : nothing}
    >
      ${this.columns.map((column) => {
        const kind = column.numeric ? 'number' : '';
        const content = column.value(row, index);
        return column.isRowName
          ? html`<th scope="row" class=${kind}>${content}</th>`
          : html`<td class=${kind}>${content}</td>`;
      })}
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-data-table': UiDataTable;
  }
}
