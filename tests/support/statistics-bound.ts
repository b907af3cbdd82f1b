import {
  type BoundOptions,
  type RowMagnitudes,
  logSumExpError,
  outputErrorFactor,
  storageError,
} from '../../src/attention/error-bound';
import type { RowStatistics } from '../../src/attention/maps/weight-map';
import { accumulatedError, unitRoundoff } from '../../src/numeric/rounding';

type RowNumbers = { readonly [Name in keyof RowStatistics]: number };

/** Bound on the error of a weight, as the kernels compute it in float32. */
export const weightBound = (weight: number, row: RowMagnitudes, options: BoundOptions): number =>
  outputErrorFactor(row, options) * weight + storageError(weight, 'f32');

/**
 * Bounds on the errors of a row's statistics, as the kernels compute them in float32 and the host ends them in
 * float64. Let 2E be the relative error of a weight w (`outputErrorFactor`): E at most from the score and
 * exp2 together with the sum's roundings, once in e and once in Σe. Then, with x = s − m ≤ 0 in nats:
 *
 * - single weights: 2E·w;
 * - distance, Σ w·|i − j|: an output whose values are the distances, which float32 holds exactly: 2E·Σ w·|i − j|;
 * - effective keys, 1 / Σ w²: w² is off by 4E, and the sum of squares by its roundings, at most E: 5E;
 * - entropy, ln Σe − Σ e·x / Σe: the logarithm is off by the relative error of its argument, E. In the
 *   quotient every x is off by the error of its score, at most E, which moves the mean by E; each e, the
 *   product and the two sums move it by 2E and a few roundings, as shares of the mean of |x|, for all terms
 *   have one sign, those of a rescaling too. A sink takes a share of both parts alike. Together
 *   2E + (2E + 4u)·Σ w·|x|.
 */
export function statisticsBound(
  row: RowMagnitudes,
  exact: RowNumbers,
  meanExponent: number,
  options: BoundOptions,
): RowNumbers {
  if (row.keys === 0) {
    const logSumExp = 2 ** -22 * (Number.isFinite(exact.logSumExp) ? Math.abs(exact.logSumExp) : 0);
    return {
      logSumExp,
      entropy: 0,
      effectiveKeys: 0,
      distance: 0,
      diagonal: 0,
      previous: 0,
      first: 0,
      marked: 0,
    };
  }
  const unit = unitRoundoff.f32;
  const factor = outputErrorFactor(row, options);
  const single = (weight: number) => factor * weight + storageError(weight, 'f32');
  const squares = 2.5 * factor;
  return {
    logSumExp: logSumExpError(row, exact.logSumExp, options),
    entropy: factor + (factor + 4 * unit) * meanExponent + storageError(exact.entropy, 'f32'),
    effectiveKeys:
      (exact.effectiveKeys * squares) / Math.max(1 - squares, Number.EPSILON) +
      storageError(exact.effectiveKeys, 'f32'),
    distance: single(exact.distance),
    diagonal: single(exact.diagonal),
    previous: single(exact.previous),
    first: single(exact.first),
    marked: single(exact.marked),
  };
}

/** Bound on the error of a cell's mean: its weights' own, the sum's of `count` weights, and the result's. */
export const meanBound = (
  meanOfBounds: number,
  mean: number,
  count: number,
  options: BoundOptions,
) =>
  meanOfBounds +
  accumulatedError(count, unitRoundoff.f32, options.model) * mean +
  storageError(mean, 'f32');
