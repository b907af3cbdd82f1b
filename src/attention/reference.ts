import type { ErrorModel } from '../numeric/rounding';
import {
  type BoundOptions,
  boundOptionsOf,
  logSumExpError,
  outputErrorFactor,
  storageError,
} from './error-bound';
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
  const { valueSize, keyLength } = problem.shape;
  const rows = options.rows ?? Array.from({ length: rowCount(problem) }, (_, i) => i);
  const result: ReferenceResult = {
    rows,
    output: new Float64Array(rows.length * valueSize),
    outputBound: new Float64Array(rows.length * valueSize),
    logSumExp: new Float64Array(rows.length),
    logSumExpBound: new Float64Array(rows.length),
  };
  const bounds = boundOptionsOf(problem, options.model);
  const row = new RowEvaluator(problem, operands, keyLength);
  for (let i = 0; i < rows.length; i++) row.compute(rows[i], i, result, bounds);
  return result;
}

/** Computes one row at a time; owns the scratch space for its scores. */
class RowEvaluator {
  readonly #scores: Float64Array;
  readonly #visible: Int32Array;

  constructor(
    private readonly problem: Problem,
    private readonly operands: Operands,
    keyLength: number,
  ) {
    this.#scores = new Float64Array(keyLength);
    this.#visible = new Int32Array(keyLength);
  }

  compute(row: number, index: number, result: ReferenceResult, bounds: BoundOptions): void {
    const { batch, head, query } = locateRow(this.problem, row);
    const keys = this.#findVisible(batch, head, query);
    const sink = this.problem.sinks?.[head] ?? -Infinity;
    if (keys === 0) {
      result.logSumExp[index] = sink;
      result.logSumExpBound[index] =
        sink === -Infinity ? 0 : LOGARITHM_ERROR * (1 + Math.abs(sink));
      return;
    }
    const scoreSize = this.#score(keys, batch, head, query);
    const { maximum, minimum } = this.#extremes(keys, sink);
    const sum = this.#normalise(keys, maximum, Math.exp(sink - maximum));
    const modifiedSize = Math.max(Math.abs(maximum), Math.abs(minimum));
    const magnitudes = { keys, scoreSize, modifiedSize, scoreSpread: maximum - minimum };
    this.#combine(keys, batch, head, index, result, outputErrorFactor(magnitudes, bounds));
    const logSumExp = maximum + Math.log(sum);
    result.logSumExp[index] = logSumExp;
    result.logSumExpBound[index] = logSumExpError(magnitudes, logSumExp, bounds);
  }

  #findVisible(batch: number, head: number, query: number): number {
    const { mask, shape } = this.problem;
    const { first, end, exact } = visibleRange(mask, shape.keyLength, batch, head, query);
    let count = 0;
    for (let key = first; key < end; key++) {
      if (exact || isVisible(mask, batch, head, query, key)) this.#visible[count++] = key;
    }
    return count;
  }

  /** Computes the scores of the visible keys; returns the largest |scale|·‖q‖·‖k‖. */
  #score(keys: number, batch: number, head: number, query: number): number {
    const { shape, strides, scale, scoreModifiers } = this.problem;
    const { query: queryValues, key: keyValues } = this.operands;
    const kvHead = Math.floor(head / (shape.heads / shape.kvHeads));
    const queryStart =
      batch * strides.query.batch + head * strides.query.head + query * strides.query.row;
    const keyStart = batch * strides.key.batch + kvHead * strides.key.head;
    let querySquared = 0;
    for (let d = 0; d < shape.headSize; d++) querySquared += queryValues[queryStart + d] ** 2;
    let largestKey = 0;
    for (let j = 0; j < keys; j++) {
      const start = keyStart + this.#visible[j] * strides.key.row;
      let dot = 0;
      let keySquared = 0;
      for (let d = 0; d < shape.headSize; d++) {
        const k = keyValues[start + d];
        dot += queryValues[queryStart + d] * k;
        keySquared += k * k;
      }
      if (keySquared > largestKey) largestKey = keySquared;
      let score = scale * dot;
      for (const modifier of scoreModifiers) {
        score = modifier.score(score, batch, head, query, this.#visible[j]);
      }
      this.#scores[j] = score;
    }
    return Math.abs(scale) * Math.sqrt(querySquared * largestKey);
  }

  /** Extremes over the scores and the sink. */
  #extremes(keys: number, sink: number): { maximum: number; minimum: number } {
    let maximum = sink;
    let minimum = Infinity;
    for (let j = 0; j < keys; j++) {
      maximum = Math.max(maximum, this.#scores[j]);
      minimum = Math.min(minimum, this.#scores[j]);
    }
    return { maximum, minimum };
  }

  /** Turns scores into weights; returns the sum of exp(score − maximum), starting from the sink's term. */
  #normalise(keys: number, maximum: number, sum: number): number {
    for (let j = 0; j < keys; j++) {
      this.#scores[j] = Math.exp(this.#scores[j] - maximum);
      sum += this.#scores[j];
    }
    for (let j = 0; j < keys; j++) this.#scores[j] /= sum;
    return sum;
  }

  #combine(
    keys: number,
    batch: number,
    head: number,
    index: number,
    result: ReferenceResult,
    errorFactor: number,
  ): void {
    const { shape, strides, type } = this.problem;
    const kvHead = Math.floor(head / (shape.heads / shape.kvHeads));
    const valueStart = batch * strides.value.batch + kvHead * strides.value.head;
    const start = index * shape.valueSize;
    const { output, outputBound } = result;
    for (let j = 0; j < keys; j++) {
      const weight = this.#scores[j];
      const row = valueStart + this.#visible[j] * strides.value.row;
      for (let e = 0; e < shape.valueSize; e++) {
        const term = weight * this.operands.value[row + e];
        output[start + e] += term;
        outputBound[start + e] += Math.abs(term);
      }
    }
    for (let e = start; e < start + shape.valueSize; e++) {
      outputBound[e] = outputBound[e] * errorFactor + storageError(output[e], type);
    }
  }
}
