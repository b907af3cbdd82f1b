import { Block, STRIP_BYTES } from './block';
import { multiplyAdd } from './vector';

/**
 * Scores of a strip's eight rows with keys `first` … `first + count − 1`, as count × 8. Four keys by eight
 * rows are summed in registers: each step broadcasts one value of each key over the rows' lanes, so keys
 * are read as they lie, and only queries are transposed. A last group of keys that is not whole repeats
 * its last key; what it writes is never read.
 */
export function scoreStrip(block: Block, strip: i32, first: i32, count: i32): void {
  const stride = block.keyStride;
  const size = block.headSize;
  const queries = block.queries + <usize>(strip * size) * STRIP_BYTES;
  const start = block.keys + <usize>first * stride;
  const last = start + <usize>(count - 1) * stride;
  let key = start;
  let scores = block.scores;
  for (let done = 0; done < count; done += 4) {
    const b = min(key + stride, last);
    const c = min(b + stride, last);
    scoreFour(key, b, c, min(c + stride, last), queries, size, scores);
    key += 4 * stride;
    scores += 4 * STRIP_BYTES;
  }
}

function scoreFour(
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  queries: usize,
  size: i32,
  scores: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  for (let i = 0; i < size; i++) {
    const low = v128.load(queries);
    const high = v128.load(queries, 16);
    const x = v128.load32_splat(a);
    a0 = multiplyAdd(x, low, a0);
    a1 = multiplyAdd(x, high, a1);
    const y = v128.load32_splat(b);
    b0 = multiplyAdd(y, low, b0);
    b1 = multiplyAdd(y, high, b1);
    const z = v128.load32_splat(c);
    c0 = multiplyAdd(z, low, c0);
    c1 = multiplyAdd(z, high, c1);
    const w = v128.load32_splat(d);
    d0 = multiplyAdd(w, low, d0);
    d1 = multiplyAdd(w, high, d1);
    queries += STRIP_BYTES;
    a += 4;
    b += 4;
    c += 4;
    d += 4;
  }
  v128.store(scores, a0);
  v128.store(scores, a1, 16);
  v128.store(scores, b0, 32);
  v128.store(scores, b1, 48);
  v128.store(scores, c0, 64);
  v128.store(scores, c1, 80);
  v128.store(scores, d0, 96);
  v128.store(scores, d1, 112);
}

/** Puts −∞ where a row's own range of keys does not reach. */
export function hideOutside(block: Block, strip: i32, first: i32, count: i32): void {
  const at = <usize>strip * STRIP_BYTES;
  const hidden = f32x4.splat(-Infinity);
  for (let half: usize = 0; half < STRIP_BYTES; half += 16) {
    const begin = v128.load(block.firstKeys + at + half);
    const end = v128.load(block.endKeys + at + half);
    let scores = block.scores + half;
    for (let key = first; key < first + count; key++) {
      const here = i32x4.splat(key);
      const visible = v128.and(i32x4.ge_s(here, begin), i32x4.lt_s(here, end));
      v128.store(scores, v128.bitselect(v128.load(scores), hidden, visible));
      scores += STRIP_BYTES;
    }
  }
}
