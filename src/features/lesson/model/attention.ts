import { InputError } from '../../../attention/input-error';
import { dot, norm, type Vector, type Matrix, multiply, products, weightedSum } from './matrix';

/** a·b / (‖a‖‖b‖); NaN for a vector of length 0. */
export const cosine = (a: Vector, b: Vector): number => dot(a, b) / (norm(a) * norm(b));

/** a·b / √d, the score of attention; d is the number of values by default. */
export function scaledDot(a: Vector, b: Vector, headSize = a.length): number {
  return scaledScore(dot(a, b), headSize);
}

/** A score of vectors of `headSize` values, scaled by 1/√d. */
export function scaledScore(score: number, headSize: number): number {
  if (!(headSize >= 1)) throw new InputError('headSize', headSize, 'a number from 1');
  return score / Math.sqrt(headSize);
}

interface SoftmaxOptions {
  /** Divides every score: below 1 sharpens, above 1 evens out. */
  readonly temperature?: number;
  /** Which scores count as −∞, which gives a weight of exactly 0. */
  readonly hidden?: readonly boolean[];
}

/**
 * exp(sᵢ/T) / Σ exp(sⱼ/T). The largest score is subtracted first, which keeps the exponentials finite and changes
 * nothing else. If every score is −∞ or hidden, all weights are 0.
 * @throws InputError for a temperature that is not above 0.
 */
export function softmax(scores: Vector, options: SoftmaxOptions = {}): number[] {
  const effective = effectiveScores(scores, options);
  const largest = largestOf(effective);
  if (largest === -Infinity) return scores.map(() => 0);
  const powers = effective.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** ln Σ exp(sᵢ/T): the softmax's denominator, as a logarithm; −∞ where nothing is visible. */
export function logSumExp(scores: Vector, options: SoftmaxOptions = {}): number {
  const effective = effectiveScores(scores, options);
  const largest = largestOf(effective);
  if (largest === -Infinity) return -Infinity;
  return largest + Math.log(effective.reduce((sum, score) => sum + Math.exp(score - largest), 0));
}

/** Not `Math.max(...scores)`: a million scores are too many arguments. */
const largestOf = (scores: Vector): number =>
  scores.reduce((largest, score) => Math.max(largest, score), -Infinity);

function effectiveScores(scores: Vector, { temperature = 1, hidden }: SoftmaxOptions): number[] {
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new InputError('temperature', temperature, 'a finite number above 0');
  }
  return scores.map((score, i) => (hidden?.[i] ? -Infinity : score / temperature));
}

/** The temperature at which a score that leads by `lead` holds `share` of the weight of the two. */
export function temperatureFor(lead: number, share: number): number {
  if (!(share > 0 && share < 1)) throw new InputError('share', share, 'a number between 0 and 1');
  return lead / Math.log(share / (1 - share));
}

/**
 * Division by the sum, the obvious normalisation. It works only if no score is negative; `failure` says why shares are
 * not weights: the sum is 0, and they are not finite, or one is outside 0…1.
 */
export function sumNormalise(scores: Vector) {
  const sum = scores.reduce((a, b) => a + b, 0);
  const shares = scores.map((score) => score / sum);
  // Up to rounding: 0.1 + 0.2 − 0.3 counts as 0.
  const size = scores.reduce((a, b) => a + Math.abs(b), 0);
  const isZero = Math.abs(sum) <= scores.length * Number.EPSILON * size;
  const isOutside = shares.some((share) => share < 0 || share > 1);
  const failure = isZero ? 'zero-sum' : isOutside ? 'outside' : 'none';
  return { shares, sum, failure } as const;
}

/** The deck's mistake: e^s / e^(Σs) instead of e^s / Σ e^s. */
export function printedFractions(scores: Vector) {
  const denominator = Math.exp(scores.reduce((a, b) => a + b, 0));
  const shares = scores.map((score) => Math.exp(score) / denominator);
  return { shares, denominator, sum: shares.reduce((a, b) => a + b, 0) };
}

interface AttentionOptions {
  /** Multiplies every score; 1/√d by default. */
  readonly scale?: number;
  readonly temperature?: number;
  /** Which query may not see which key. */
  readonly hides?: (query: number, key: number) => boolean;
}

/**
 * Attention step by step in float64, of queries (S × d), keys (L × d) and values (L × e): scores Q·Kᵀ · scale /
 * temperature (S × L), the same with −∞ where a key is hidden, their softmax row by row (all 0 where no key is
 * visible), and weights · V (S × e).
 * @throws InputError where sizes do not fit.
 */
export function attentionSteps(
  query: Matrix,
  key: Matrix,
  value: Matrix,
  options: AttentionOptions = {},
) {
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
  return { scores, masked, weights, output: weights.map((row) => weightedSum(row, value)) };
}

/** Self-attention of words X (n × d), with queries, keys and values X·W_Q, X·W_K and X·W_V. */
export function selfAttention(
  x: Matrix,
  { wq, wk, wv }: { wq: Matrix; wk: Matrix; wv: Matrix },
  options: AttentionOptions = {},
) {
  const [query, key, value] = [wq, wk, wv].map((w) => multiply(x, w));
  return { query, key, value, ...attentionSteps(query, key, value, options) };
}
