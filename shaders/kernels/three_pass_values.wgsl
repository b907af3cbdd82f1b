// Third of three passes: output[i, :] = sum_j weights[i, j] * value[j, :]. One workgroup computes
// TILE_QUERIES rows x 64 columns; thread (x, y) a register block of 4 x 4 of them.

@group(0) @binding(7) var<storage, read_write> weights: array<vec4<f32>>;

fn stored_weight_block(start: u32, stride: u32) -> mat4x4<f32> {
  return mat4x4<f32>(
    weights[start],
    weights[start + stride],
    weights[start + 2u * stride],
    weights[start + 3u * stride],
  );
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let unit = unit_at(piece.first_unit + workgroup.y);
  let y = thread / KEY_QUADS;
  let quad = workgroup.x * KEY_QUADS + thread % KEY_QUADS;
  if (quad >= VALUE_QUADS) {
    return;
  }
  let value_start = head_start(parameters.value_stride, unit.batch, unit.kv_head);
  let stride = padded_key_length() / 4u;
  let start = (workgroup.y * TILE_QUERIES + 4u * y) * stride;

  var sums = mat4x4<f32>();
  for (var first_key = 0u; first_key < parameters.key_length; first_key += TILE_KEYS) {
    let state = unit_tile_state(unit, first_key);
    if (state == TILE_HIDDEN) {
      continue;
    }
    let mixed = state == TILE_MIXED;
    for (var i = 0u; i < KEY_QUADS; i++) {
      let block = value_block(value_start, first_key + 4u * i, quad, mixed);
      let row_weights = stored_weight_block(start + first_key / 4u + i, stride);
      if (mixed) {
        sums = multiply_add_hiding(sums, block, row_weights);
      } else {
        sums = multiply_add(sums, block, row_weights);
      }
    }
  }
  store_block(unit, 4u * y, quad, sums);
}
