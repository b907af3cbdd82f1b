import { html } from 'lit';
import type { MapCells, MapRegion, WeightMap } from '../../attention/maps/weight-map';
import { formatCount } from '../../numeric/format';
import { cellsInView, type Frame } from './frame';
import type { Pool } from './geometry';
import { formatWeight } from './readout';

/** Of rows, and of columns. */
const MAX_TABLE_SIDE = 50;

/** The cells in view from the top left corner, as many as a table takes. */
export function tableRegion({ view, rowLevel, columnLevel }: Frame, map: WeightMap): MapRegion {
  const along = (from: number, length: number, level: number, all: number) => {
    const extent = 2 ** level;
    const first = Math.floor(from / extent) * extent;
    const end = Math.min(all, Math.ceil((from + length) / extent) * extent);
    return { first, length: Math.min(end - first, MAX_TABLE_SIDE * extent), extent };
  };
  const down = along(view.row, view.rows, rowLevel, map.rows);
  const across = along(view.column, view.columns, columnLevel, map.columns);
  return {
    row: down.first,
    column: across.first,
    rows: down.length,
    columns: across.length,
    rowsOfCell: down.extent,
    columnsOfCell: across.extent,
  };
}

const rangeOf = (first: number, length: number): string =>
  length === 1 ? formatCount(first) : `${formatCount(first)}–${formatCount(first + length - 1)}`;

/** The cells of `tableRegion(frame)` with their tokens or indices. */
export function weightTable(
  cells: MapCells,
  frame: Frame,
  pool: Pool,
  rowTokens: readonly string[],
  columnTokens: readonly string[],
) {
  const inView = cellsInView(frame);
  const { region, width, height } = cells;
  const { rowsOfCell, columnsOfCell } = region;
  const name = (first: number, extent: number, tokens: readonly string[]) =>
    extent === 1 && tokens[first] !== undefined
      ? `${formatCount(first)} ${tokens[first]}`
      : rangeOf(first, extent);
  const isWhole = height >= inView.rows && width >= inView.columns;
  const extent = `${height} × ${width} of ${formatCount(inView.rows)} × ${formatCount(inView.columns)}`;
  const clipped = isWhole ? '' : ` The first ${extent} cells in view; zoom or pan for others.`;
  const pooled = rowsOfCell * columnsOfCell === 1 ? 'Weights' : `Cells: the ${pool} of each block`;
  return html`
    <table>
      <caption>
        ${pooled}; queries down, keys across.${clipped}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${Array.from(
            { length: width },
            (_, j) =>
              html`<th scope="col">
                ${name(region.column + j * columnsOfCell, columnsOfCell, columnTokens)}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${Array.from(
          { length: height },
          (_, i) => html`
            <tr>
              <th scope="row">${name(region.row + i * rowsOfCell, rowsOfCell, rowTokens)}</th>
              ${Array.from(
                cells[pool].subarray(i * width, (i + 1) * width),
                (value) => html`<td class="number">${formatWeight(value)}</td>`,
              )}
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}
