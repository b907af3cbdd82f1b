import { maxIndex } from 'd3-array';
import { html, nothing } from 'lit';
import { formatFloat } from '../../../numeric/format';
import { indexTicks } from '../../../ui/charts/ticks';
import { poolGrid } from '../../../ui/heat-map/cell-values';
import {
  colorScale,
  paintGrid,
  paletteOf,
  putPixels,
  type ValueGrid,
} from '../../../ui/heat-map/colors';
import type { Cell, Extent } from '../../../ui/heat-map/geometry';
import { keyAction, moveCursor } from '../../../ui/heat-map/view-controller';
import { styled } from '../../../ui/styled';
import type { OutputSet } from '../engine/outputs';

export const isComparable = (a: ValueGrid, b: ValueGrid) =>
  a.rows === b.rows && a.columns === b.columns;

/** Why the sets, or the difference of two of them, cannot be shown; null if they can. */
export function outputIssue(
  sets: readonly OutputSet[],
  set: OutputSet,
  other: OutputSet | undefined,
): string | null {
  for (const { name, rows, columns, values, rowTokens } of sets) {
    if (values.length !== rows * columns) {
      return `“${name}” has ${values.length} values; ${rows} rows × ${columns} columns need ${rows * columns}.`;
    }
    if (rowTokens.length !== rows) {
      return `“${name}” has ${rowTokens.length} row tokens for ${rows} rows.`;
    }
  }
  if (!other || isComparable(set, other)) return null;
  return `“${set.name}” is ${set.rows} × ${set.columns}, and “${other.name}” ${other.rows} × ${other.columns}: they have no difference.`;
}

export function differenceOf(a: ValueGrid, b: ValueGrid): ValueGrid {
  const values = a.values.map((value, i) => value - b.values[i]);
  return { rows: a.rows, columns: a.columns, values };
}

/** The finite value of the largest magnitude and its cell; null if there is none. */
export function largestMagnitude({ columns, values }: ValueGrid): (Cell & { size: number }) | null {
  const at = maxIndex(values, (value) => (Number.isFinite(value) ? Math.abs(value) : NaN));
  if (at < 0) return null;
  return { row: Math.floor(at / columns), column: at % columns, size: Math.abs(values[at]) };
}

export class OutputComparison {
  readonly grid: ValueGrid;
  readonly largest: (Cell & { readonly size: number }) | null;

  /** @param other As many rows and columns as `set`. */
  constructor(
    readonly set: OutputSet,
    readonly other: OutputSet | undefined,
  ) {
    this.grid = other ? differenceOf(set, other) : set;
    this.largest = largestMagnitude(this.grid);
  }

  get name(): string {
    const { set, other } = this;
    return other ? `${set.name} minus ${other.name}` : set.name;
  }

  get nonFiniteCount(): number {
    return this.grid.values.reduce((sum, value) => sum + Number(!Number.isFinite(value)), 0);
  }

  at({ row, column }: Cell): number {
    return this.grid.values[row * this.grid.columns + column];
  }

  /** The value of a cell, and the two values it is the difference of. */
  describe(cell: Cell): string {
    const { set, other } = this;
    const at = cell.row * set.columns + cell.column;
    const parts = other ? ` = ${formatFloat(set.values[at])} − ${bracketed(other.values[at])}` : '';
    const where = `${set.rowTokens[cell.row]} (${cell.row + 1}), column ${cell.column}`;
    return `${where}: ${formatFloat(this.at(cell))}${parts}`;
  }
}

const bracketed = (value: number) => (value < 0 ? `(${formatFloat(value)})` : formatFloat(value));

export function cellAt(across: number, down: number, { rows, columns }: Extent): Cell {
  const clamp = (index: number, count: number) => Math.min(count - 1, Math.max(0, index));
  return {
    row: clamp(Math.floor(down * rows), rows),
    column: clamp(Math.floor(across * columns), columns),
  };
}

export function cellAfterKey(key: string, cell: Cell, grid: Extent): Cell | null {
  const action = keyAction({ key });
  if (action?.type !== 'move') return null;
  return moveCursor(cell, action, grid, { rowsOfCell: 1, columnsOfCell: 1 });
}

const ROW_HEIGHT = 20;
const MIN_HEIGHT = 120;
const MAX_HEIGHT = 480;

interface PictureActions {
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
  readonly onPoint: (event: PointerEvent) => void;
}

const heightOf = (rows: number) => Math.min(MAX_HEIGHT, Math.max(MIN_HEIGHT, rows * ROW_HEIGHT));

/** Rows that share a line of pixels. */
export const rowsOfLine = (rows: number) =>
  Math.ceil(rows / (heightOf(rows) * devicePixelRatio)) || 1;

const percent = (index: number, count: number) => `${((100 * index) / count).toFixed(3)}%`;

export function renderOutputPicture(
  { set, name }: OutputComparison,
  cursor: Cell | null,
  { onKey, onFocus, onPoint }: PictureActions,
) {
  const { rows, columns } = set;
  return html`
    <div class="framed stack">
      ${renderRows(set.rowTokens)}
      <div
        class="picture map"
        role="application"
        aria-roledescription="heat map"
        aria-label="Outputs of ${name}, ${rows} tokens by ${columns} columns. Arrow keys move the cursor."
        tabindex="0"
        ${styled({ height: `${heightOf(rows)}px` })}
        @keydown=${onKey}
        @focus=${onFocus}
        @pointermove=${onPoint}
        @pointerdown=${onPoint}
      >
        <canvas width="1" height="1"></canvas>
        ${cursor ? renderCursor(cursor, rows, columns) : nothing}
      </div>
      <div class="columns number soft" aria-hidden="true">
        ${indexTicks(0, columns - 1, 16).map((column) =>
          renderTick(column, { left: percent(column + 0.5, columns) }),
        )}
      </div>
      <span></span>
      <p class="axis soft">Value column</p>
    </div>
  `;
}

const renderTick = (text: string | number, position: Readonly<Record<string, string>>) =>
  html`<span class="tick ellipsis" ${styled(position)}>${text}</span>`;

function renderRows(tokens: readonly string[]) {
  const widest = tokens.reduce((a, b) => (b.length > a.length ? b : a), '');
  return html`
    <div class="rows soft" aria-hidden="true">
      <span class="widest ellipsis">${widest}</span>
      ${indexTicks(0, tokens.length - 1, heightOf(tokens.length) / 14).map((row) =>
        renderTick(tokens[row], { top: percent(row + 0.5, tokens.length) }),
      )}
    </div>
  `;
}

function renderCursor({ row, column }: Cell, rows: number, columns: number) {
  return html`<div
    class="cursor"
    ${styled({
      left: `calc(${percent(column, columns)} - 2px)`,
      top: `calc(${percent(row, rows)} - 2px)`,
      width: `calc(${percent(1, columns)} + 4px)`,
      height: `calc(${percent(1, rows)} + 4px)`,
    })}
  ></div>`;
}

/** One pixel a value, or a line of pixels for several rows. CSS scales it to the size of the picture. */
export function drawOutputs(canvas: HTMLCanvasElement, { grid, largest }: OutputComparison): void {
  if (grid.values.length === 0) return;
  const pooled = poolGrid(grid, rowsOfLine(grid.rows), 1, Math.abs);
  const range = { low: 0, high: largest?.size ?? 0, sample: new Float64Array() };
  const scale = colorScale('linear', true, range);
  putPixels(canvas, paintGrid(pooled, scale, paletteOf('diverging')), pooled.columns);
}
