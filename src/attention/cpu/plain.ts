import { kvHeadOf, rowStart } from '../layout';
import { isVisible, visibleRange } from '../modifiers/combine';
import type { Problem } from '../problem';
import { type Operands, locateRow } from '../reference';

/**
 * Attention in plain TypeScript, stored as float32: what one would write first. It is the CPU contestant
 * and the path for browsers without WebGPU; correctness is the float64 reference's business.
 * Writes rows `rows` (flat indices) of the output, one after another, to `output` (rows × E), and their
 * log-sum-exp to `logSumExp` where that is given.
 */
export function plainAttention(
  problem: Problem,
  operands: Operands,
  rows: ArrayLike<number>,
  output: Float32Array,
  logSumExp?: Float32Array,
): void {
  const weights = new Float32Array(problem.shape.keyLength);
  for (let i = 0; i < rows.length; i++) {
    const lse = plainRow(problem, operands, rows[i], weights, output, i * problem.shape.valueSize);
    if (logSumExp) logSumExp[i] = lse;
  }
}

/** One row; returns its log-sum-exp. */
function plainRow(
  problem: Problem,
  { query, key, value }: Operands,
  row: number,
  weights: Float32Array,
  output: Float32Array,
  outputStart: number,
): number {
  const { shape, strides, scale, mask, scoreModifiers } = problem;
  const { headSize, valueSize, keyLength } = shape;
  const { batch, head, query: i } = locateRow(problem, row);
  const kvHead = kvHeadOf(shape, head);
  const queryStart = rowStart(strides.query, batch, head, i);
  const keyStart = rowStart(strides.key, batch, kvHead, 0);
  const valueStart = rowStart(strides.value, batch, kvHead, 0);
  const { first, end, exact } = visibleRange(mask, keyLength, batch, head, i);
  const shown = (j: number) => exact || isVisible(mask, batch, head, i, j);

  const sink = problem.sinks?.[head] ?? -Infinity;
  let maximum = sink;
  for (let j = first; j < end; j++) {
    if (!shown(j)) continue;
    let score = 0;
    const start = keyStart + j * strides.key.row;
    for (let d = 0; d < headSize; d++) score += query[queryStart + d] * key[start + d];
    score *= scale;
    for (const modifier of scoreModifiers) score = modifier.score(score, batch, head, i, j);
    weights[j] = score;
    // Math.max, unlike a comparison, lets NaN through.
    maximum = Math.max(maximum, weights[j]);
  }
  output.fill(0, outputStart, outputStart + valueSize);
  let sum = sink === -Infinity ? 0 : Math.exp(sink - maximum);
  for (let j = first; j < end; j++) {
    if (!shown(j)) continue;
    const weight = Math.exp(weights[j] - maximum);
    sum += weight;
    const start = valueStart + j * strides.value.row;
    for (let e = 0; e < valueSize; e++) output[outputStart + e] += weight * value[start + e];
  }
  if (sum === 0) return -Infinity;
  for (let e = 0; e < valueSize; e++) output[outputStart + e] /= sum;
  return maximum + Math.log(sum);
}
