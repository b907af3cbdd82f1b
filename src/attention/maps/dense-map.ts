import { InputError } from '../input-error';
import { mapOfRows } from './row-map';
import type { WeightMap } from './weight-map';

/**
 * A map of weights that are stored already, row by row.
 * @throws InputError where they are not rows × columns.
 */
export function denseMap(rows: number, columns: number, values: Float32Array): WeightMap {
  for (const [name, extent] of [['rows', rows] as const, ['columns', columns] as const]) {
    if (!Number.isInteger(extent) || extent < 1) {
      throw new InputError(name, extent, 'a whole number above 0');
    }
  }
  if (values.length !== rows * columns) {
    throw new InputError('values', `${values.length} weights`, `${rows} × ${columns} weights`);
  }
  return mapOfRows(rows, columns, (query, first, end) =>
    values.subarray(query * columns + first, query * columns + end),
  );
}
