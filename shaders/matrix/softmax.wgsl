// The online softmax of a tile's rows, by single lanes: ROW_LANES neighbours share a row, and take its keys
// in turn.
//
// Weights are relative to a maximum that may be a little behind: outputs are rescaled only where a row's
// maximum has grown by more than HEADROOM, which the outputs' way through workgroup memory is worth. Each
// weight is stored as two float16, itself and what that leaves out, so that it keeps the precision that the
// error bound is derived from. Both make use of float16's range: the largest weight is WEIGHT_UNIT, times
// what the headroom allows.

const ROW_LANES: u32 = THREADS / TILE_QUERIES;
const WEIGHT_STRIDE: u32 = 2u * TILE_KEYS + HALF_PADDING;
const WEIGHT_UNIT: f32 = 1024.0;
// In units of log 2: together the two reach 2^15, half of what float16 can hold.
const HEADROOM: f32 = 5.0;
const QUIET_NAN: u32 = 0x7fc00000u;

var<workgroup> weight_tile: array<f16, TILE_QUERIES * WEIGHT_STRIDE>;
var<workgroup> row_factors: array<f32, TILE_QUERIES>;
// Whether a row's maximum has outgrown its headroom.
var<workgroup> outgrown: atomic<u32>;

// What a lane holds of its row.
struct Softmax {
  // What weights are relative to.
  maximum: f32,
  // Of the lane's own weights, in units of WEIGHT_UNIT.
  sum: f32,
}

fn nothing_weighed() -> Softmax {
  return Softmax(HIDDEN_SCORE, 0.0);
}

fn row_maximum(own: f32) -> f32 {
  var maximum = own;
  for (var step = 1u; step < ROW_LANES; step *= 2u) {
    maximum = max(maximum, subgroupShuffleXor(maximum, step));
  }
  return maximum;
}

fn row_sum(own: f32) -> f32 {
  var sum = own;
  for (var step = 1u; step < ROW_LANES; step *= 2u) {
    sum += subgroupShuffleXor(sum, step);
  }
  return sum;
}

// Scales the row's scores, applies score modifiers, and in mixed tiles the mask; returns the largest.
fn finish_scores(thread: u32, unit: Unit, first_key: u32, mixed: bool) -> f32 {
  let row = row_of(unit, thread / ROW_LANES);
  let start = (thread / ROW_LANES) * SCORE_STRIDE;
  var largest = HIDDEN_SCORE;
  for (var k = thread % ROW_LANES; k < TILE_KEYS; k += ROW_LANES) {
    let raw = score_tile[start + k] * parameters.query_scale;
    let score = finished_score(raw, row, first_key + k, mixed);
    score_tile[start + k] = score;
    largest = max(largest, score);
  }
  return row_maximum(largest);
}

// A weight rounded to float16's eleven bits. Not by converting it there and back, which compilers leave out.
// NaN stays NaN, whatever its bits.
fn nearest_half(weight: f32) -> f32 {
  return bitcast<f32>((min(bitcast<u32>(weight), QUIET_NAN) + 0x1000u) & 0xffffe000u);
}

// Stores the row's weights, and returns the sum of the lane's. Call it in uniform control
// flow. On return `score_tile` is free.
fn store_weights(thread: u32, maximum: f32) -> f32 {
  let row = thread / ROW_LANES;
  var sum = 0.0;
  for (var k = thread % ROW_LANES; k < TILE_KEYS; k += ROW_LANES) {
    let score = score_tile[row * SCORE_STRIDE + k];
    let weight = WEIGHT_UNIT * exp2((score - maximum) * parameters.score_unit);
    // Exactly zero for hidden keys also where the row has no visible one.
    let shown = select(weight, 0.0, score == HIDDEN_SCORE);
    let stored = nearest_half(shown);
    weight_tile[row * WEIGHT_STRIDE + k] = f16(stored);
    weight_tile[row * WEIGHT_STRIDE + TILE_KEYS + k] = f16(shown - stored);
    sum += shown;
  }
  workgroupBarrier();
  return sum;
}

// The row's maximum, with the tile's scores; says so in `outgrown` where that is too much to leave the outputs as
// they are. Call it in uniform control flow.
fn grow(softmax: Softmax, thread: u32, unit: Unit, first_key: u32, mixed: bool) -> f32 {
  workgroupBarrier();
  let grown = max(softmax.maximum, finish_scores(thread, unit, first_key, mixed));
  // What has no maximum yet has no outputs either.
  let began = softmax.maximum != HIDDEN_SCORE;
  if (began && (grown - softmax.maximum) * parameters.score_unit > HEADROOM) {
    atomicStore(&outgrown, 1u);
  }
  return grown;
}

// The softmax relative to the grown maximum, where it must be (`rescaling`) or nothing was summed yet.
// Leaves the outputs' factor in row_factors.
fn relate(before: Softmax, grown: f32, thread: u32, rescaling: bool) -> Softmax {
  if (!rescaling) {
    return Softmax(select(before.maximum, grown, before.maximum == HIDDEN_SCORE), before.sum);
  }
  let factor = exp2((before.maximum - grown) * parameters.score_unit);
  if (thread % ROW_LANES == 0u) {
    row_factors[thread / ROW_LANES] = factor;
  }
  atomicStore(&outgrown, 0u);
  return Softmax(grown, before.sum * factor);
}

// Ends the softmax of the lane's row: leaves its outputs' factor in row_factors, and returns it.
fn end_row(softmax: Softmax, thread: u32, unit: Unit) -> f32 {
  let end = end_softmax(softmax.maximum, row_sum(softmax.sum) / WEIGHT_UNIT, unit.head);
  let factor = end.factor / WEIGHT_UNIT;
  if (thread % ROW_LANES == 0u) {
    store_log_sum_exp(row_of(unit, thread / ROW_LANES), end);
    row_factors[thread / ROW_LANES] = factor;
  }
  workgroupBarrier();
  return factor;
}
