// Fused attention: one pass over the keys with an online softmax; scores are never stored.
//
// output[b, h, i, :] = sum_j softmax_j(scale * query[b, h, i, :] . key[b, g, j, :]) * value[b, g, j, :]
//
// A workgroup owns TILE_QUERIES queries of one head and processes all keys (see shared/attend.wgsl).
// Ladder: second rung, after three-pass.

fn store_rows(unit: Unit, first_row: u32, quad: u32, rows: Rows, factors: RowNumbers) {
  store_block(unit, first_row, quad, scale_columns(rows.upper, factors.upper));
  if (EIGHT_ROWS) { store_block(unit, first_row + 4u, quad, scale_columns(rows.lower, factors.lower)); }
}

// Stores the log-sum-exp of four rows; returns the factors of their outputs.
fn end_rows(unit: Unit, first_row: u32, maxima: vec4<f32>, sums: vec4<f32>, store: bool) -> vec4<f32> {
  var factors: vec4<f32>;
  for (var r = 0u; r < 4u; r++) {
    let end = finish_softmax(maxima[r], sums[r], unit.head);
    factors[r] = end.factor;
    if (store) {
      store_log_sum_exp(row_of(unit, first_row + r), end);
    }
  }
  return factors;
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let unit = unit_at(piece.first_unit + workgroup.x);
  let x = thread % KEY_QUADS;
  let first_row = ROWS_OF_THREAD * (thread / KEY_QUADS);
  let slot = (piece.first_slot + workgroup.x) * THREADS + thread;
  let attended = attend(thread, unit, piece.first_key, piece.end_key, load_state(slot));
  if (piece.end_key < parameters.key_length) {
    save_state(slot, attended);
    return;
  }
  let sums = sums_over_threads(thread, attended.sums);
  var factors: RowNumbers;
  factors.upper = end_rows(unit, first_row, attended.maxima.upper, sums.upper, x == 0u);
  if (EIGHT_ROWS) {
    factors.lower = end_rows(unit, first_row + 4u, attended.maxima.lower, sums.lower, x == 0u);
  }
  store_rows(unit, first_row, x, attended.output_0, factors);
  if (COLUMN_BLOCKS > 1u) { store_rows(unit, first_row, x + KEY_QUADS, attended.output_1, factors); }
  if (COLUMN_BLOCKS > 2u) { store_rows(unit, first_row, x + 2u * KEY_QUADS, attended.output_2, factors); }
  if (COLUMN_BLOCKS > 3u) { store_rows(unit, first_row, x + 3u * KEY_QUADS, attended.output_3, factors); }
}
