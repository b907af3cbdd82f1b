import { Block, StripRange, TILE, stripCount, stripRange } from './block';
import { clearOutputs, packQueries, storeOutputs } from './rows';
import { hideOutside, scoreStrip } from './scores';
import { weighStrip } from './softmax';
import { addValues, addVisibleValues, areFinite } from './values';

/**
 * Fused attention for one block of rows, in the order of FlashAttention (Dao and others, 2022): a tile of
 * 64 keys at a time, so that scores are never stored beyond 64 × 8. `begin`, then `attend` or, where masks
 * or changes of the scores are asked outside, `score` and `fold` for each strip and tile; then `finish`.
 */

/** Readies queries and outputs. Maxima and sums are the caller's to set. */
export function begin(block: Block): void {
  packQueries(block);
  clearOutputs(block);
}

/** All tiles, where each row sees one run of keys. Strips skip what none of their rows sees. */
export function attend(block: Block): void {
  const strips = stripCount(block);
  for (let tile = block.firstKey; tile < block.endKey; tile += TILE) {
    const tileEnd = min(tile + TILE, block.endKey);
    for (let strip = 0; strip < strips; strip++) {
      const range = stripRange(block, strip);
      const first = max(tile, range.anyFirst);
      const count = min(tileEnd, range.anyEnd) - first;
      if (count <= 0) continue;
      const mixed = first < range.allFirst || first + count > range.allEnd;
      scoreStrip(block, strip, first, count);
      if (mixed) hideOutside(block, strip, first, count);
      weighStrip(block, strip, count);
      if (!mixed || areHiddenFinite(block, range, first, first + count)) {
        addValues(block, strip, first, count);
      } else {
        addVisibleValues(block, strip, first, count);
      }
    }
  }
}

/** Whether the values of the keys that only some rows see are finite. */
function areHiddenFinite(block: Block, range: StripRange, first: i32, end: i32): bool {
  const before = min(range.allFirst, end) - first;
  const from = max(range.allEnd, first);
  return areFinite(block, first, before) && areFinite(block, from, end - from);
}

/** A strip's scores with up to 64 keys, left in `block.scores` for the caller to change. */
export function score(block: Block, strip: i32, first: i32, count: i32): void {
  scoreStrip(block, strip, first, count);
}

/** Takes scores, −∞ where hidden, into the outputs. `mixed`: some of them are hidden. */
export function fold(block: Block, strip: i32, first: i32, count: i32, mixed: bool): void {
  weighStrip(block, strip, count);
  if (mixed && !areFinite(block, first, count)) addVisibleValues(block, strip, first, count);
  else addValues(block, strip, first, count);
}

export function finish(block: Block): void {
  storeOutputs(block);
}

export { attendDecode } from './decode';
