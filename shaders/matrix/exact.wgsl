// Values that are not finite: rare, and beyond what matrix products get right. A weight is two factors, of
// which one may be zero or negative, and a hidden key's weight is zero: times infinity both give NaN.
//
// Where one was met, the walk over the keys is done again, with single lanes adding up the values: each
// four columns of its row in a round, until there are no columns left. Where keys are met part by part, it is
// the part that is done again, on top of what was right before; and the parts after it, as what they carry is not
// finite.

const VALUE_QUADS: u32 = (VALUE_SIZE + 3u) / 4u;
const EXACT_ROUNDS: u32 = (VALUE_QUADS + ROW_LANES - 1u) / ROW_LANES;
const EXPONENT_BITS: u32 = 0x7f800000u;

var<workgroup> met_non_finite: atomic<u32>;

// By its bits: WGSL may assume that there is nothing else.
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
