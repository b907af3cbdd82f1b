import type { RowMagnitudes } from '../error-bound';
import { isVisible, visibleRange } from '../modifiers/combine';
import type { Problem } from '../problem';

/** Queries and keys, laid out as the problem says; in float16 as rounded to it. */
export interface MapOperands {
  readonly query: ArrayLike<number>;
  readonly key: ArrayLike<number>;
}

/** One row of weights in float64, and what error bounds need to know of it. */
export interface ReferenceRow extends RowMagnitudes {
  /** One a key, 0 where it is hidden. Overwritten by the next row. */
  readonly weights: Float64Array;
  readonly logSumExp: number;
}

/** Computes one head's rows, one at a time. Hidden keys are never read. */
export class ReferenceRows {
  readonly #weights: Float64Array;
  readonly #visible: Int32Array;

  constructor(
    private readonly problem: Problem,
    private readonly operands: MapOperands,
    private readonly batch: number,
    private readonly head: number,
  ) {
    this.#weights = new Float64Array(problem.shape.keyLength);
    this.#visible = new Int32Array(problem.shape.keyLength);
  }

  row(query: number): ReferenceRow {
    const weights = this.#weights.fill(0);
    const keys = this.#findVisible(query);
    const sink = this.problem.sinks?.[this.head] ?? -Infinity;
    if (keys === 0) {
      const nothing = { keys, scoreSize: 0, modifiedSize: 0, scoreSpread: 0 };
      return { ...nothing, weights, logSumExp: sink };
    }
    const scoreSize = this.#score(query, keys);
    let [maximum, minimum] = [sink, Infinity];
    for (let j = 0; j < keys; j++) {
      maximum = Math.max(maximum, weights[this.#visible[j]]);
      minimum = Math.min(minimum, weights[this.#visible[j]]);
    }
    let sum = Math.exp(sink - maximum);
    for (let j = 0; j < keys; j++) {
      const key = this.#visible[j];
      weights[key] = Math.exp(weights[key] - maximum);
      sum += weights[key];
    }
    for (let j = 0; j < keys; j++) weights[this.#visible[j]] /= sum;
    return {
      weights,
      logSumExp: maximum + Math.log(sum),
      keys,
      scoreSize,
      modifiedSize: Math.max(Math.abs(maximum), Math.abs(minimum)),
      scoreSpread: maximum - minimum,
    };
  }

  #findVisible(query: number): number {
    const { mask, shape } = this.problem;
    const { batch, head } = this;
    const { first, end, exact } = visibleRange(mask, shape.keyLength, batch, head, query);
    let count = 0;
    for (let key = first; key < end; key++) {
      if (exact || isVisible(mask, batch, head, query, key)) this.#visible[count++] = key;
    }
    return count;
  }

  /** Puts the visible keys' scores where weights will be; returns the largest |scale|·‖q‖·‖k‖. */
  #score(query: number, keys: number): number {
    const { shape, strides, scale, scoreModifiers } = this.problem;
    const { batch, head, operands } = this;
    const kvHead = Math.floor(head / (shape.heads / shape.kvHeads));
    const queryStart =
      batch * strides.query.batch + head * strides.query.head + query * strides.query.row;
    const keyStart = batch * strides.key.batch + kvHead * strides.key.head;
    let querySquared = 0;
    for (let d = 0; d < shape.headSize; d++) querySquared += operands.query[queryStart + d] ** 2;
    let largestKey = 0;
    for (let j = 0; j < keys; j++) {
      const key = this.#visible[j];
      const start = keyStart + key * strides.key.row;
      let [dot, keySquared] = [0, 0];
      for (let d = 0; d < shape.headSize; d++) {
        const value = operands.key[start + d];
        dot += operands.query[queryStart + d] * value;
        keySquared += value * value;
      }
      largestKey = Math.max(largestKey, keySquared);
      let score = scale * dot;
      for (const modifier of scoreModifiers) {
        score = modifier.score(score, batch, head, query, key);
      }
      this.#weights[key] = score;
    }
    return Math.abs(scale) * Math.sqrt(querySquared * largestKey);
  }
}
