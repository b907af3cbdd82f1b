import type { MapCells } from '../../attention/maps/weight-map';
import { tableToCsv } from '../../heads/export/csv';
import { toNpy } from '../../heads/export/npy';

export interface ExportedWindow {
  readonly format: 'csv' | 'npy';
  readonly cells: MapCells;
  readonly pool: 'largest' | 'mean';
}

/** A window of a map as a file: CSV with a token, or a range of indices, beside each row and column; or .npy. */
export function windowFile(
  { format, cells, pool }: ExportedWindow,
  queryTokens: readonly string[],
  keyTokens: readonly string[],
): Blob {
  const { region, height, width } = cells;
  const values = cells[pool];
  if (format === 'npy') {
    return new Blob([toNpy(values, [height, width])], { type: 'application/octet-stream' });
  }
  const text = tableToCsv({
    rowLabels: labels(region.row, region.rows, region.rowsOfCell, queryTokens),
    columnLabels: labels(region.column, region.columns, region.columnsOfCell, keyTokens),
    values,
    corner: 'query \\ key',
  });
  return new Blob([text], { type: 'text/csv' });
}

/** "12 prisoner", or "64–127" where a cell has many. Tokens recur: an index makes them one. */
function labels(first: number, count: number, ofCell: number, tokens: readonly string[]) {
  return Array.from({ length: Math.ceil(count / ofCell) }, (_, i) => {
    const index = first + i * ofCell;
    if (ofCell > 1) return `${index}–${Math.min(first + count, index + ofCell) - 1}`;
    const token = tokens[index];
    return token === undefined || token === String(index) ? String(index) : `${index} ${token}`;
  });
}

/** Hands a file to the browser's downloads. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data by the next turn of the loop.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
