import type { MapCells } from '../../../attention/maps/weight-map';
import { tableToCsv } from '../../../heads/export/csv';
import { toNpy } from '../../../heads/export/npy';
import type { Pool } from './readout';

/** Cells as a file. In CSV, a row or column is named by its token, or by its first index and its last. */
export function cellFile(
  format: 'csv' | 'npy',
  { region, height, width, ...cells }: MapCells,
  pool: Pool,
  rowTokens: readonly string[],
  columnTokens: readonly string[],
): Blob {
  const values = cells[pool];
  if (format === 'npy') return new Blob([toNpy(values, [height, width])]);
  const { row, rows, rowsOfCell, column, columns, columnsOfCell } = region;
  const csv = tableToCsv({
    rowLabels: labels(height, row, rows, rowsOfCell, rowTokens),
    columnLabels: labels(width, column, columns, columnsOfCell, columnTokens),
    values,
    corner: 'query / key',
  });
  return new Blob([csv], { type: 'text/csv' });
}

function labels(
  count: number,
  first: number,
  length: number,
  ofCell: number,
  tokens: readonly string[],
): string[] {
  return Array.from({ length: count }, (_, i) => {
    const from = first + i * ofCell;
    if (ofCell === 1) return tokens[from] === undefined ? `${from}` : `${from} ${tokens[from]}`;
    return `${from}-${Math.min(from + ofCell, first + length) - 1}`;
  });
}
