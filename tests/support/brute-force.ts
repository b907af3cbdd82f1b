import type { Shape } from '../../src/attention/layout';

export type Visible = (batch: number, head: number, query: number, key: number) => boolean;

export interface BruteForceOptions {
  readonly scale?: number;
  readonly softcap?: number;
  readonly visible?: Visible;
  /** Added to capped scores; −∞ hides. */
  readonly bias?: (batch: number, head: number, query: number, key: number) => number;
  /** One more key for each head, with this score and a value of zeros. */
  readonly sinks?: readonly number[];
  readonly layout?: 'bhsd' | 'bshd';
}

type Matrix = number[][];

/**
 * Attention written as the formula is: whole matrices, transposed, multiplied and divided row by row.
 * No maximum is subtracted, so scores must be small. It shares no code with the library.
 */
export function bruteForce(
  shape: Shape,
  data: Record<'query' | 'key' | 'value', ArrayLike<number>>,
  options: BruteForceOptions = {},
): { output: number[]; logSumExp: number[] } {
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  const { scale = headSize ** -0.5, softcap, sinks, layout = 'bhsd' } = options;
  const { visible = () => true, bias = () => 0 } = options;
  const output: number[] = [];
  const logSumExp: number[] = [];
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const group = [...Array(kvHeads).keys()].flatMap((g) => Array(heads / kvHeads).fill(g))[h];
      const q = matrixOf(data.query, layout, b, h, [heads, queryLength, headSize]);
      const k = matrixOf(data.key, layout, b, group, [kvHeads, keyLength, headSize]);
      const v = matrixOf(data.value, layout, b, group, [kvHeads, keyLength, valueSize]);
      const exponentials = multiply(q, transpose(k, headSize)).map((row, i) =>
        row.map((dot, j) => {
          const score = scale * dot;
          const capped = softcap === undefined ? score : softcap * Math.tanh(score / softcap);
          return visible(b, h, i, j) ? Math.exp(capped + bias(b, h, i, j)) : 0;
        }),
      );
      if (sinks) {
        for (const row of exponentials) row.push(Math.exp(sinks[h]));
        v.push(Array(valueSize).fill(0));
      }
      const sums = exponentials.map((row) => row.reduce((total, weight) => total + weight, 0));
      const weighted = multiply(exponentials, v);
      output.push(
        ...weighted.flatMap((row, i) => row.map((x) => (sums[i] === 0 ? 0 : x / sums[i]))),
      );
      logSumExp.push(...sums.map(Math.log));
    }
  }
  return { output, logSumExp };
}

/** Cuts one head out of a tensor by walking its dimensions outermost first. */
function matrixOf(
  values: ArrayLike<number>,
  layout: 'bhsd' | 'bshd',
  batch: number,
  head: number,
  [heads, length, size]: [number, number, number],
): Matrix {
  return Array.from({ length }, (_, row) => {
    const outer = layout === 'bhsd' ? [heads, head, length, row] : [length, row, heads, head];
    const [secondExtent, second, thirdExtent, third] = outer;
    const start = ((batch * secondExtent + second) * thirdExtent + third) * size;
    return Array.from({ length: size }, (_, i) => values[start + i]);
  });
}

const transpose = (matrix: Matrix, columns: number): Matrix =>
  Array.from({ length: columns }, (_, j) => matrix.map((row) => row[j]));

const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0].map((_, j) => row.reduce((total, x, i) => total + x * b[i][j], 0)));
