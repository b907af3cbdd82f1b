import { Block, columnGroups, TILE } from './block';
import { multiplyAdd, exp2, largestLane, larger, sumOfLanes } from './vector';

/** A row's scaled query, as it lies. */
function queryOf(block: Block, row: i32): usize {
  return block.queries + ((<usize>(row * block.headSize)) << 2);
}

/** A row's unfinished outputs: whole groups of eight columns. */
function outputsOf(block: Block, row: i32): usize {
  return block.outputs + ((<usize>(row * columnGroups(block))) << 5);
}

function packRow(block: Block, row: i32): void {
  const from = load<usize>(block.queryRows + ((<usize>row) << 2));
  const to = queryOf(block, row);
  const size = (<usize>block.headSize) << 2;
  for (let at: usize = 0; at < size; at += 4) {
    store<f32>(to + at, load<f32>(from + at) * block.scale);
  }
}

function clearRow(block: Block, row: i32): void {
  memory.fill(outputsOf(block, row), 0, (<usize>columnGroups(block)) << 5);
}

function divideRow(block: Block, row: i32): void {
  const from = outputsOf(block, row);
  const to = load<usize>(block.outputRows + ((<usize>row) << 2));
  const sum = load<f32>(block.sums + ((<usize>row) << 2));
  const factor: f32 = 1 / (sum == 0 ? 1 : sum);
  const size = (<usize>block.valueSize) << 2;
  for (let at: usize = 0; at < size; at += 4) {
    store<f32>(to + at, load<f32>(from + at) * factor);
  }
}

/** Scores of one row with `count` keys, one after another. A last group repeats its last key. */
function scoreRow(block: Block, row: i32, first: i32, count: i32): void {
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

/** Adds one row's weights times the values, 32 columns at a time and then eight. */
function addRowValues(block: Block, row: i32, first: i32, count: i32, correction: f32): void {
  const stride = block.valueStride;
  const start = block.values + <usize>first * stride;
  const outputs = outputsOf(block, row);
  const size = (<usize>block.valueSize) << 2;
  const factor = f32x4.splat(correction);
  let column: usize = 0;
  for (; column + 128 <= size; column += 128) {
    addWide(block.scores, start + column, stride, count, factor, outputs + column);
  }
  for (; column < size; column += 32) {
    addNarrow(block.scores, start + column, stride, count, factor, outputs + column);
  }
}

function addWide(
  weights: usize,
  values: usize,
  stride: usize,
  count: i32,
  factor: v128,
  outputs: usize,
): void {
  let a = f32x4.mul(v128.load(outputs), factor);
  let b = f32x4.mul(v128.load(outputs, 16), factor);
  let c = f32x4.mul(v128.load(outputs, 32), factor);
  let d = f32x4.mul(v128.load(outputs, 48), factor);
  let e = f32x4.mul(v128.load(outputs, 64), factor);
  let f = f32x4.mul(v128.load(outputs, 80), factor);
  let g = f32x4.mul(v128.load(outputs, 96), factor);
  let h = f32x4.mul(v128.load(outputs, 112), factor);
  for (let i = 0; i < count; i++) {
    const weight = v128.load32_splat(weights);
    a = multiplyAdd(weight, v128.load(values), a);
    b = multiplyAdd(weight, v128.load(values, 16), b);
    c = multiplyAdd(weight, v128.load(values, 32), c);
    d = multiplyAdd(weight, v128.load(values, 48), d);
    e = multiplyAdd(weight, v128.load(values, 64), e);
    f = multiplyAdd(weight, v128.load(values, 80), f);
    g = multiplyAdd(weight, v128.load(values, 96), g);
    h = multiplyAdd(weight, v128.load(values, 112), h);
    weights += 4;
    values += stride;
  }
  v128.store(outputs, a);
  v128.store(outputs, b, 16);
  v128.store(outputs, c, 32);
  v128.store(outputs, d, 48);
  v128.store(outputs, e, 64);
  v128.store(outputs, f, 80);
  v128.store(outputs, g, 96);
  v128.store(outputs, h, 112);
}

function addNarrow(
  weights: usize,
  values: usize,
  stride: usize,
  count: i32,
  factor: v128,
  outputs: usize,
): void {
  let a = f32x4.mul(v128.load(outputs), factor);
  let b = f32x4.mul(v128.load(outputs, 16), factor);
  for (let i = 0; i < count; i++) {
    const weight = v128.load32_splat(weights);
    a = multiplyAdd(weight, v128.load(values), a);
    b = multiplyAdd(weight, v128.load(values, 16), b);
    weights += 4;
    values += stride;
  }
  v128.store(outputs, a);
  v128.store(outputs, b, 16);
}

/**
 * The whole of a block with a few rows, as in decoding, each seeing one run of keys. A strip would waste
 * most of its lanes on them; here lanes run along the head instead, and one row is computed at a time
 * while a tile of keys and values, which takes longest to fetch, is in the cache.
 */
export function attendDecode(block: Block): void {
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
