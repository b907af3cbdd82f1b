import { causal as causalMask } from '../../../../attention/modifiers/causal';
import { createProblem, type Problem } from '../../../../attention/problem';
import { type Operands, reference } from '../../../../attention/reference';
import { attentionSteps } from '../attention';
import { type Matrix, multiply } from '../matrix';
import type { AttentionWeights } from './layers';

/**
 * Computes an attention problem, with outputs in the problem's layout: by GPU kernels, the CPU's, or the float64
 * reference. Operands are float64; implementations round them as they need.
 */
export type Attend = (
  problem: Problem,
  operands: Operands,
) => ArrayLike<number> | Promise<ArrayLike<number>>;

/**
 * Operands have their heads side by side in each row, as the projections make them. Outputs are head by head, as the
 * reference gives them in any layout.
 */
export const headsLayout = { query: 'bshd', key: 'bshd', value: 'bshd', output: 'bhsd' } as const;

export const attendByReference: Attend = (problem, operands) => reference(problem, operands).output;

interface MultiHeadOptions {
  readonly heads: number;
  readonly causal: boolean;
  readonly attend: Attend;
}

/** Every step of multi-head attention. Queries come from `from`, keys and values from `to`. */
export async function multiHeadAttention(
  from: Matrix,
  to: Matrix,
  { wq, wk, wv, wo }: AttentionWeights,
  { heads, causal, attend }: MultiHeadOptions,
) {
  const [query, key, value] = [multiply(from, wq), multiply(to, wk), multiply(to, wv)];
  const width = wq[0].length;
  const size = width / heads;
  const steps = Array.from({ length: heads }, (_, head) => {
    const columns = (rows: Matrix) => rows.map((row) => row.slice(head * size, (head + 1) * size));
    const hides = causal ? (i: number, j: number) => j > i : undefined;
    return attentionSteps(columns(query), columns(key), columns(value), { hides });
  });
  const [queryLength, keyLength] = [from.length, to.length];
  const problem = createProblem(
    { batch: 1, heads, kvHeads: heads, queryLength, keyLength, headSize: size, valueSize: size },
    { layout: headsLayout, mask: causal ? causalMask() : undefined },
  );
  const flat = [query, key, value].map((rows) => Float64Array.from(rows.flat()));
  const found = await attend(problem, { query: flat[0], key: flat[1], value: flat[2] });
  const sideBySide = from.map((_, row) =>
    Array.from({ length: width }, (_, d) => {
      const head = Math.floor(d / size);
      return found[(head * queryLength + row) * size + (d % size)];
    }),
  );
  return {
    /** (S × width), (L × width), (L × width): heads side by side. */
    query,
    key,
    value,
    /** One (S × L) matrix a head; scores are −∞ where a key is masked. */
    scores: steps.map(({ masked }) => masked),
    weights: steps.map(({ weights }) => weights),
    /** (S × width), as `attend` computed them. */
    heads: sideBySide,
    output: multiply(sideBySide, wo),
  };
}
