import { InputError } from '../attention/input-error';
import { type Matrix, multiply, products, weightedSum } from './matrix';
import { logSumExp, softmax } from './similarity';

export interface AttentionOptions {
  /** Multiplies every score; 1/√d unless told. */
  readonly scale?: number;
  readonly temperature?: number;
  /** Which query may not see which key. */
  readonly hides?: (query: number, key: number) => boolean;
}

/** One head, every step of it: what a picture of attention shows. */
export interface AttentionSteps {
  /** Q·Kᵀ · scale / temperature (queries × keys). */
  readonly scores: Matrix;
  /** The same with −∞ where a key is hidden. */
  readonly masked: Matrix;
  /** softmax of each row; a row that sees nothing is all 0. */
  readonly weights: Matrix;
  /** ln of each row's denominator. */
  readonly logSumExp: readonly number[];
  /** Weights · V (queries × value size). */
  readonly output: Matrix;
}

/**
 * Attention step by step, in float64. Row by row: queries (S × d), keys (L × d), values (L × e).
 * @throws InputError where sizes do not fit.
 */
export function attentionSteps(
  query: Matrix,
  key: Matrix,
  value: Matrix,
  options: AttentionOptions = {},
): AttentionSteps {
  if (key.length !== value.length) {
    throw new InputError('values', value.length, `${key.length} rows, as many as there are keys`);
  }
  const { scale = 1 / Math.sqrt(query[0].length), temperature = 1, hides } = options;
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new InputError('temperature', temperature, 'a finite number above 0');
  }
  const factor = scale / temperature;
  const scores = products(query, key).map((row) => row.map((score) => score * factor));
  const masked = scores.map((row, i) => row.map((s, j) => (hides?.(i, j) ? -Infinity : s)));
  const weights = masked.map((row) => softmax(row));
  return {
    scores,
    masked,
    weights,
    logSumExp: masked.map((row) => logSumExp(row)),
    output: weights.map((row) => weightedSum(row, value)),
  };
}

/** Self-attention of words X (n × d) under W_Q, W_K and W_V, with what they make of X. */
export function selfAttention(
  x: Matrix,
  { wq, wk, wv }: { wq: Matrix; wk: Matrix; wv: Matrix },
  options: AttentionOptions = {},
) {
  const [query, key, value] = [wq, wk, wv].map((w) => multiply(x, w));
  return { query, key, value, ...attentionSteps(query, key, value, options) };
}
