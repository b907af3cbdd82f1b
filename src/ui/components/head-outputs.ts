import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { tableBehind } from '../styles/table-behind';
import { cellAfterKey, cellAt } from './grid-cursor';
import { outputStyles } from './head-outputs.css';
import { isComparable, OutputComparison, problemOf, type OutputSet } from './output-comparison';
import { drawOutputs, renderOutputPicture, rowsOfLine } from './output-picture';
import { renderOutputTable } from './output-table';
import { formatSigned, type Place } from './signed-map';
import { tell } from './tell';
import './palette-ramp';

/**
 * A head's outputs as a heat map, tokens down and value columns across, with a value read wherever the cursor is; or
 * how they differ from another's.
 *
 * @fires {CustomEvent<{ shown: string, against: string | null }>} outputs-change
 * @fires {CustomEvent<{ row: number, column: number, value: number }>} output-cursor
 */
@customElement('head-outputs')
export class HeadOutputs extends LitElement {
  static override styles = [...shared, forms, tableBehind, outputStyles];

  @property({ attribute: false }) sets: readonly OutputSet[] = [];
  /** Ids of sets. Without, the first is shown, against none. */
  @property() shown = '';
  @property() against: string | null = null;

  @state() private cursor: Place | null = null;
  @state() private isTableOpen = false;
  /** Null without sets, and where something is wrong with them. */
  private comparison: OutputComparison | null = null;
  private problem: string | null = null;
  @query('.map') private map!: HTMLElement | null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has('sets') && !changed.has('shown') && !changed.has('against')) return;
    const [set, other] = [this.shownSet, this.otherSet];
    this.problem = set ? problemOf(this.sets, set, other) : null;
    this.comparison = set && !this.problem ? new OutputComparison(set, other) : null;
    const { cursor } = this;
    if (!set || this.problem || !cursor) return;
    if (cursor.row >= set.rows || cursor.column >= set.columns) this.cursor = null;
  }

  override updated(changed: PropertyValues<this>) {
    if (!changed.has('sets') && !changed.has('shown') && !changed.has('against')) return;
    if (this.canvas && this.comparison) drawOutputs(this.canvas, this.comparison);
  }

  override render() {
    const { comparison, cursor } = this;
    if (this.problem) return html`<p class="error">${this.problem}</p>`;
    if (!comparison) return html`<p class="empty">No outputs yet.</p>`;
    const told = cursor
      ? comparison.tell(cursor)
      : 'Point at a value to read it, or go there with the arrow keys.';
    return html`
      ${this.renderControls(comparison.set)} ${this.renderState(comparison)}
      ${renderOutputPicture(comparison, cursor, {
        onKey: this.takeKey,
        onFocus: () => this.cursor ?? this.moveTo({ row: 0, column: 0 }),
        onPoint: this.takePointer,
      })}
      <p class="told" role="status">${told}</p>
      ${this.renderTable(comparison)}
    `;
  }

  private get shownSet(): OutputSet | undefined {
    return this.sets.find(({ id }) => id === this.shown) ?? this.sets[0];
  }

  private get otherSet(): OutputSet | undefined {
    return this.sets.find(({ id }) => id === this.against);
  }

  private renderControls(set: OutputSet) {
    const others = this.sets.filter((other) => other !== set && isComparable(set, other));
    const option = ({ id, name }: { id: string; name: string }, chosen: string) =>
      html`<option value=${id} .selected=${id === chosen}>${name}</option>`;
    return html`
      <div class="controls">
        <div>
          <label for="shown">Outputs of</label>
          <select id="shown" @change=${this.takeShown}>
            ${this.sets.map((each) => option(each, set.id))}
          </select>
        </div>
        <div>
          <label for="against">Minus</label>
          <select id="against" ?disabled=${others.length === 0} @change=${this.takeAgainst}>
            ${option({ id: '', name: 'Nothing' }, this.against ?? '')}
            ${others.map((each) => option(each, this.against ?? ''))}
          </select>
        </div>
      </div>
    `;
  }

  private renderState(comparison: OutputComparison) {
    const { largest, strange, other } = comparison;
    const { rows, columns } = comparison.set;
    const limit = formatSigned(largest?.size ?? 0);
    const factor = rowsOfLine(rows);
    return html`
      <div class="state">
        <span>
          ${rows.toLocaleString('en-US')} tokens × ${columns} value
          columns${
            factor > 1
              ? html`; each line shows, of ${factor} tokens, the value farthest from 0`
              : nothing
          }${strange > 0 ? `; ${strange.toLocaleString('en-US')} not finite` : nothing}
        </span>
        <palette-ramp palette="diverging" least="−${limit}" most=${limit}></palette-ramp>
        <button type="button" ?disabled=${!largest} @click=${() => this.moveTo(largest!)}>
          Go to the largest ${other ? 'difference' : 'value'}
        </button>
      </div>
    `;
  }

  private renderTable(comparison: OutputComparison) {
    const toggle = (event: Event) => {
      this.isTableOpen = (event.target as HTMLDetailsElement).open;
    };
    return html`
      <details @toggle=${toggle}>
        <summary>Table of the row at the cursor</summary>
        ${this.isTableOpen ? renderOutputTable(comparison, this.cursor?.row ?? 0) : nothing}
      </details>
    `;
  }

  private takeShown = (event: Event) => {
    this.shown = (event.target as HTMLSelectElement).value;
    const [set, other] = [this.shownSet!, this.otherSet];
    if (other && (other === set || !isComparable(set, other))) this.against = null;
    tell(this, 'outputs-change', { shown: this.shown, against: this.against });
  };

  private takeAgainst = (event: Event) => {
    this.against = (event.target as HTMLSelectElement).value || null;
    tell(this, 'outputs-change', { shown: this.shownSet!.id, against: this.against });
  };

  private takePointer = (event: PointerEvent) => {
    const { left, top, width, height } = this.map!.getBoundingClientRect();
    const across = (event.clientX - left) / width;
    const down = (event.clientY - top) / height;
    this.moveTo(cellAt(across, down, this.comparison!.grid));
  };

  private takeKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = this.cursor ?? { row: 0, column: 0 };
    const next = cellAfterKey(event.key, from, this.comparison!.grid);
    if (!next) return;
    event.preventDefault();
    this.moveTo(next);
  };

  private moveTo({ row, column }: Place) {
    if (this.cursor?.row === row && this.cursor.column === column) return;
    this.cursor = { row, column };
    tell(this, 'output-cursor', { row, column, value: this.comparison!.at({ row, column }) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'head-outputs': HeadOutputs;
  }
}
