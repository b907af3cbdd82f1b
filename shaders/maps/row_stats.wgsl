// One walk over the keys for a head's rows: what walked_row.wgsl tells. A workgroup owns TILE_QUERIES rows.
// Each thread keeps maxima of its own keys alone, and the row's threads are put together once, at the end:
// so no tile waits for more than its keys.

struct Walk {
  // Largest score of each of the thread's four rows.
  maxima: vec4<f32>,
  // Their tallies (row_tally.wgsl) relative to it.
  tallies: mat4x4<f32>,
}

fn walk(thread: u32, unit: Unit) -> Walk {
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let first_row = 4u * (thread / KEY_QUADS);
  var maxima = vec4<f32>(HIDDEN_SCORE);
  var tallies = mat4x4<f32>();
  for (var first_key = 0u; first_key < parameters.key_length; first_key += TILE_KEYS) {
    let state = unit_tile_state(unit, first_key);
    if (state == TILE_HIDDEN) {
      continue;
    }
    let raw = score_block(thread, unit, key_start, first_key);
    let key = first_key + 4u * (thread % KEY_QUADS);
    let scores = finish_scores(raw, unit, first_row, key, state == TILE_MIXED);
    let grown = max(maxima, block_maxima(scores));
    if (any(grown > maxima)) {
      tallies = retallied_rows(tallies, maxima, grown);
      maxima = grown;
    }
    tallies += tallies_of(scores, maxima, unit.first_query + first_row, key);
  }
  return Walk(maxima, tallies);
}

// Puts the row's threads together.
fn joined(thread: u32, own: Walk) -> Walk {
  let maxima = row_maxima(thread, own.maxima);
  let tallies = retallied_rows(own.tallies, own.maxima, maxima);
  var sums = mat4x4<f32>();
  for (var r = 0u; r < 4u; r++) {
    sums[r] = row_sums(thread, tallies[r]);
    workgroupBarrier();
  }
  return Walk(maxima, sums);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let unit = unit_at(piece.first_unit + order[workgroup.x]);
  if (QUERIES_RESIDENT) {
    stage_queries(thread, unit, 0u, HEAD_QUADS);
  }
  let whole = joined(thread, walk(thread, unit));
  let x = thread % KEY_QUADS;
  let first_row = 4u * (thread / KEY_QUADS);
  // A row's sixteen threads have its numbers: four of them for each of its places, one for its sums.
  let row = row_of(unit, first_row + x % 4u);
  if (x < 4u) {
    store_sums(row, whole.maxima[x % 4u], whole.tallies[x % 4u]);
  }
  if (row.exists) {
    let weight = weight_at_place(x / 4u, row, unit.kv_head, whole.maxima[x % 4u]);
    walked_rows[row.query].places[x / 4u] = weight;
  }
}
