// Scores or weights of every query and key, stored: output[b, h, i, j]. What is stored of a score is
// said by `mapped`, in map_scores.wgsl or map_weights.wgsl. A workgroup computes a tile; (x, y) of the grid
// is (tile of keys, unit of queries).

@group(0) @binding(7) var<storage, read_write> score_map: array<Element>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let unit = unit_at(piece.first_unit + workgroup.y);
  let first_key = workgroup.x * TILE_KEYS;
  let first_row = 4u * (thread / KEY_QUADS);
  let key = first_key + 4u * (thread % KEY_QUADS);
  let state = unit_tile_state(unit, first_key);
  let hidden = vec4<f32>(HIDDEN_SCORE);
  var block = mat4x4<f32>(hidden, hidden, hidden, hidden);
  if (state != TILE_HIDDEN) {
    if (QUERIES_RESIDENT) {
      stage_queries(thread, unit, 0u, HEAD_QUADS);
    }
    let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
    let raw = score_block(thread, unit, key_start, first_key);
    block = finish_scores(raw, unit, first_row, key, state == TILE_MIXED);
  }
  for (var r = 0u; r < 4u; r++) {
    let row = row_of(unit, first_row + r);
    let start = ((row.batch * parameters.heads + row.head) * parameters.query_length + row.query) * parameters.key_length;
    for (var c = 0u; c < 4u; c++) {
      if (row.exists && key + c < parameters.key_length) {
        score_map[start + key + c] = Element(mapped(block[r][c], row));
      }
    }
  }
}
