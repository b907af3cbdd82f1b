// Attention for few queries and many keys, first of two passes: the keys are split, and each workgroup
// attends to one split for a tile of rows that share a key head. Its results stay unnormalised, with their row
// maxima and sums, for decode_merge.wgsl.
//
// Source: split keys as in "Flash-Decoding" (Dao et al., 2023).
// Ladder: third rung.

@group(0) @binding(7) var<storage, read_write> partial_outputs: array<vec4<f32>>;
@group(0) @binding(9) var<storage, read_write> partial_states: array<vec2<f32>>;

fn store_partial(first: u32, quad: u32, columns: mat4x4<f32>) {
  if (quad >= VALUE_QUADS) {
    return;
  }
  for (var r = 0u; r < 4u; r++) {
    partial_outputs[(first + r) * VALUE_QUADS + quad] = columns[r];
  }
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let unit = unit_at(piece.first_unit + workgroup.y);
  let x = thread % KEY_QUADS;
  let split = split_of(workgroup.x);
  let begin = split * parameters.keys_per_split;
  let end = min(begin + parameters.keys_per_split, parameters.key_length);
  let attended = attend(thread, unit, begin, end, initial_state());
  let sums = sums_over_threads(thread, attended.sums).upper;
  // Rows of a split are side by side.
  let first = split_slot(workgroup.y, split) * TILE_QUERIES + 4u * (thread / KEY_QUADS);
  store_partial(first, x, attended.output_0.upper);
  if (COLUMN_BLOCKS > 1u) { store_partial(first, x + KEY_QUADS, attended.output_1.upper); }
  if (COLUMN_BLOCKS > 2u) { store_partial(first, x + 2u * KEY_QUADS, attended.output_2.upper); }
  if (COLUMN_BLOCKS > 3u) { store_partial(first, x + 3u * KEY_QUADS, attended.output_3.upper); }
  if (x == 0u) {
    for (var r = 0u; r < 4u; r++) {
      partial_states[first + r] = vec2<f32>(attended.maxima.upper[r], sums[r]);
    }
  }
}
