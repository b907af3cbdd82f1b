import { accumulatedError, unitRoundoff } from '../../numeric/rounding';
import { type BoundOptions, logSumExpError, outputErrorFactor, storageError } from '../error-bound';
import type { Problem } from '../problem';
import type { RowStatistics } from './weight-map';

/** Size of `RowState` in shaders/maps/row_state.wgsl, and its fields in order. */
export const ROW_STATE_FLOATS = 9;
const MAXIMUM = 0;
const SUM = 1;
const EXPONENTS = 2;
const SQUARES = 3;
const DISTANCES = 4;
const KEY_WEIGHTS = 5;

export function emptyStatistics(rows: number): RowStatistics {
  const numbers = () => new Float32Array(rows);
  return {
    logSumExp: numbers(),
    entropy: numbers(),
    effectiveKeys: numbers(),
    distance: numbers(),
    diagonal: numbers(),
    previous: numbers(),
    first: numbers(),
    marked: numbers(),
  };
}

/**
 * Ends the statistics of one head's rows, in float64. A weight is f·e with e = exp(x), where x = s − m and f
 * is 1/Σe, or with a sink of z: exp(m − n) / (Σe·exp(m − n) + exp(z − n)), n the larger of m and z. So
 * −Σ w ln w = −f·Σ e·x − ln f · f·Σe, and likewise for the others.
 */
export function finishStatistics(
  problem: Problem,
  head: number,
  walked: Float32Array,
): RowStatistics {
  const rows = walked.length / ROW_STATE_FLOATS;
  const statistics = emptyStatistics(rows);
  // As the kernel's `score_unit`, but in nats.
  const unit = problem.scoreModifiers.length > 0 ? 1 : Math.abs(problem.scale);
  const sink = problem.sinks?.[head] ?? -Infinity;
  for (let i = 0; i < rows; i++) {
    finishRow(
      statistics,
      i,
      walked.subarray(i * ROW_STATE_FLOATS, (i + 1) * ROW_STATE_FLOATS),
      unit,
      sink,
    );
  }
  return statistics;
}

function finishRow(
  statistics: RowStatistics,
  i: number,
  walked: Float32Array,
  unit: number,
  sink: number,
): void {
  const sum = walked[SUM];
  if (sum === 0) {
    // It sees no key: everything stays 0.
    statistics.logSumExp[i] = sink;
    return;
  }
  const maximum = walked[MAXIMUM] * unit;
  const top = Math.max(maximum, sink);
  const total = sum * Math.exp(maximum - top) + Math.exp(sink - top);
  statistics.logSumExp[i] = top + Math.log(total);
  const logFactor = maximum - top - Math.log(total);
  const factor = Math.exp(logFactor);
  const share = factor * sum;
  statistics.entropy[i] = -factor * Math.LN2 * walked[EXPONENTS] - logFactor * share;
  statistics.effectiveKeys[i] = 1 / factor / factor / walked[SQUARES];
  statistics.distance[i] = factor * walked[DISTANCES];
  // A hidden key's weight is 0, also in a row whose others are NaN.
  const weightAt = (place: number) => (walked[place] === 0 ? 0 : factor * walked[place]);
  statistics.diagonal[i] = weightAt(KEY_WEIGHTS);
  statistics.previous[i] = weightAt(KEY_WEIGHTS + 1);
  statistics.first[i] = weightAt(KEY_WEIGHTS + 2);
  statistics.marked[i] = weightAt(KEY_WEIGHTS + 3);
}

type RowNumbers = { readonly [Name in keyof RowStatistics]: number };

/** Bound on the error of a weight, as the kernels compute it in float32. */
export const weightBound = (
  weight: number,
  row: Parameters<typeof outputErrorFactor>[0],
  options: BoundOptions,
): number => outputErrorFactor(row, options) * weight + storageError(weight, 'f32');

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
  row: Parameters<typeof outputErrorFactor>[0],
  exact: RowNumbers,
  meanExponent: number,
  options: BoundOptions,
): RowNumbers {
  if (row.keys === 0) {
    const zero = 0;
    const logSumExp = 2 ** -22 * (Number.isFinite(exact.logSumExp) ? Math.abs(exact.logSumExp) : 0);
    return {
      logSumExp,
      entropy: zero,
      effectiveKeys: zero,
      distance: zero,
      diagonal: zero,
      previous: zero,
      first: zero,
      marked: zero,
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
