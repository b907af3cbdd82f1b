import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { ticks } from './axis-ticks';
import { outputStyles } from './head-outputs.css';
import {
  colorSigned,
  differenceOf,
  formatSigned,
  largestMagnitude,
  poolRows,
  type Place,
  type SignedGrid,
} from './signed-map';
import './palette-ramp';
import { styled } from '../styled';

/** A matrix of outputs to look at: a head's, or all heads' side by side. */
export interface OutputSet extends SignedGrid {
  readonly id: string;
  readonly name: string;
  /** One a row. */
  readonly rowTokens: readonly string[];
}

/** A token's row is so high, in pixels, where there is room. */
const ROW_PIXELS = 20;
const LOWEST = 120;
const HIGHEST = 480;

/**
 * A head's outputs as a heat map, tokens down and value columns across, with a value read wherever the cursor is; or
 * how they differ from another's.
 *
 * @fires {CustomEvent<{ shown: string, against: string | null }>} outputs-change
 * @fires {CustomEvent<{ row: number, column: number, value: number }>} output-cursor
 */
@customElement('head-outputs')
export class HeadOutputs extends LitElement {
  static override styles = [...shared, forms, outputStyles];

  @property({ attribute: false }) sets: readonly OutputSet[] = [];
  /** Ids of sets. Without, the first is shown, against none. */
  @property() shown = '';
  @property() against: string | null = null;

