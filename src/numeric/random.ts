import { normalQuantile } from './normal';
import { philox } from './philox';

export type Distribution = 'normal' | 'uniform';

export interface RandomOptions {
  /** A whole number from 0 to 2³² − 1. */
  readonly seed: number;
  /** Separates sequences of one seed: queries from keys, say. */
  readonly stream?: number;
  /** Standard normal, or uniform on (−1, 1). */
  readonly distribution?: Distribution;
  /** Position of the first value in its sequence; a sequence filled in parts is the same sequence. */
  readonly start?: number;
}

/** Fills `out` with seeded values: the same for the same options, on every engine and thread. */
export function fillRandom<T extends Float32Array | Float64Array>(
  out: T,
  options: RandomOptions,
): T {
  const { seed, stream = 0, distribution = 'normal', start = 0 } = options;
  const words = new Uint32Array(4);
  let block = -1;
  for (let i = 0; i < out.length; i++) {
    const position = start + i;
    const wanted = Math.floor(position / 4);
    if (wanted !== block) {
      block = wanted;
      philox(words, block, Math.floor(block / 2 ** 32), stream, 0, seed, 0);
    }
    // Half a step in from both ends: neither 0 nor 1, so the normal quantile is finite.
    const uniform = (words[position % 4] + 0.5) * 2 ** -32;
    out[i] = distribution === 'normal' ? normalQuantile(uniform) : 2 * uniform - 1;
  }
  return out;
}

/** `count` distinct whole numbers below `limit`, ascending: a seeded sample without replacement. */
export function sampleIndices(count: number, limit: number, seed: number): number[] {
  if (count >= limit) return Array.from({ length: limit }, (_, i) => i);
  const chosen = new Set<number>();
  const words = new Uint32Array(4);
  // Floyd's algorithm: each subset is equally likely, with one draw an element.
  for (let i = limit - count; i < limit; i++) {
    philox(words, i, 0, 0x5a4d, 0, seed, 0);
    const draw = Math.floor((words[0] * 2 ** -32 + words[1] * 2 ** -64) * (i + 1));
    chosen.add(chosen.has(draw) ? i : draw);
  }
  return [...chosen].sort((a, b) => a - b);
}
