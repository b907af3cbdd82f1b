import { InputError } from '../../../attention/input-error';
import { denseMap } from '../../../attention/maps/dense-map';
import type { WeightMap } from '../../../attention/maps/weight-map';

/** Weights as anybody may have them: rows of numbers, or all of them one after another. */
export type PlainWeights = readonly (readonly number[])[] | Float32Array;

/**
 * @param rows and `columns`: needed for a Float32Array alone; 0 to take them off the rows.
 * @throws InputError where rows differ in length, or there are none.
 */
export function mapOfWeights(weights: PlainWeights, rows = 0, columns = 0): WeightMap {
  if (weights instanceof Float32Array) {
    const size = [rows, columns];
    if (!(rows > 0 && columns > 0)) throw new InputError('rows and columns', size, 'above 0');
    return denseMap(rows, columns, weights);
  }
  const length = weights[0]?.length ?? 0;
  if (length === 0) throw new InputError('weights', weights, 'at least one row of one number');
  const odd = weights.findIndex((row) => row.length !== length);
  if (odd >= 0) {
    const allowed = `${length}, like the first row's`;
    throw new InputError(`weights[${odd}].length`, weights[odd].length, allowed);
  }
  return denseMap(weights.length, length, Float32Array.from(weights.flat()));
}