  @state() private cursor: Place | null = null;
  @state() private isTableOpen = false;
  private grid: SignedGrid = { rows: 0, columns: 0, values: new Float32Array() };
  private largest: ReturnType<typeof largestMagnitude> = null;
  @query('.map') private map!: HTMLElement | null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has('sets') && !changed.has('shown') && !changed.has('against')) return;
    const set = this.shownSet;
    if (!set || this.problem) return;
    const other = this.otherSet;
    this.grid = other ? differenceOf(set, other) : set;
    this.largest = largestMagnitude(this.grid);
    const { cursor } = this;
    if (cursor && (cursor.row >= set.rows || cursor.column >= set.columns)) this.cursor = null;
  }

  override updated(changed: PropertyValues<this>) {
    if (changed.has('sets') || changed.has('shown') || changed.has('against')) this.draw();
  }

  override render() {
    const set = this.shownSet;
    if (!set) return html`<p class="empty">No outputs yet.</p>`;
    if (this.problem) return html`<p class="error">${this.problem}</p>`;
    return html`
      ${this.renderControls(set)} ${this.renderState(set)} ${this.renderPicture(set)}
      <p class="told" role="status">${this.told}</p>
      ${this.renderTable(set)}
    `;
  }

  private get shownSet(): OutputSet | undefined {
    return this.sets.find(({ id }) => id === this.shown) ?? this.sets[0];
  }

  private get otherSet(): OutputSet | undefined {
    return this.sets.find(({ id }) => id === this.against);
  }

  /** What is wrong with what was given. */
  private get problem(): string | null {
    for (const { name, rows, columns, values, rowTokens } of this.sets) {
      if (values.length !== rows * columns) {
        return `“${name}” has ${values.length} values; ${rows} rows × ${columns} columns need ${rows * columns}.`;
      }
      if (rowTokens.length !== rows) {
        return `“${name}” has ${rowTokens.length} row tokens for ${rows} rows.`;
      }
    }
    const [set, other] = [this.shownSet!, this.otherSet];
    if (!other || isComparable(set, other)) return null;
    return `“${set.name}” is ${set.rows} × ${set.columns}, and “${other.name}” ${other.rows} × ${other.columns}: they have no difference.`;
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

  private renderState({ rows, columns }: OutputSet) {
    const { largest } = this;
    const limit = formatSigned(largest?.size ?? 0);
    const { factor, grid } = this;
    const strange = grid.values.reduce((sum, value) => sum + Number(!Number.isFinite(value)), 0);
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
          Go to the largest ${this.otherSet ? 'difference' : 'value'}
        </button>
      </div>
    `;
  }

  private renderPicture(set: OutputSet) {
    const { rows, columns, rowTokens } = set;
    const { height, cursor } = this;
    const widest = rowTokens.reduce(
      (most, token) => (token.length > most.length ? token : most),
      '',
    );
    const percent = (index: number, count: number) => `${((100 * index) / count).toFixed(3)}%`;
    return html`
      <div class="picture">
        <div class="rows" aria-hidden="true">
          <span class="widest">${widest}</span>
          ${ticks(rows, height / 14).map(
            (row) =>
              html`<span class="tick" ${styled({ top: percent(row + 0.5, rows) })}
                >${rowTokens[row]}</span
              >`,
          )}
        </div>
        <div
          class="map"
          role="application"
          aria-roledescription="heat map"
          aria-label="Outputs of ${this.subjectName}, ${rows} tokens by ${columns} columns. Arrow keys move the cursor."
          tabindex="0"
          ${styled({ height: `${height}px` })}
          @keydown=${this.takeKey}
          @focus=${() => this.cursor ?? this.moveTo({ row: 0, column: 0 })}
          @pointermove=${this.takePointer}
          @pointerdown=${this.takePointer}
        >
          <canvas width="1" height="1"></canvas>
          ${
            cursor
              ? html`<div
                  class="cursor"
                  ${styled({
                    left: `calc(${percent(cursor.column, columns)} - 2px)`,
                    top: `calc(${percent(cursor.row, rows)} - 2px)`,
                    width: `calc(${percent(1, columns)} + 4px)`,
                    height: `calc(${percent(1, rows)} + 4px)`,
                  })}
                ></div>`
              : nothing
          }
        </div>
        <div class="columns" aria-hidden="true">
          ${ticks(columns, 16).map(
            (column) =>
              html`<span class="tick" ${styled({ left: percent(column + 0.5, columns) })}
                >${column}</span
              >`,
          )}
        </div>
        <p class="axis">Value column</p>
      </div>
    `;
  }

  private renderTable({ rowTokens, columns }: OutputSet) {
    const row = this.cursor?.row ?? 0;
    const values = this.grid.values.subarray(row * columns, (row + 1) * columns);
    const toggle = (event: Event) => {
      this.isTableOpen = (event.target as HTMLDetailsElement).open;
    };
    return html`
      <details @toggle=${toggle}>
        <summary>Table of the row at the cursor</summary>
        ${
          this.isTableOpen
            ? html`<div class="scroll" tabindex="0" role="group" aria-label="Values of a token">
                <table>
                  <tr>
                    <th scope="row">Column</th>
                    ${[...values].map((_, i) => html`<th scope="col" class="number">${i}</th>`)}
                  </tr>
                  <tr>
                    <th scope="row">${rowTokens[row]}</th>
                    ${[...values].map(
                      (value) => html`<td class="number">${formatSigned(value)}</td>`,
                    )}
                  </tr>
                </table>
              </div>`
            : nothing
        }
      </details>
    `;
  }

  private get subjectName() {
    const [set, other] = [this.shownSet!, this.otherSet];
    return other ? `${set.name} minus ${other.name}` : set.name;
  }

  /** The value at the cursor, with both that it is the difference of. */
  private get told(): string {
    const { cursor, grid } = this;
    const [set, other] = [this.shownSet!, this.otherSet];
    if (!cursor) return 'Point at a value to read it, or go there with the arrow keys.';
    const at = cursor.row * grid.columns + cursor.column;
    const parts = other
      ? ` = ${formatSigned(set.values[at])} − ${bracketed(other.values[at])}`
      : '';
    return `${set.rowTokens[cursor.row]} (${cursor.row + 1}), column ${cursor.column}: ${formatSigned(grid.values[at])}${parts}`;
  }

  /** In CSS pixels. */
  private get height() {
    return Math.min(HIGHEST, Math.max(LOWEST, (this.shownSet?.rows ?? 0) * ROW_PIXELS));
  }

  /** Rows that share a line of pixels. */
  private get factor() {
    return Math.ceil((this.shownSet?.rows ?? 0) / (this.height * devicePixelRatio)) || 1;
  }

  private draw() {
    const { canvas, grid, factor, largest } = this;
    if (!canvas || grid.values.length === 0) return;
    const pooled = factor > 1 ? poolRows(grid, factor) : grid;
    canvas.width = pooled.columns;
    canvas.height = pooled.rows;
    const colors = colorSigned(pooled, largest?.size ?? 0);
    canvas.getContext('2d')!.putImageData(new ImageData(colors, pooled.columns), 0, 0);
  }

  private takeShown = (event: Event) => {
    this.shown = (event.target as HTMLSelectElement).value;
    const [set, other] = [this.shownSet!, this.otherSet];
    if (other && (other === set || !isComparable(set, other))) this.against = null;
    this.tell('outputs-change', { shown: this.shown, against: this.against });
  };

  private takeAgainst = (event: Event) => {
    this.against = (event.target as HTMLSelectElement).value || null;
    this.tell('outputs-change', { shown: this.shownSet!.id, against: this.against });
  };

  private takePointer = (event: PointerEvent) => {
    const box = this.map!.getBoundingClientRect();
    const { rows, columns } = this.grid;
    const along = (share: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor(share * count)));
    this.moveTo({
      row: along((event.clientY - box.top) / box.height, rows),
      column: along((event.clientX - box.left) / box.width, columns),
    });
  };

  private takeKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { rows, columns } = this.grid;
    const { row, column } = this.cursor ?? { row: 0, column: 0 };
    const next: Record<string, Place> = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      PageUp: { row: row - 10, column },
      PageDown: { row: row + 10, column },
      Home: { row, column: 0 },
      End: { row, column: columns - 1 },
    };
    if (!(event.key in next)) return;
    event.preventDefault();
    const within = (index: number, count: number) => Math.min(count - 1, Math.max(0, index));
    const wanted = next[event.key];
    this.moveTo({ row: within(wanted.row, rows), column: within(wanted.column, columns) });
  };

  private moveTo({ row, column }: Place) {
    if (this.cursor?.row === row && this.cursor.column === column) return;
    this.cursor = { row, column };
    const value = this.grid.values[row * this.grid.columns + column];
    this.tell('output-cursor', { row, column, value });
  }

  private tell(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

const isComparable = (a: SignedGrid, b: SignedGrid) => a.rows === b.rows && a.columns === b.columns;

const bracketed = (value: number) => (value < 0 ? `(${formatSigned(value)})` : formatSigned(value));

declare global {
  interface HTMLElementTagNameMap {
    'head-outputs': HeadOutputs;
  }
}
