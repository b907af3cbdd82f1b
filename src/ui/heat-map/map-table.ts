import { html } from 'lit';
import type { MapCells, MapRegion, WeightMap } from '../../attention/maps/weight-map';
import { formatCount } from '../../numeric/format';
import '../controls/ui-data-table';
import type { DataColumn } from '../controls/ui-data-table';
import { cellsInView, type Frame } from './frame';
import type { Pool } from './geometry';
import { formatWeight } from './readout';

/** Of rows, and of columns. */
const MAX_TABLE_SIDE = 50;

/** The cells in view from the top left corner, as many as a table takes. */
export function tableRegion(frame: Frame, map: WeightMap): MapRegion {
  const { view, rowsOfCell, columnsOfCell } = frame;
  const along = (from: number, length: number, ofCell: number, all: number) => {
    const first = Math.floor(from / ofCell) * ofCell;
    const end = Math.min(all, Math.ceil((from + length) / ofCell) * ofCell);
    return [first, Math.min(end - first, MAX_TABLE_SIDE * ofCell)];
  };
  const [row, rows] = along(view.row, view.rows, rowsOfCell, map.rows);
  const [column, columns] = along(view.column, view.columns, columnsOfCell, map.columns);
  return { row, column, rows, columns, rowsOfCell, columnsOfCell };
}

/** The cells of `tableRegion(frame)`, with their tokens or indices. */
export function weightTable(
  cells: MapCells,
  frame: Frame,
  pool: Pool,
  rowTokens: readonly string[],
  columnTokens: readonly string[],
) {
  const inView = cellsInView(frame);
  const { region, width, height, [pool]: values } = cells;
  const { row, column, rowsOfCell, columnsOfCell } = region;
  const name = (first: number, length: number, tokens: readonly string[]) => {
    if (length > 1) return `${formatCount(first)}–${formatCount(first + length - 1)}`;
    return tokens[first] === undefined
      ? formatCount(first)
      : `${formatCount(first)} ${tokens[first]}`;
  };
  const isWhole = height >= inView.rows && width >= inView.columns;
  const extent = `${height} × ${width} of ${formatCount(inView.rows)} × ${formatCount(inView.columns)}`;
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
