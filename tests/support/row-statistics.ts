import type { RowStatistics } from '../../src/attention/maps/weight-map';
import { isVisible } from '../../src/attention/modifiers/combine';
import { createProblem, type ProblemOptions } from '../../src/attention/problem';
import { type HeadsSource, NO_MARK } from '../../src/features/heads/model/source';

/** The weights of one row, in float64 and by nothing but the definition. */
export function weightsOf(
  source: HeadsSource,
  layer: number,
  head: number,
  row: number,
  options: ProblemOptions = {},
): Float64Array {
  const { heads, kvHeads, queryLength, keyLength, headSize } = source;
  const shape = { batch: source.layers, heads, kvHeads, queryLength, keyLength, headSize };
  const problem = createProblem({ ...shape, valueSize: 1 }, options);
  const q = ((layer * heads + head) * queryLength + row) * headSize;
  const kvHead = Math.floor(head / (heads / kvHeads));
  const scores = Float64Array.from({ length: keyLength }, (_, key) => {
    if (!isVisible(problem.mask, layer, head, row, key)) return -Infinity;
    const k = ((layer * kvHeads + kvHead) * keyLength + key) * headSize;
    let dot = 0;
    for (let d = 0; d < headSize; d++) dot += source.query[q + d] * source.key[k + d];
    return problem.scoreModifiers.reduce(
      (score, modifier) => modifier.score(score, layer, head, row, key),
      dot * problem.scale,
    );
  });
  const largest = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  if (largest === -Infinity) return new Float64Array(keyLength);
  const exponentials = scores.map((score) => Math.exp(score - largest));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / sum);
}

/** What the kernels' row statistics are, by their definitions, for the rows asked for. */
export function statisticsOf(
  source: HeadsSource,
  layer: number,
  head: number,
  rows: readonly number[] = Array.from({ length: source.queryLength }, (_, i) => i),
  options: ProblemOptions = {},
): RowStatistics {
  const array = () => new Float32Array(rows.length);
  const statistics = {
    logSumExp: array(),
    entropy: array(),
    effectiveKeys: array(),
    distance: array(),
    diagonal: array(),
    previous: array(),
    first: array(),
    marked: array(),
  };
  rows.forEach((row, i) => {
    const weights = weightsOf(source, layer, head, row, options);
    let squares = 0;
    weights.forEach((w, key) => {
      if (w > 0) statistics.entropy[i] -= w * Math.log(w);
      squares += w * w;
      statistics.distance[i] += w * Math.abs(row - key);
    });
    statistics.effectiveKeys[i] = squares > 0 ? 1 / squares : 0;
    statistics.diagonal[i] = weights[row] ?? 0;
    statistics.previous[i] = weights[row - 1] ?? 0;
    statistics.first[i] = weights[0];
    const mark = source.marks?.[row] ?? NO_MARK;
    statistics.marked[i] = mark === NO_MARK ? 0 : weights[mark];
  });
  return statistics;
}
