import { createProblem } from '../../../attention/problem';
import { reference } from '../../../attention/reference';
import { STREAMS } from '../../../bench/cpu/operands';
import { createMask } from '../../../bench/masks';
import type { Settings } from '../../../bench/settings';
import { fillRandom } from '../../../numeric/random';

/**
 * Attention weights of one head over its first tokens, [query][key]. With the identity matrix as values, the output of
 * attention is its weights.
 */
export function firstHeadWeights(settings: Settings, tokens: number): Float64Array {
  const { headSize, mask, window, seed, distribution } = settings;
  const lengths = { queryLength: tokens, keyLength: tokens, valueSize: tokens };
  const problem = createProblem(
    { batch: 1, heads: 1, kvHeads: 1, headSize, ...lengths },
    { mask: createMask(mask, window) },
  );
  const random = (stream: number) =>
    fillRandom(new Float32Array(tokens * headSize), { seed, distribution, stream });
  const value = Float32Array.from({ length: tokens ** 2 }, (_, i) => +(i % (tokens + 1) === 0));
  return reference(problem, { query: random(STREAMS.query), key: random(STREAMS.key), value })
    .output;
}
