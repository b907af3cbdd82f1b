import { add, dot, type Matrix, multiply, scale, type Vector } from '../matrix';

/** The parts of an encoder or decoder layer that are not attention. Rows are words. */

/**
 * Where each word stands, as waves: sin(p / 10000^(2i/d)) and the cosine beside it (Vaswani et al., 2017,
 * section 3.5). (length × width)
 */
export const sinusoidalPositions = (length: number, width: number): number[][] =>
  Array.from({ length }, (_, position) =>
    Array.from({ length: width }, (_, i) => {
      const angle = position / 10000 ** ((i - (i % 2)) / width);
      return i % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }),
  );

/** Added to the variance, so that a row of equal values can be divided. */
export const NORM_EPSILON = 1e-5;

/** Every row shifted to mean 0 and scaled to variance 1 (Ba, Kiros and Hinton, 2016), without gain or bias. */
export const layerNorm = (rows: Matrix): number[][] =>
  rows.map((row) => {
    const mean = row.reduce((a, b) => a + b, 0) / row.length;
    const centred = row.map((value) => value - mean);
    return scale(centred, 1 / Math.sqrt(dot(centred, centred) / row.length + NORM_EPSILON));
  });

/** The residual path: what was there, plus what a block made of it. */
export const residual = (before: Matrix, change: Matrix): number[][] =>
  before.map((row, i) => add(row, change[i]));

export interface FeedForwardWeights {
  /** (width × hidden) */
  readonly up: Matrix;
  /** (hidden) */
  readonly bias: Vector;
  /** (hidden × width) */
  readonly down: Matrix;
}

/** max(0, x·up + bias) · down: each word on its own. */
export function feedForward(rows: Matrix, { up, bias, down }: FeedForwardWeights) {
  const hidden = multiply(rows, up).map((row) => add(row, bias).map((value) => Math.max(0, value)));
  return { hidden, output: multiply(hidden, down) };
}
