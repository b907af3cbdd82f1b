import { InputError } from '../../attention/input-error';
import type { Matrix, Vector } from '../matrix';
import { normalMatrix, normals, textSeed } from '../seeded';
import { wordKey } from '../words';
import type { FeedForwardWeights } from './layers';

export interface ModelShape {
  /** Values in a word's vector. */
  readonly width: number;
  /** A divisor of the width. */
  readonly heads: number;
  /** Values between the two matrices of the feed-forward block. */
  readonly hidden: number;
}

export interface AttentionWeights {
  /** All (width × width); heads are groups of columns of the first three. */
  readonly wq: Matrix;
  readonly wk: Matrix;
  readonly wv: Matrix;
  /** W_O mixes what the heads put side by side. */
  readonly wo: Matrix;
}

/** Weights of one encoder layer and one decoder layer. */
export interface ModelWeights extends ModelShape {
  readonly seed: number;
  /** To be shown beside everything computed with them. */
  readonly note: string;
  readonly encoder: {
    readonly attention: AttentionWeights;
    readonly feedForward: FeedForwardWeights;
  };
  readonly decoder: {
    readonly attention: AttentionWeights;
    readonly cross: AttentionWeights;
    readonly feedForward: FeedForwardWeights;
  };
}

export const smallShape: ModelShape = { width: 16, heads: 2, hidden: 32 };

/** Seeded normal weights of variance 1/inputs, which keep the size of what passes through. Untrained. */
export function untrainedWeights(seed = 1, shape: ModelShape = smallShape): ModelWeights {
  validate(shape);
  const { width, hidden } = shape;
  let stream = 0x52c0;
  const matrix = (rows: number, columns: number) =>
    normalMatrix(rows, columns, seed, stream++, 1 / Math.sqrt(rows));
  const attention = (): AttentionWeights => ({
    wq: matrix(width, width),
    wk: matrix(width, width),
    wv: matrix(width, width),
    wo: matrix(width, width),
  });
  const feedForward = (): FeedForwardWeights => ({
    up: matrix(width, hidden),
    bias: normals(hidden, seed, stream++).map((value) => value / 10),
    down: matrix(hidden, width),
  });
  return {
    ...shape,
    seed,
    note: `Untrained: weights drawn from seed ${seed}. The steps are real, what comes out means nothing.`,
    encoder: { attention: attention(), feedForward: feedForward() },
    decoder: { attention: attention(), cross: attention(), feedForward: feedForward() },
  };
}

/** A word's vector (width): the same for the same word and seed, wherever it stands. */
export const embed = ({ width, seed }: ModelWeights, word: string): Vector =>
  normals(width, (seed ^ textSeed(wordKey(word))) >>> 0, 0xe4be);

function validate({ width, heads, hidden }: ModelShape): void {
  const whole = (field: string, value: number, most: number) => {
    if (Number.isInteger(value) && value >= 1 && value <= most) return;
    throw new InputError(field, value, `a whole number from 1 to ${most}`);
  };
  whole('width', width, 256);
  whole('hidden', hidden, 1024);
  whole('heads', heads, width);
  if (width % heads !== 0) throw new InputError('heads', heads, `a divisor of width, ${width}`);
}
