// Fused attention without barriers or workgroup memory: every thread computes eight queries of one head
// against all keys, in registers (see shared/attend_direct.wgsl).
//
// output[b, h, i, :] = sum_j softmax_j(scale * query[b, h, i, :] . key[b, g, j, :]) * value[b, g, j, :]
//
// Ladder: fourth rung.

// The threads' state between chunks of keys.
@group(0) @binding(9) var<storage, read_write> saved_states: array<AttentionState>;

fn load_state(slot: u32) -> AttentionState {
  if (piece.first_key == 0u) {
    return initial_state();
  }
  return saved_states[slot];
}

fn run(workgroup: vec3<u32>, _workgroups: vec3<u32>, thread: u32) {
  let unit = unit_at(piece.first_unit + workgroup.x);
  let first_row = 8u * thread;
  let slot = (piece.first_slot + workgroup.x) * THREADS + thread;
  let sums_at = slot * VALUE_QUADS;
  let attended = attend(unit, first_row, piece.first_key, piece.end_key, sums_at, load_state(slot));
  if (piece.end_key < parameters.key_length) {
    saved_states[slot] = attended;
    return;
  }
  var factors: RowNumbers;
  for (var r = 0u; r < 4u; r++) {
    let upper = finish_softmax(attended.maxima.upper[r], attended.sums.upper[r], unit.head);
    let lower = finish_softmax(attended.maxima.lower[r], attended.sums.lower[r], unit.head);
    store_log_sum_exp(row_of(unit, first_row + r), upper);
    store_log_sum_exp(row_of(unit, first_row + 4u + r), lower);
    factors.upper[r] = upper.factor;
    factors.lower[r] = lower.factor;
  }
  for (var quad = 0u; quad < VALUE_QUADS; quad++) {
    let sums = scaled_sums(sums_at + quad, factors, attended.tiles == 0u);
    store_block(unit, first_row, quad, sums.upper);
    store_block(unit, first_row + 4u, quad, sums.lower);
  }
}
