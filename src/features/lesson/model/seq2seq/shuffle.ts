import { distance, type Matrix } from '../matrix';
import { uniforms } from '../seeded';

/**
 * A seeded permutation of `count` words: `order[i]` is the former position of the i-th word. It is never the identity
 * for two words or more, except that 0 leaves the order as it is.
 */
export function shuffledOrder(count: number, shuffle: number): number[] {
  const positions = Array.from({ length: count }, (_, i) => i);
  if (shuffle === 0 || count < 2) return positions;
  const draws = uniforms(count, shuffle, 0x5f1e);
  const order = [...positions].sort((a, b) => draws[a] - draws[b]);
  return order.every((position, i) => position === i) ? positions.reverse() : order;
}

/** A word before and after a shuffle. */
export interface WordMove {
  readonly word: string;
  readonly before: number;
  readonly after: number;
  /** The largest difference between its two outputs. */
  readonly largest: number;
  /** The Euclidean distance of its two outputs. */
  readonly distance: number;
}

/** Compares each word's output (width) in the sentence's own order with that in another order. */
export function comparePositions(
  words: readonly string[],
  order: readonly number[],
  own: Matrix,
  shuffled: Matrix,
): WordMove[] {
  return order
    .map((before, after) => ({
      word: words[before],
      before,
      after,
      largest: Math.max(...own[before].map((value, i) => Math.abs(value - shuffled[after][i]))),
      distance: distance(own[before], shuffled[after]),
    }))
    .sort((a, b) => a.before - b.before);
}
