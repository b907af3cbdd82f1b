import { html } from 'lit';
import type { MapCells, MapRegion } from '../../attention/maps/weight-map';
import { formatCount } from '../../numeric/format';
import '../controls/ui-data-table';
import type { DataColumn } from '../controls/ui-data-table';
import { regionInView, type Frame } from './frame';
import type { Extent, Pool } from './geometry';
import { formatWeight } from './readout';

/** Of rows, and of columns. */
const MAX_TABLE_SIDE = 50;

/** The cells in view from the top left corner, as many as a table takes. */
export function tableRegion(frame: Frame, map: Extent): MapRegion {
  const region = regionInView(frame, map);
  const { rowsOfCell, columnsOfCell } = region;
  const rows = Math.min(region.rows, MAX_TABLE_SIDE * rowsOfCell);
  return { ...region, rows, columns: Math.min(region.columns, MAX_TABLE_SIDE * columnsOfCell) };
}

/** The cells of `tableRegion`, with their tokens or indices. */
export function weightTable(
  cells: MapCells,
  inView: MapRegion,
  pool: Pool,
  rowTokens: readonly string[],
  columnTokens: readonly string[],
) {
  const { region, width, height, [pool]: values } = cells;
  const { row, column, rowsOfCell, columnsOfCell } = region;
  const name = (first: number, length: number, tokens: readonly string[]) => {
    if (length > 1) return `${formatCount(first)}–${formatCount(first + length - 1)}`;
    return tokens[first] === undefined
      ? formatCount(first)
      : `${formatCount(first)} ${tokens[first]}`;
  };
  const isWhole = region.rows >= inView.rows && region.columns >= inView.columns;
  const all = [inView.rows / rowsOfCell, inView.columns / columnsOfCell].map(Math.ceil);
  const extent = `${height} × ${width} of ${all.map(formatCount).join(' × ')}`;
  const clipped = isWhole ? '' : ` The first ${extent} cells in view; zoom or pan for others.`;
  const pooled = rowsOfCell * columnsOfCell === 1 ? 'Weights' : `Cells: the ${pool} of each block`;
  const columns: DataColumn<number>[] = [
    {
      label: 'query / key',
      isRowName: true,
      value: (i) => name(row + i * rowsOfCell, rowsOfCell, rowTokens),
    },
    ...Array.from({ length: width }, (_, j) => ({
      label: name(column + j * columnsOfCell, columnsOfCell, columnTokens),
      numeric: true,
      value: (i: number) => formatWeight(values[i * width + j]),
    })),
  ];
  return html`<ui-data-table
    dense
    caption="${pooled}; queries down, keys across.${clipped}"
    .columns=${columns}
    .rows=${Array.from({ length: height }, (_, i) => i)}
  ></ui-data-table>`;
}
