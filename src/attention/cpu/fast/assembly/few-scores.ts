import { Block } from './block';
import { queryOf } from './few-rows';
import { multiplyAdd } from './vector';

/** Scores of one row with `count` keys, one after another. A last group repeats its last key. */
export function scoreRow(block: Block, row: i32, first: i32, count: i32): void {
  const query = queryOf(block, row);
  const stride = block.keyStride;
  const start = block.keys + <usize>first * stride;
  const last = start + <usize>(count - 1) * stride;
  let key = start;
  let score = block.scores;
  for (let done = 0; done < count; done += 4) {
    const b = min(key + stride, last);
    const c = min(b + stride, last);
    v128.store(score, scoreFour(query, key, b, c, min(c + stride, last), block.headSize));
    key += 4 * stride;
    score += 16;
  }
}

function scoreFour(query: usize, a: usize, b: usize, c: usize, d: usize, size: i32): v128 {
  const end = (<usize>size) << 2;
  const whole = end & ~15;
  const pairs = end & ~31;
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  let at: usize = 0;
  for (; at < pairs; at += 32) {
    const x = v128.load(query + at);
    const y = v128.load(query + at, 16);
    a0 = multiplyAdd(x, v128.load(a + at), a0);
    a1 = multiplyAdd(y, v128.load(a + at, 16), a1);
    b0 = multiplyAdd(x, v128.load(b + at), b0);
    b1 = multiplyAdd(y, v128.load(b + at, 16), b1);
    c0 = multiplyAdd(x, v128.load(c + at), c0);
    c1 = multiplyAdd(y, v128.load(c + at, 16), c1);
    d0 = multiplyAdd(x, v128.load(d + at), d0);
    d1 = multiplyAdd(y, v128.load(d + at, 16), d1);
  }
  if (at < whole) {
    const x = v128.load(query + at);
    a0 = multiplyAdd(x, v128.load(a + at), a0);
    b0 = multiplyAdd(x, v128.load(b + at), b0);
    c0 = multiplyAdd(x, v128.load(c + at), c0);
    d0 = multiplyAdd(x, v128.load(d + at), d0);
    at += 16;
  }
  let scores = sumsOfFour(
    f32x4.add(a0, a1),
    f32x4.add(b0, b1),
    f32x4.add(c0, c1),
    f32x4.add(d0, d1),
  );
  for (; at < end; at += 4) {
    let column = f32x4.splat(load<f32>(a + at));
    column = f32x4.replace_lane(column, 1, load<f32>(b + at));
    column = f32x4.replace_lane(column, 2, load<f32>(c + at));
    column = f32x4.replace_lane(column, 3, load<f32>(d + at));
    scores = multiplyAdd(v128.load32_splat(query + at), column, scores);
  }
  return scores;
}

/** Adds up the lanes of each. */
function sumsOfFour(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
