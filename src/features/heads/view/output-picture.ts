import { html, nothing } from 'lit';
import { indexTicks } from '../../../ui/charts/ticks';
import { poolGrid } from '../../../ui/heat-map/cell-values';
import { colorScale, paintGrid, paletteOf, putPixels } from '../../../ui/heat-map/colors';
import type { Cell, Extent } from '../../../ui/heat-map/geometry';
import { keyAction, moveCursor } from '../../../ui/heat-map/view-controller';
import { styled } from '../../../ui/styled';
import type { OutputComparison } from './output-comparison';

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
    <div class="framed">
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
      <div class="columns soft" aria-hidden="true">
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
  html`<span class="tick" ${styled(position)}>${text}</span>`;

function renderRows(tokens: readonly string[]) {
  const widest = tokens.reduce((a, b) => (b.length > a.length ? b : a), '');
  return html`
    <div class="rows soft" aria-hidden="true">
      <span class="widest">${widest}</span>
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
