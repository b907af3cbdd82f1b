import { distance, type Matrix } from '../matrix';
import { uniforms } from '../seeded';

/**
 * The places of `count` words in another order: `order[i]` is where the i-th word stood before. Seeded, and
 * never the order it was in, where there are two words or more; 0 leaves all as it is.
 */
export function shuffledOrder(count: number, shuffle: number): number[] {
  const places = Array.from({ length: count }, (_, i) => i);
  if (shuffle === 0 || count < 2) return places;
  const draws = uniforms(count, shuffle, 0x5f1e);
  const order = [...places].sort((a, b) => draws[a] - draws[b]);
  return order.every((place, i) => place === i) ? places.reverse() : order;
}

/** A word before and after a shuffle. */
export interface WordMove {
  readonly word: string;
  readonly before: number;
  readonly after: number;
  /** The largest difference between what comes out for it there and there. */
  readonly largest: number;
  /** ‖there − there‖ */
  readonly distance: number;
}

/** What comes out for each word in its own order (n × width), against another order of the same words. */
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
