import { html } from 'lit';
import type { MapCells, MapRegion, WeightMap } from '../../../attention/maps/weight-map';
import type { Frame } from './frame';
import { formatIndex, formatWeight } from './numbers';
import type { Pool } from './readout';

/** A table has no more rows and columns than this. */
export const MOST_IN_TABLE = 50;

/** The cells in view, from the upper left corner, as many as a table takes. */
export function tableRegion({ view, rowLevel, columnLevel }: Frame, map: WeightMap): MapRegion {
  const along = (from: number, length: number, level: number, all: number) => {
    const extent = 2 ** level;
    const first = Math.floor(from / extent) * extent;
    const end = Math.min(all, Math.ceil((from + length) / extent) * extent);
    return { first, length: Math.min(end - first, MOST_IN_TABLE * extent), extent };
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

const span = (first: number, length: number): string =>
  length === 1 ? formatIndex(first) : `${formatIndex(first)}–${formatIndex(first + length - 1)}`;

/** The numbers behind the picture. */
export function weightTable(
  cells: MapCells,
  pool: Pool,
  rowTokens: readonly string[],
  columnTokens: readonly string[],
  shown: { readonly rows: number; readonly columns: number },
) {
  const { region, width, height } = cells;
  const { rowsOfCell, columnsOfCell } = region;
  const name = (first: number, extent: number, tokens: readonly string[]) =>
    extent === 1 && tokens[first] !== undefined
      ? `${formatIndex(first)} ${tokens[first]}`
      : span(first, extent);
  const whole = height >= shown.rows && width >= shown.columns;
  const extent = `${height} × ${width} of ${formatIndex(shown.rows)} × ${formatIndex(shown.columns)}`;
  const cut = whole ? '' : ` The first ${extent} cells in view; zoom or pan for others.`;
  const pooled = rowsOfCell * columnsOfCell === 1 ? 'Weights' : `Cells: the ${pool} of each block`;
  return html`
    <table>
      <caption>
        ${pooled}; queries down, keys across.${cut}
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
