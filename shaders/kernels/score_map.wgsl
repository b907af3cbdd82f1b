// Scores of every query and key, stored: minus infinity where a key is hidden. A workgroup computes a tile;
// (x, y) of the grid is (tile of keys, unit of queries).

// Unlike finish_scores, which clamps at MIN_SCORE, this keeps scores as they are.
fn mapped_score(score: f32, row: Row, key: u32) -> f32 {
  if (!sees(row, key)) {
    return parameters.negative_infinity;
  }
  if (SCORES_MODIFIED) {
    return modify_score(score, row.batch, row.head, row.query, key);
  }
  return score * (parameters.score_unit * LN_2);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let unit = unit_at(piece.first_unit + workgroup.y);
  let first_key = workgroup.x * TILE_KEYS;
  let first_row = 4u * (thread / KEY_QUADS);
  let key = first_key + 4u * (thread % KEY_QUADS);
  var block = mat4x4<f32>();
  if (unit_tile_state(unit, first_key) != TILE_HIDDEN) {
    if (QUERIES_RESIDENT) {
      stage_queries(thread, unit, 0u, HEAD_QUADS);
    }
    let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
    block = score_block(thread, unit, key_start, first_key);
  }
  for (var r = 0u; r < 4u; r++) {
    let row = row_of(unit, first_row + r);
    for (var c = 0u; c < 4u; c++) {
      block[r][c] = mapped_score(block[r][c], row, key + c);
    }
  }
  store_map_block(unit, first_row, key, block);
}
