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
 * Finishes the statistics of one head's rows, in float64. A weight is f·e with e = exp(x), where x = s − m and f
 * is 1/Σe, or with a sink of z: exp(m − n) / (Σe·exp(m − n) + exp(z − n)), n the larger of m and z. So
 * −Σ w ln w = −f·Σ e·x − ln f · f·Σe, and likewise for the others.
 */
export function finishStatistics(
  problem: Problem,
  head: number,
  states: Float32Array,
): RowStatistics {
  const rows = states.length / ROW_STATE_FLOATS;
  const statistics = emptyStatistics(rows);
  // As the kernel's `score_unit`, but in nats.
  const unit = problem.scoreModifiers.length > 0 ? 1 : Math.abs(problem.scale);
  const sink = problem.sinks?.[head] ?? -Infinity;
  for (let i = 0; i < rows; i++) {
    const state = states.subarray(i * ROW_STATE_FLOATS, (i + 1) * ROW_STATE_FLOATS);
    finishRow(statistics, i, state, unit, sink);
  }
  return statistics;
}

function finishRow(
  statistics: RowStatistics,
  i: number,
  states: Float32Array,
  unit: number,
  sink: number,
): void {
  const sum = states[SUM];
  if (sum === 0) {
    // No visible key: everything stays 0.
    statistics.logSumExp[i] = sink;
    return;
  }
  const maximum = states[MAXIMUM] * unit;
  const top = Math.max(maximum, sink);
  const total = sum * Math.exp(maximum - top) + Math.exp(sink - top);
  statistics.logSumExp[i] = top + Math.log(total);
  const logFactor = maximum - top - Math.log(total);
  const factor = Math.exp(logFactor);
  const share = factor * sum;
  statistics.entropy[i] = -factor * Math.LN2 * states[EXPONENTS] - logFactor * share;
  statistics.effectiveKeys[i] = 1 / factor / factor / states[SQUARES];
  statistics.distance[i] = factor * states[DISTANCES];
  // A hidden key's weight is 0, even in a row of NaN.
  const weightAt = (index: number) => (states[index] === 0 ? 0 : factor * states[index]);
  statistics.diagonal[i] = weightAt(KEY_WEIGHTS);
  statistics.previous[i] = weightAt(KEY_WEIGHTS + 1);
  statistics.first[i] = weightAt(KEY_WEIGHTS + 2);
  statistics.marked[i] = weightAt(KEY_WEIGHTS + 3);
}
