import { html, nothing } from 'lit';
import { ticks } from '../../../ui/charts/axis-ticks';
import { type GridCell, colorSigned, poolRows } from '../../../ui/heat-map/signed-map';
import { styled } from '../../../ui/styled';
import type { OutputComparison } from './output-comparison';

interface Extent {
  readonly rows: number;
  readonly columns: number;
}

/** The cell at these shares of the way across and down. */
export function cellAt(across: number, down: number, { rows, columns }: Extent): GridCell {
  return {
    row: within(Math.floor(down * rows), rows),
    column: within(Math.floor(across * columns), columns),
  };
}

/** Where a key leads from a cell; null for keys that lead nowhere. */
export function cellAfterKey(
  key: string,
  { row, column }: GridCell,
  { rows, columns }: Extent,
): GridCell | null {
  const next: Record<string, GridCell> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - 10, column },
    PageDown: { row: row + 10, column },
    Home: { row, column: 0 },
    End: { row, column: columns - 1 },
  };
  if (!Object.hasOwn(next, key)) return null;
  return { row: within(next[key].row, rows), column: within(next[key].column, columns) };
}

const within = (index: number, count: number) => Math.min(count - 1, Math.max(0, index));

/** A token's row is so high, in pixels, where there is room. */
const ROW_PIXELS = 20;
const MIN_HEIGHT = 120;
const MAX_HEIGHT = 480;

interface PictureActions {
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
  readonly onPoint: (event: PointerEvent) => void;
}

/** In CSS pixels. */
const heightOf = (rows: number) => Math.min(MAX_HEIGHT, Math.max(MIN_HEIGHT, rows * ROW_PIXELS));

/** Rows that share a line of pixels. */
export const rowsOfLine = (rows: number) =>
  Math.ceil(rows / (heightOf(rows) * devicePixelRatio)) || 1;

const percent = (index: number, count: number) => `${((100 * index) / count).toFixed(3)}%`;

/** The heat map, with tokens down and columns across. */
export function renderOutputPicture(
  { set, name }: OutputComparison,
  cursor: GridCell | null,
  { onKey, onFocus, onPoint }: PictureActions,
) {
  const { rows, columns } = set;
  return html`
    <div class="picture">
      ${renderRows(set.rowTokens)}
      <div
        class="map"
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

function renderRows(tokens: readonly string[]) {
  const widest = tokens.reduce((most, token) => (token.length > most.length ? token : most), '');
  return html`
    <div class="rows" aria-hidden="true">
      <span class="widest">${widest}</span>
      ${ticks(tokens.length, heightOf(tokens.length) / 14).map(
        (row) =>
          html`<span class="tick" ${styled({ top: percent(row + 0.5, tokens.length) })}
            >${tokens[row]}</span
          >`,
      )}
    </div>
  `;
}

function renderCursor({ row, column }: GridCell, rows: number, columns: number) {
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

/** One pixel a value, or a line of pixels for several rows; the style makes it as large as it is shown. */
export function drawOutputs(canvas: HTMLCanvasElement, { grid, largest }: OutputComparison): void {
  if (grid.values.length === 0) return;
  const factor = rowsOfLine(grid.rows);
  const pooled = factor > 1 ? poolRows(grid, factor) : grid;
  canvas.width = pooled.columns;
  canvas.height = pooled.rows;
  const colors = colorSigned(pooled, largest?.size ?? 0);
  canvas.getContext('2d')!.putImageData(new ImageData(colors, pooled.columns), 0, 0);
}
