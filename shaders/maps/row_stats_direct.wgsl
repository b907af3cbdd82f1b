// As row_walk.wgsl, in registers alone: a thread owns eight rows, and nobody waits for anyone. For software
// adapters; see shared/direct_tile.wgsl.

fn retallied_eight(tallies: Rows, maxima: RowNumbers, grown: RowNumbers) -> Rows {
  return Rows(
    retallied_rows(tallies.upper, maxima.upper, grown.upper),
    retallied_rows(tallies.lower, maxima.lower, grown.lower),
  );
}

fn add_tallies(sums: Rows, scores: Rows, maxima: RowNumbers, query: u32, key: u32) -> Rows {
  return Rows(
    sums.upper + tallies_of(scores.upper, maxima.upper, query, key),
    sums.lower + tallies_of(scores.lower, maxima.lower, query + 4u, key),
  );
}

fn store_four(unit: Unit, first_row: u32, maxima: vec4<f32>, tallies: mat4x4<f32>) {
  store_sums(row_of(unit, first_row), maxima.x, tallies[0]);
  store_sums(row_of(unit, first_row + 1u), maxima.y, tallies[1]);
  store_sums(row_of(unit, first_row + 2u), maxima.z, tallies[2]);
  store_sums(row_of(unit, first_row + 3u), maxima.w, tallies[3]);
}

fn store_places(row: Row, kv_head: u32) {
  if (!row.exists) {
    return;
  }
  for (var place = 0u; place < PLACES; place++) {
    let weight = weight_at_place(place, row, kv_head, walked_rows[row.query].maximum);
    walked_rows[row.query].places[place] = weight;
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
  var tallies = Rows();
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
      tallies = retallied_eight(tallies, maxima, grown);
      maxima = grown;
    }
    tallies = add_tallies(tallies, scores.keys_0, maxima, query, first_key);
    tallies = add_tallies(tallies, scores.keys_1, maxima, query, first_key + 4u);
    tallies = add_tallies(tallies, scores.keys_2, maxima, query, first_key + 8u);
    tallies = add_tallies(tallies, scores.keys_3, maxima, query, first_key + 12u);
  }
  store_four(unit, first_row, maxima.upper, tallies.upper);
  store_four(unit, first_row + 4u, maxima.lower, tallies.lower);
  for (var r = 0u; r < 8u; r++) {
    store_places(row_of(unit, first_row + r), unit.kv_head);
  }
}
