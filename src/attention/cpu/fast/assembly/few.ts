import { Block, TILE } from './block';
import { clearRow, divideRow, packRow } from './few-rows';
import { scoreRow } from './few-scores';
import { addRowValues } from './few-values';
import { exp2, largestLane, larger, sumOfLanes } from './vector';

/**
 * The whole of a block with a few rows, as in decoding, each seeing one run of keys. A strip would waste
 * most of its lanes on them; here lanes run along the head instead, and one row is computed at a time
 * while a tile of keys and values, which takes longest to fetch, is in the cache.
 */
export function attendFew(block: Block): void {
  for (let row = 0; row < block.rows; row++) {
    packRow(block, row);
    clearRow(block, row);
  }
  for (let tile = block.firstKey; tile < block.endKey; tile += TILE) {
    const tileEnd = min(tile + TILE, block.endKey);
    for (let row = 0; row < block.rows; row++) {
      const at = (<usize>row) << 2;
      const first = max(tile, load<i32>(block.firstKeys + at));
      const count = min(tileEnd, load<i32>(block.endKeys + at)) - first;
      if (count <= 0) continue;
      scoreRow(block, row, first, count);
      const correction = weighRow(block, row, count);
      addRowValues(block, row, first, count, correction);
    }
  }
  for (let row = 0; row < block.rows; row++) divideRow(block, row);
}

/** As `weighStrip`, for scores one after another. Returns what earlier outputs must be multiplied by. */
function weighRow(block: Block, row: i32, count: i32): f32 {
  const at = (<usize>row) << 2;
  const scores = block.scores;
  const end = scores + ((<usize>count) << 2);
  const wholeEnd = scores + ((<usize>((count + 3) & ~3)) << 2);
  for (let tail = end; tail < wholeEnd; tail += 4) store<f32>(tail, -Infinity);
  const before = load<f32>(block.maxima + at);
  let maxima = f32x4.splat(before);
  for (let score = scores; score < end; score += 16) maxima = larger(v128.load(score), maxima);
  const maximum = largestLane(maxima);
  store<f32>(block.maxima + at, maximum);
  const base = f32x4.splat(maximum == -Infinity ? 0 : maximum);
  let sums = f32x4.splat(0);
  for (let score = scores; score < end; score += 16) {
    const weights = exp2(f32x4.sub(v128.load(score), base));
    v128.store(score, weights);
    sums = f32x4.add(sums, weights);
  }
  const correction = f32x4.extract_lane(exp2(f32x4.sub(f32x4.splat(before), base)), 0);
  store<f32>(block.sums + at, load<f32>(block.sums + at) * correction + sumOfLanes(sums));
  return correction;
}
