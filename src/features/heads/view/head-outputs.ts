import { formatCount, formatFloat } from '../../../numeric/format';
import { html, css, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../../../ui/controls/ui-data-table';
import { button, select } from '../../../ui/controls/fields';
import { emit } from '../../../ui/emit';
import '../../../ui/heat-map/palette-ramp';
import type { Cell } from '../../../ui/heat-map/geometry';
import { UiElement } from '../../../ui/element';
import type { OutputSet } from '../engine/outputs';
import {
  cellAfterKey,
  cellAt,
  drawOutputs,
  isComparable,
  OutputComparison,
  outputIssue,
  renderOutputPicture,
  rowsOfLine,
} from './output-picture';
import { pictureStyles } from './pictures';

const outputStyles = css`
  ui-select {
    flex: 1 1 9rem;
    max-width: 15rem;
  }

  .framed {
    grid-template-columns: minmax(0, max-content) minmax(0, 1fr);
    gap: 0 var(--space-2);
  }

  .rows,
  .columns,
  .axis {
    position: relative;
    font-size: 0.75rem;
  }

  /* Gives the column its width. Letters differ in width, so the longest name is not always the widest. */
  .widest {
    display: block;
    max-width: calc(8rem + 1.2em);
    height: 0;
    padding-right: 1.2em;
  }

  .tick {
    position: absolute;
    line-height: 1.2;
  }

  .rows .tick {
    right: 0;
    max-width: 100%;
    transform: translateY(-50%);
  }

  .columns {
    grid-column: 2;
    height: 1.25rem;
    margin-top: 0.375rem;
  }

  .columns .tick {
    transform: translateX(-50%);
  }

  .cursor {
    position: absolute;
    border: 2px solid var(--ink);
    outline: 1px solid var(--paper);
    pointer-events: none;
  }

  canvas {
    image-rendering: pixelated;
  }

  .readout {
    font-variant-numeric: tabular-nums;
  }
`;

const isOther = (changed: PropertyValues<HeadOutputs>) =>
  changed.has('sets') || changed.has('shown') || changed.has('against');

/**
 * A head's outputs as a heat map, tokens down and value columns across, with a value read wherever the cursor is; or
 * how they differ from another's.
 *
 * @fires {CustomEvent<{ shown: string, against: string | null }>} outputs-change
 * @fires {CustomEvent<{ row: number, column: number, value: number }>} output-cursor
 */
@customElement('head-outputs')
export class HeadOutputs extends UiElement {
  static override styles = [pictureStyles, outputStyles];

  @property({ attribute: false }) sets: readonly OutputSet[] = [];
  /** Ids of sets. Without, the first is shown, against none. */
  @property() shown = '';
  @property() against: string | null = null;

  @state() private cursor: Cell | null = null;
  /** Null without sets, and where something is wrong with them. */
  private comparison: OutputComparison | null = null;
  private problem: string | null = null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  override willUpdate(changed: PropertyValues<this>) {
    if (!isOther(changed)) return;
    const set = this.shownSet;
    const other = this.sets.find(({ id }) => id === this.against);
    this.problem = set ? outputIssue(this.sets, set, other) : null;
    this.comparison = set && !this.problem ? new OutputComparison(set, other) : null;
    const { cursor } = this;
    if (!set || this.problem || !cursor) return;
    if (cursor.row >= set.rows || cursor.column >= set.columns) this.cursor = null;
  }

  override updated(changed: PropertyValues<this>) {
    if (isOther(changed) && this.canvas && this.comparison) {
      drawOutputs(this.canvas, this.comparison);
    }
  }

  override render() {
    const { comparison, cursor } = this;
    if (this.problem) return html`<p class="error">${this.problem}</p>`;
    if (!comparison) return html`<p class="soft">No outputs yet.</p>`;
    return html`
      ${this.renderControls(comparison.set)} ${this.renderState(comparison)}
      ${renderOutputPicture(comparison, cursor, {
        onKey: this.handleKey,
        onFocus: () => this.cursor ?? this.moveTo({ row: 0, column: 0 }),
        onPoint: this.handlePointer,
      })}
      <p class="readout mt-2" role="status">
        ${
          cursor
            ? comparison.describe(cursor)
            : 'Hover over a value to read it, or use the arrow keys.'
        }
      </p>
      ${this.renderTable(comparison)}
    `;
  }

  private get shownSet(): OutputSet | undefined {
    return this.sets.find(({ id }) => id === this.shown) ?? this.sets[0];
  }

  private renderControls(set: OutputSet) {
    const others = this.sets.filter((other) => other !== set && isComparable(set, other));
    const options = (sets: readonly OutputSet[]) =>
      sets.map(({ id, name }) => ({ value: id, label: name }));
    return html`
      <div class="row end">
        ${select('Outputs of', options(this.sets), set.id, (id) => this.change(id, this.against), { id: 'shown' })}
        ${select(
          'Minus',
          [{ value: '', label: 'Nothing' }, ...options(others)],
          this.against ?? '',
          (id) => this.change(set.id, id),
          { id: 'against', disabled: others.length === 0 },
        )}
      </div>
    `;
  }

  private renderState(comparison: OutputComparison) {
    const { largest, nonFiniteCount, other } = comparison;
    const { rows, columns } = comparison.set;
    const limit = formatFloat(largest?.size ?? 0);
    const factor = rowsOfLine(rows);
    const extent = [
      `${formatCount(rows)} tokens × ${columns} value columns`,
      ...(factor > 1 ? [`each line shows the value farthest from 0 of ${factor} tokens`] : []),
      ...(nonFiniteCount > 0 ? [`${formatCount(nonFiniteCount)} not finite`] : []),
    ];
    return html`
      <div class="summary row between small mt-2 mb-2">
        <span>${extent.join('; ')}</span>
        <palette-ramp palette="diverging" min="−${limit}" max=${limit}></palette-ramp>
        ${button(`Go to the largest ${other ? 'difference' : 'value'}`, () => this.moveTo(largest!), { disabled: !largest })}
      </div>
    `;
  }

  private renderTable({ grid, set }: OutputComparison) {
    const row = this.cursor?.row ?? 0;
    const values = [...grid.values.subarray(row * grid.columns, (row + 1) * grid.columns)];
    return html`<ui-data-table
      summary="Table of the row at the cursor"
      .columns=${[
        { label: 'Column', isRowName: true, value: () => set.rowTokens[row] },
        ...values.map((value, i) => ({ label: i, numeric: true, value: () => formatFloat(value) })),
      ]}
      .rows=${[row]}
    ></ui-data-table>`;
  }

  private change(shown: string, against: string | null) {
    this.shown = shown;
    const [set, other] = [this.shownSet!, this.sets.find(({ id }) => id === against)];
    this.against = other && other !== set && isComparable(set, other) ? other.id : null;
    emit(this, 'outputs-change', { shown, against: this.against });
  }

  private handlePointer = (event: PointerEvent) => {
    const picture = event.currentTarget as HTMLElement;
    const { left, top, width, height } = picture.getBoundingClientRect();
    const across = (event.clientX - left) / width;
    const down = (event.clientY - top) / height;
    this.moveTo(cellAt(across, down, this.comparison!.grid));
  };

  private handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = this.cursor ?? { row: 0, column: 0 };
    const next = cellAfterKey(event.key, from, this.comparison!.grid);
    if (!next) return;
    event.preventDefault();
    this.moveTo(next);
  };

  private moveTo({ row, column }: Cell) {
    if (this.cursor?.row === row && this.cursor.column === column) return;
    this.cursor = { row, column };
    emit(this, 'output-cursor', { row, column, value: this.comparison!.at({ row, column }) });
  }
}

declare global {
  interface HTMLElementEventMap {
    'outputs-change': CustomEvent<{ readonly shown: string; readonly against: string | null }>;
    'output-cursor': CustomEvent<{
      readonly row: number;
      readonly column: number;
      readonly value: number;
    }>;
  }

  interface HTMLElementTagNameMap {
    'head-outputs': HeadOutputs;
  }
}
