// The online softmax of a tile's rows, by single lanes: ROW_LANES neighbours share a row, and take its keys
// in turn.
//
// Weights are relative to a maximum that may lag behind: outputs are rescaled, which takes a trip through workgroup
// memory, only where a row's maximum has grown by more than HEADROOM. Each weight is stored as two float16, its
// rounded value and the remainder, to keep the precision that the error bound assumes. Both use float16's range: the
// largest weight is WEIGHT_UNIT times what the headroom allows.

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

// A lane's state for its row.
struct Softmax {
  // The maximum that weights are relative to.
  maximum: f32,
  // Sum of the lane's own weights, in units of WEIGHT_UNIT.
  sum: f32,
}

fn initial_softmax() -> Softmax {
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

// A weight rounded to float16's eleven bits. Done on bits, as compilers drop a conversion there and back. NaN stays
// NaN.
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
    // Exactly zero for hidden keys, even in a row without visible ones.
    let shown = select(weight, 0.0, score == HIDDEN_SCORE);
    let stored = nearest_half(shown);
    weight_tile[row * WEIGHT_STRIDE + k] = f16(stored);
    weight_tile[row * WEIGHT_STRIDE + TILE_KEYS + k] = f16(shown - stored);
    sum += shown;
  }
  workgroupBarrier();
  return sum;
}

// The row's maximum including the tile's scores. Sets `outgrown` where it exceeds the headroom, so that outputs must
// be rescaled. Call it in uniform control flow.
fn grow(softmax: Softmax, thread: u32, unit: Unit, first_key: u32, mixed: bool) -> f32 {
  workgroupBarrier();
  let grown = max(softmax.maximum, finish_scores(thread, unit, first_key, mixed));
  // Without a maximum there are no outputs to rescale yet.
  let began = softmax.maximum != HIDDEN_SCORE;
  if (began && (grown - softmax.maximum) * parameters.score_unit > HEADROOM) {
    atomicStore(&outgrown, 1u);
  }
  return grown;
}

// Makes the softmax relative to the grown maximum, if it must be (`rescaling`) or nothing was summed yet. Leaves the
// outputs' factor in row_factors.
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
  let end = finish_softmax(softmax.maximum, row_sum(softmax.sum) / WEIGHT_UNIT, unit.head);
  let factor = end.factor / WEIGHT_UNIT;
  if (thread % ROW_LANES == 0u) {
    store_log_sum_exp(row_of(unit, thread / ROW_LANES), end);
    row_factors[thread / ROW_LANES] = factor;
  }
  workgroupBarrier();
  return factor;
}
