import { html, nothing } from 'lit';
import { styled } from '../styled';
import { ticks } from './axis-ticks';
import type { OutputComparison } from './output-comparison';
import { colorSigned, poolRows, type Place } from './signed-map';

/** A token's row is so high, in pixels, where there is room. */
const ROW_PIXELS = 20;
const LOWEST = 120;
const HIGHEST = 480;

export interface PictureActions {
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
  readonly onPoint: (event: PointerEvent) => void;
}

/** In CSS pixels. */
const heightOf = (rows: number) => Math.min(HIGHEST, Math.max(LOWEST, rows * ROW_PIXELS));

/** Rows that share a line of pixels. */
export const rowsOfLine = (rows: number) =>
  Math.ceil(rows / (heightOf(rows) * devicePixelRatio)) || 1;

const percent = (index: number, count: number) => `${((100 * index) / count).toFixed(3)}%`;

/** The heat map, with tokens down and columns across. */
export function renderOutputPicture(
  { set, name }: OutputComparison,
  cursor: Place | null,
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

function renderCursor({ row, column }: Place, rows: number, columns: number) {
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
