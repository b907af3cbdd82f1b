/** a · b + c, as the fast CPU path computes it: fused where the build has relaxed SIMD. */
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * Ten chains of multiply-adds, enough for two units of a latency of five, four updates each a round: 320
 * operations. Factor and addend are 1, unknown to the compiler, so that each chain counts its updates. The sum
 * of all lanes is exact up to 2²⁴ updates a lane.
 */
export function multiplyAdds(rounds: i32, one: f32): f64 {
  const f = f32x4.splat(one);
  let a = f32x4.splat(0);
  let b = f32x4.splat(1);
  let c = f32x4.splat(2);
  let d = f32x4.splat(3);
  let e = f32x4.splat(4);
  let g = f32x4.splat(5);
  let h = f32x4.splat(6);
  let i = f32x4.splat(7);
  let j = f32x4.splat(8);
  let k = f32x4.splat(9);
  for (let round = 0; round < rounds; round++) {
    for (let update = 0; update < 4; update++) {
      a = multiplyAdd(a, f, f);
      b = multiplyAdd(b, f, f);
      c = multiplyAdd(c, f, f);
      d = multiplyAdd(d, f, f);
      e = multiplyAdd(e, f, f);
      g = multiplyAdd(g, f, f);
      h = multiplyAdd(h, f, f);
      i = multiplyAdd(i, f, f);
      j = multiplyAdd(j, f, f);
      k = multiplyAdd(k, f, f);
    }
  }
  const first = sumOfLanes(a) + sumOfLanes(b) + sumOfLanes(c) + sumOfLanes(d) + sumOfLanes(e);
  return first + sumOfLanes(g) + sumOfLanes(h) + sumOfLanes(i) + sumOfLanes(j) + sumOfLanes(k);
}

function sumOfLanes(x: v128): f64 {
  const first = <f64>f32x4.extract_lane(x, 0) + <f64>f32x4.extract_lane(x, 1);
  return first + <f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3);
}

/** The sum, modulo 2³², of all words from address 0: `bytes`, a multiple of 64. */
export function readMemory(bytes: usize): i32 {
  let a = i32x4.splat(0);
  let b = i32x4.splat(0);
  let c = i32x4.splat(0);
  let d = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 64) {
    a = i32x4.add(a, v128.load(at));
    b = i32x4.add(b, v128.load(at, 16));
    c = i32x4.add(c, v128.load(at, 32));
    d = i32x4.add(d, v128.load(at, 48));
  }
  const sum = i32x4.add(i32x4.add(a, b), i32x4.add(c, d));
  const first = i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1);
  return first + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3);
}
