// First of three passes: scores[i, j] = query[i] . key[j], stored unscaled: the softmax scales their differences.
// One workgroup computes a tile of TILE_QUERIES x TILE_KEYS. Ladder: first rung, the baseline.

@group(0) @binding(7) var<storage, read_write> scores: array<vec4<f32>>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let unit = unit_at(piece.first_unit + workgroup.y);
  let x = thread % KEY_QUADS;
  let y = thread / KEY_QUADS;
  let first_key = workgroup.x * TILE_KEYS;
  let state = unit_tile_state(unit, first_key);
  let hidden = vec4<f32>(HIDDEN_SCORE);
  var block = mat4x4<f32>(hidden, hidden, hidden, hidden);
  if (state != TILE_HIDDEN) {
    let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
    if (QUERIES_RESIDENT) {
      stage_queries(thread, unit, 0u, HEAD_QUADS);
    }
    let raw = score_block(thread, unit, key_start, first_key);
    block = finish_scores(raw, unit, 4u * y, first_key + 4u * x, state == TILE_MIXED);
  }
  let stride = padded_key_length() / 4u;
  let start = (workgroup.y * TILE_QUERIES + 4u * y) * stride + first_key / 4u + x;
  for (var r = 0u; r < 4u; r++) {
    scores[start + r * stride] = block[r];
  }
}
