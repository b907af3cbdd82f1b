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
export type WordMove = ReturnType<typeof comparePositions>[number];

/** Compares each word's output (width) in the sentence's own order with that in another order. */
export function comparePositions(
  words: readonly string[],
  order: readonly number[],
  own: Matrix,
  shuffled: Matrix,
) {
  return order
    .map((before, after) => ({
      word: words[before],
      before,
      after,
      /** The largest difference between its two outputs. */
      largest: Math.max(...own[before].map((value, i) => Math.abs(value - shuffled[after][i]))),
      /** The Euclidean distance of its two outputs. */
      distance: distance(own[before], shuffled[after]),
    }))
    .sort((a, b) => a.before - b.before);
}
