// Non-finite values: rare, but matrix products get them wrong. A weight is split in two factors, of which one may be
// zero or negative, and a hidden key's weight is zero: infinity times either gives NaN.
//
// Where one occurs, the keys are processed again, with single lanes adding up the values: four columns of its row
// in each round, until there are no columns left. With keys in chunks the chunk is repeated, from the saved state
// before it, and so are the chunks after it, as their state is not finite.

const VALUE_QUADS: u32 = (VALUE_SIZE + 3u) / 4u;
const EXACT_ROUNDS: u32 = (VALUE_QUADS + ROW_LANES - 1u) / ROW_LANES;
const EXPONENT_BITS: u32 = 0x7f800000u;

var<workgroup> met_non_finite: atomic<u32>;

// Tests bits, as WGSL may assume that all numbers are finite.
fn is_finite(x: f32) -> bool {
  return (bitcast<u32>(x) & EXPONENT_BITS) != EXPONENT_BITS;
}

fn notice(output: f32) {
  if (!is_finite(output)) {
    atomicStore(&met_non_finite, 1u);
  }
}

fn exact_quad(thread: u32, round: u32) -> u32 {
  return (round - 1u) * ROW_LANES + thread % ROW_LANES;
}

fn add_exactly(sums: vec4<f32>, thread: u32, round: u32, start: u32, first_key: u32) -> vec4<f32> {
  let quad = exact_quad(thread, round);
  var result = sums;
  if (quad >= VALUE_QUADS) {
    return result;
  }
  for (var k = 0u; k < TILE_KEYS; k++) {
    let at = (thread / ROW_LANES) * WEIGHT_STRIDE + k;
    let weight = f32(weight_tile[at]) + f32(weight_tile[at + TILE_KEYS]);
    if (weight != 0.0) {
      result += weight * load_value(start + (first_key + k) * parameters.value_stride.z, quad);
    }
  }
  return result;
}

fn store_exactly(outputs: vec4<f32>, thread: u32, round: u32, unit: Unit) {
  let row = row_of(unit, thread / ROW_LANES);
  let quad = exact_quad(thread, round);
  if (row.exists && quad < VALUE_QUADS) {
    store_output(output_start(row), quad, outputs);
  }
}
