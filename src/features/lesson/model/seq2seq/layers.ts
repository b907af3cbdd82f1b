import { add, dot, type Matrix, multiply, scale, type Vector } from '../matrix';
import { normalMatrix, normals, hashText } from '../seeded';
import { wordKey } from '../sentence';

/** The parts of an encoder or decoder layer that are not attention. Rows are words. */

/**
 * Sinusoidal positions (length × width): sin(p / 10000^(2i/d)) and the cosine beside it (Vaswani et al., 2017,
 * section 3.5).
 */
export const sinusoidalPositions = (length: number, width: number): number[][] =>
  Array.from({ length }, (_, position) =>
    Array.from({ length: width }, (_, i) => {
      const angle = position / 10000 ** ((i - (i % 2)) / width);
      return i % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }),
  );

/** Added to the variance, so that a row of equal values does not divide by 0. */
export const NORM_EPSILON = 1e-5;

/** Every row shifted to mean 0 and scaled to variance 1 (Ba, Kiros and Hinton, 2016), without gain or bias. */
export const layerNorm = (rows: Matrix): number[][] =>
  rows.map((row) => {
    const mean = row.reduce((a, b) => a + b, 0) / row.length;
    const centred = row.map((value) => value - mean);
    return scale(centred, 1 / Math.sqrt(dot(centred, centred) / row.length + NORM_EPSILON));
  });

/** A residual connection: a block's input plus its output. */
export const residual = (before: Matrix, change: Matrix): number[][] =>
  before.map((row, i) => add(row, change[i]));

interface FeedForwardWeights {
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

export interface AttentionWeights {
  /** All (width × width); heads are groups of columns of the first three. */
  readonly wq: Matrix;
  readonly wk: Matrix;
  readonly wv: Matrix;
  /** Output projection of the concatenated heads. */
  readonly wo: Matrix;
}

/** Values in a word's vector. */
const WIDTH = 16;
/** A divisor of the width. */
const HEADS = 2;
/** Values between the two matrices of the feed-forward block. */
const HIDDEN = 32;

/** Weights of one encoder layer and one decoder layer. */
export type ModelWeights = ReturnType<typeof untrainedWeights>;

/** Untrained weights: seeded, normal, of variance 1/inputs, which keeps activations at their size. */
export function untrainedWeights(seed: number) {
  let stream = 0x52c0;
  const matrix = (rows: number, columns: number) =>
    normalMatrix(rows, columns, seed, stream++, 1 / Math.sqrt(rows));
  const square = () => matrix(WIDTH, WIDTH);
  const attention = (): AttentionWeights => ({
    wq: square(),
    wk: square(),
    wv: square(),
    wo: square(),
  });
  const feedForward = (): FeedForwardWeights => ({
    up: matrix(WIDTH, HIDDEN),
    bias: normals(HIDDEN, seed, stream++).map((value) => value / 10),
    down: matrix(HIDDEN, WIDTH),
  });
  return {
    width: WIDTH,
    heads: HEADS,
    seed,
    /** Shown beside everything computed with these weights. */
    note: `Untrained: weights drawn from seed ${seed}. The steps are real, what comes out means nothing.`,
    encoder: { attention: attention(), feedForward: feedForward() },
    decoder: { attention: attention(), cross: attention(), feedForward: feedForward() },
  };
}

/** A word's embedding (width), determined by the word and the seed. */
export const embed = ({ width, seed }: ModelWeights, word: string): Vector =>
  normals(width, (seed ^ hashText(wordKey(word))) >>> 0, 0xe4be);
