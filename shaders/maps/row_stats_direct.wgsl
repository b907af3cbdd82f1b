// As row_stats.wgsl, in registers alone: a thread owns eight rows, and no thread waits for another. For software
// adapters; see shared/direct_tile.wgsl.

fn rescaled_moments_of_eight(moments: Rows, maxima: RowNumbers, grown: RowNumbers) -> Rows {
  return Rows(
    rescaled_moment_rows(moments.upper, maxima.upper, grown.upper),
    rescaled_moment_rows(moments.lower, maxima.lower, grown.lower),
  );
}

fn add_moments(sums: Rows, scores: Rows, maxima: RowNumbers, query: u32, key: u32) -> Rows {
  return Rows(
    sums.upper + moments_of_block(scores.upper, maxima.upper, query, key),
    sums.lower + moments_of_block(scores.lower, maxima.lower, query + 4u, key),
  );
}

fn store_four(unit: Unit, first_row: u32, maxima: vec4<f32>, moments: mat4x4<f32>) {
  store_sums(row_of(unit, first_row), maxima.x, moments[0]);
  store_sums(row_of(unit, first_row + 1u), maxima.y, moments[1]);
  store_sums(row_of(unit, first_row + 2u), maxima.z, moments[2]);
  store_sums(row_of(unit, first_row + 3u), maxima.w, moments[3]);
}

fn store_key_weights(row: Row, kv_head: u32) {
  if (!row.exists) {
    return;
  }
  for (var index = 0u; index < KEY_WEIGHTS; index++) {
    let weight = weight_at_marked_key(index, row, kv_head, row_states[row.query].maximum);
    row_states[row.query].key_weights[index] = weight;
  }
}

fn run(workgroup: vec3<u32>, _workgroups: vec3<u32>, thread: u32) {
  let unit = unit_at(piece.first_unit + order[workgroup.x]);
  let first_row = 8u * thread;
  let upper = four_starts(unit, first_row);
  let lower = four_starts(unit, first_row + 4u);
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let query = unit.first_query + first_row;
  let hidden = vec4<f32>(HIDDEN_SCORE);
  var maxima = RowNumbers(hidden, hidden);
  var moments = Rows();
  let end = parameters.key_length;
  for (var first_key = next_tile(unit, 0u, end); first_key < end; first_key = next_tile(unit, first_key + TILE_KEYS, end)) {
    let state = unit_tile_state(unit, first_key);
    let raw = score_tile(upper, lower, key_start, first_key);
    let scores = finish_tile(raw, unit, first_row, first_key, state == TILE_MIXED);
    var grown = maxima_of_rows(scores.keys_0, maxima);
    grown = maxima_of_rows(scores.keys_1, grown);
    grown = maxima_of_rows(scores.keys_2, grown);
    grown = maxima_of_rows(scores.keys_3, grown);
    if (any(grown.upper > maxima.upper) || any(grown.lower > maxima.lower)) {
      moments = rescaled_moments_of_eight(moments, maxima, grown);
      maxima = grown;
    }
    moments = add_moments(moments, scores.keys_0, maxima, query, first_key);
    moments = add_moments(moments, scores.keys_1, maxima, query, first_key + 4u);
    moments = add_moments(moments, scores.keys_2, maxima, query, first_key + 8u);
    moments = add_moments(moments, scores.keys_3, maxima, query, first_key + 12u);
  }
  store_four(unit, first_row, maxima.upper, moments.upper);
  store_four(unit, first_row + 4u, maxima.lower, moments.lower);
  for (var r = 0u; r < 8u; r++) {
    store_key_weights(row_of(unit, first_row + r), unit.kv_head);
  }
}
