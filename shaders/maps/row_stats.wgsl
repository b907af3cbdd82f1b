// One pass over the keys for a head's rows: the statistics of row_state.wgsl. A workgroup owns TILE_QUERIES rows. Each
// thread keeps the maxima of its own keys, and a row's threads are combined once, at the end, so no tile waits for
// anything but its keys.

struct ThreadStats {
  // Largest score of each of the thread's four rows.
  maxima: vec4<f32>,
  // Their moments (row_stats_common.wgsl) relative to it.
  moments: mat4x4<f32>,
}

fn thread_stats(thread: u32, unit: Unit) -> ThreadStats {
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let first_row = 4u * (thread / KEY_QUADS);
  var maxima = vec4<f32>(HIDDEN_SCORE);
  var moments = mat4x4<f32>();
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
      moments = rescaled_moment_rows(moments, maxima, grown);
      maxima = grown;
    }
    moments += moments_of_block(scores, maxima, unit.first_query + first_row, key);
  }
  return ThreadStats(maxima, moments);
}

// Combines the threads of each row.
fn combined_stats(thread: u32, own: ThreadStats) -> ThreadStats {
  let maxima = row_maxima(thread, own.maxima);
  let moments = rescaled_moment_rows(own.moments, own.maxima, maxima);
  var sums = mat4x4<f32>();
  for (var r = 0u; r < 4u; r++) {
    sums[r] = row_sums(thread, moments[r]);
    workgroupBarrier();
  }
  return ThreadStats(maxima, sums);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let unit = unit_at(piece.first_unit + order[workgroup.x]);
  if (QUERIES_RESIDENT) {
    stage_queries(thread, unit, 0u, HEAD_QUADS);
  }
  let whole = combined_stats(thread, thread_stats(thread, unit));
  let x = thread % KEY_QUADS;
  let first_row = 4u * (thread / KEY_QUADS);
  // All sixteen threads of a row have its numbers: one stores the sums, and one of each four a key's weight.
  let row = row_of(unit, first_row + x % 4u);
  if (x < 4u) {
    store_sums(row, whole.maxima[x % 4u], whole.moments[x % 4u]);
  }
  if (row.exists) {
    let weight = weight_at_marked_key(x / 4u, row, unit.kv_head, whole.maxima[x % 4u]);
    row_states[row.query].key_weights[x / 4u] = weight;
  }
}
