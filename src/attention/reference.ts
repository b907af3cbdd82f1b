import type { ErrorModel } from '../numeric/rounding';
import {
  type RowMagnitudes,
  boundOptionsOf,
  logSumExpError,
  outputErrorFactor,
  storageError,
} from './error-bound';
import { kvHeadOf, rowStart } from './layout';
import { isVisible, visibleRange } from './modifiers/combine';
import type { Problem } from './problem';

/** Relative error of the logarithm of a number near 1, with the roundings beside it. */
const LOGARITHM_ERROR = 2 ** -20;

/** Operand values in host memory, laid out as in the problem. */
export interface Operands {
  readonly query: ArrayLike<number>;
  readonly key: ArrayLike<number>;
  readonly value: ArrayLike<number>;
}

export interface ReferenceOptions {
  /** Rows to compute, as flat indices (batch · heads + head) · queryLength + query; all by default. */
  readonly rows?: ArrayLike<number>;
  /** How rounding errors add up in the bounds. */
  readonly model?: ErrorModel;
}

/** Float64 results for each of `rows`, in order: E values and one log-sum-exp, with bounds for both. */
export interface ReferenceResult {
  readonly rows: ArrayLike<number>;
  readonly output: Float64Array;
  /** Largest error a float32 kernel may have, for each element. */
  readonly outputBound: Float64Array;
  readonly logSumExp: Float64Array;
  readonly logSumExpBound: Float64Array;
}

export const rowCount = ({ shape }: Problem): number =>
  shape.batch * shape.heads * shape.queryLength;

export function locateRow({ shape }: Pick<Problem, 'shape'>, row: number) {
  const query = row % shape.queryLength;
  const sequence = (row - query) / shape.queryLength;
  const head = sequence % shape.heads;
  return { batch: (sequence - head) / shape.heads, head, query };
}

/**
 * Scaled dot-product attention in float64, with error bounds. The semantics are those of the ONNX operator
 * `Attention`, opsets 23–25. A row with no visible key gives zeros and −∞; hidden keys are never read.
 */
export function reference(
  problem: Problem,
  operands: Operands,
  options: ReferenceOptions = {},
): ReferenceResult {
  const { valueSize, heads } = problem.shape;
  const rows = options.rows ?? Array.from({ length: rowCount(problem) }, (_, i) => i);
  const result: ReferenceResult = {
    rows,
    output: new Float64Array(rows.length * valueSize),
    outputBound: new Float64Array(rows.length * valueSize),
    logSumExp: new Float64Array(rows.length),
    logSumExpBound: new Float64Array(rows.length),
  };
  const bounds = boundOptionsOf(problem, options.model);
  let sequence = -1;
  let rowsOfHead!: ReferenceRows;
  for (let i = 0; i < rows.length; i++) {
    const { batch, head, query } = locateRow(problem, rows[i]);
    if (batch * heads + head !== sequence) {
      sequence = batch * heads + head;
      rowsOfHead = new ReferenceRows(problem, operands, batch, head);
    }
    const row = rowsOfHead.row(query);
    result.logSumExp[i] = row.logSumExp;
    if (row.keys === 0) {
      const sink = row.logSumExp;
      result.logSumExpBound[i] = sink === -Infinity ? 0 : LOGARITHM_ERROR * (1 + Math.abs(sink));
      continue;
    }
    result.logSumExpBound[i] = logSumExpError(row, row.logSumExp, bounds);
    const factor = outputErrorFactor(row, bounds);
    weighValues(problem, operands.value, batch, head, row, result, i, factor);
  }
  return result;
}

/** Row `index` of the output, and its bound. */
function weighValues(
  { shape, strides, type }: Problem,
  values: ArrayLike<number>,
  batch: number,
  head: number,
  { weights, visible }: ReferenceRow,
  { output, outputBound }: ReferenceResult,
  index: number,
  errorFactor: number,
): void {
  const valueStart = rowStart(strides.value, batch, kvHeadOf(shape, head), 0);
  const start = index * shape.valueSize;
  for (const key of visible) {
    const row = valueStart + key * strides.value.row;
    for (let e = 0; e < shape.valueSize; e++) {
      const term = weights[key] * values[row + e];
      output[start + e] += term;
      outputBound[start + e] += Math.abs(term);
    }
  }
  for (let e = start; e < start + shape.valueSize; e++) {
    outputBound[e] = outputBound[e] * errorFactor + storageError(output[e], type);
  }
}

