import { Block, STRIP_BYTES } from './block';
import { exp2, larger } from './vector';

/**
 * Turns a strip's scores into weights relative to the largest score so far, and brings its maxima and sums
 * up to date (Milakov and Gimelshein, "Online normalizer calculation for softmax", 2018). A row has its
 * own lane, so nothing is added across lanes. `corrections` tells what earlier outputs must be multiplied by.
 */
export function weighStrip(block: Block, strip: i32, count: i32): void {
  const at = <usize>strip * STRIP_BYTES;
  for (let half: usize = 0; half < STRIP_BYTES; half += 16) {
    weighFour(
      block.scores + half,
      count,
      block.maxima + at + half,
      block.sums + at + half,
      block.corrections + half,
    );
  }
}

function weighFour(
  scores: usize,
  count: i32,
  maxima: usize,
  sums: usize,
  corrections: usize,
): void {
  const end = scores + <usize>count * STRIP_BYTES;
  const before = v128.load(maxima);
  let maximum = before;
  for (let score = scores; score < end; score += STRIP_BYTES) {
    maximum = larger(v128.load(score), maximum);
  }
  v128.store(maxima, maximum);
  // A row that has seen nothing yet has the maximum −∞, and −∞ − −∞ would be NaN.
  const nothing = f32x4.eq(maximum, f32x4.splat(-Infinity));
  const base = v128.andnot(maximum, nothing);
  const correction = exp2(f32x4.sub(before, base));
  v128.store(corrections, correction);
  let sum = f32x4.splat(0);
  for (let score = scores; score < end; score += STRIP_BYTES) {
    const weight = exp2(f32x4.sub(v128.load(score), base));
    v128.store(score, weight);
    sum = f32x4.add(sum, weight);
  }
  v128.store(sums, f32x4.add(f32x4.mul(v128.load(sums), correction), sum));
}