/** One row of weights in float64, and the magnitudes that error bounds depend on. */
export interface ReferenceRow extends RowMagnitudes {
  /** One for each key, 0 where it is hidden. Overwritten by the next row. */
  readonly weights: Float64Array;
  /** The visible keys, ascending. Overwritten by the next row. */
  readonly visible: Int32Array;
  readonly logSumExp: number;
}

/** Computes one head's rows, one at a time. Hidden keys are never read. */
export class ReferenceRows {
  readonly #weights: Float64Array;
  readonly #visible: Int32Array;

  constructor(
    private readonly problem: Problem,
    private readonly operands: Omit<Operands, 'value'>,
    private readonly batch: number,
    private readonly head: number,
  ) {
    this.#weights = new Float64Array(problem.shape.keyLength);
    this.#visible = new Int32Array(problem.shape.keyLength);
  }

  row(query: number): ReferenceRow {
    const weights = this.#weights.fill(0);
    const visible = this.#findVisible(query);
    const keys = visible.length;
    const sink = this.problem.sinks?.[this.head] ?? -Infinity;
    if (keys === 0) {
      const none = { keys, scoreSize: 0, modifiedSize: 0, scoreSpread: 0 };
      return { ...none, weights, visible, logSumExp: sink };
    }
    const scoreSize = this.#score(query, visible);
    let [maximum, minimum] = [sink, Infinity];
    for (const key of visible) {
      maximum = Math.max(maximum, weights[key]);
      minimum = Math.min(minimum, weights[key]);
    }
    let sum = Math.exp(sink - maximum);
    for (const key of visible) {
      weights[key] = Math.exp(weights[key] - maximum);
      sum += weights[key];
    }
    for (const key of visible) weights[key] /= sum;
    return {
      weights,
      visible,
      logSumExp: maximum + Math.log(sum),
      keys,
      scoreSize,
      modifiedSize: Math.max(Math.abs(maximum), Math.abs(minimum)),
      scoreSpread: maximum - minimum,
    };
  }

  #findVisible(query: number): Int32Array {
    const { mask, shape } = this.problem;
    const { batch, head } = this;
    const { first, end, exact } = visibleRange(mask, shape.keyLength, batch, head, query);
    let count = 0;
    for (let key = first; key < end; key++) {
      if (exact || isVisible(mask, batch, head, query, key)) this.#visible[count++] = key;
    }
    return this.#visible.subarray(0, count);
  }

  /** Writes the visible keys' scores in place of their weights; returns the largest |scale|·‖q‖·‖k‖. */
  #score(query: number, visible: Int32Array): number {
    const { shape, strides, scale, scoreModifiers } = this.problem;
    const { batch, head, operands } = this;
    const queryStart = rowStart(strides.query, batch, head, query);
    const keyStart = rowStart(strides.key, batch, kvHeadOf(shape, head), 0);
    let querySquared = 0;
    for (let d = 0; d < shape.headSize; d++) querySquared += operands.query[queryStart + d] ** 2;
    let largestKey = 0;
    for (const key of visible) {
      const start = keyStart + key * strides.key.row;
      let [dot, keySquared] = [0, 0];
      for (let d = 0; d < shape.headSize; d++) {
        const value = operands.key[start + d];
        dot += operands.query[queryStart + d] * value;
        keySquared += value * value;
      }
      if (keySquared > largestKey) largestKey = keySquared;
      let score = scale * dot;
      for (const modifier of scoreModifiers) {
        score = modifier.score(score, batch, head, query, key);
      }
      this.#weights[key] = score;
    }
    return Math.abs(scale) * Math.sqrt(querySquared * largestKey);
  }
}
