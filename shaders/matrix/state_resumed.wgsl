// Keys are met part by part, so that no submission lasts long: what a tile has found so far waits in its slot. Its
// twin is afresh.wgsl.

// Outputs before they are divided, row by row.
@group(0) @binding(7) var<storage, read_write> carried_sums: array<f32>;
@group(0) @binding(9) var<storage, read_write> carried_softmax: array<Softmax>;

const CARRIED_STRIDE: u32 = COLUMN_BLOCKS * STRIP;

fn softmax_before(slot: u32, thread: u32) -> Softmax {
  if (piece.first_key == 0u) {
    return nothing_weighed();
  }
  return carried_softmax[slot * THREADS + thread];
}

fn carry_softmax(slot: u32, thread: u32, softmax: Softmax) {
  carried_softmax[slot * THREADS + thread] = softmax;
}

// Where a subgroup's block of one step is.
fn carried_block(slot: u32, step: u32, r: u32, subgroup: u32) -> u32 {
  let column = (step * SUBGROUPS + subgroup) * MATRIX_COLUMNS;
  return (slot * TILE_QUERIES + r * MATRIX_ROWS) * CARRIED_STRIDE + column;
}

// Call it in uniform control flow.
fn load_sums(sums: ptr<function, Outputs>, slot: u32, subgroup: u32) {
  if (piece.first_key == 0u) {
    return;
  }
  for (var step = 0u; step < COLUMN_BLOCKS; step++) {
    for (var r = 0u; r < ROW_BLOCKS; r++) {
      let at = carried_block(slot, step, r, subgroup);
      sums[step * ROW_BLOCKS + r] = subgroupMatrixLoad<Sums, row_major>(&carried_sums, at, CARRIED_STRIDE);
    }
  }
}

// Call it in uniform control flow.
fn carry_sums(sums: ptr<function, Outputs>, slot: u32, subgroup: u32) {
  for (var step = 0u; step < COLUMN_BLOCKS; step++) {
    for (var r = 0u; r < ROW_BLOCKS; r++) {
      let at = carried_block(slot, step, r, subgroup);
      subgroupMatrixStore<row_major>(&carried_sums, at, sums[step * ROW_BLOCKS + r], CARRIED_STRIDE);
    }
  }
}

fn carried_quad(slot: u32, thread: u32, round: u32) -> u32 {
  return (slot * TILE_QUERIES + thread / ROW_LANES) * CARRIED_STRIDE + 4u * exact_quad(thread, round);
}

// What earlier parts have found in the columns of a round, relative to a maximum that may have grown since. What
// has become nothing counts for nothing, infinite or not.
fn exact_before(slot: u32, thread: u32, round: u32, factor: f32) -> vec4<f32> {
  if (piece.first_key == 0u || factor == 0.0 || exact_quad(thread, round) >= VALUE_QUADS) {
    return vec4<f32>();
  }
  let at = carried_quad(slot, thread, round);
  return factor * vec4<f32>(carried_sums[at], carried_sums[at + 1u], carried_sums[at + 2u], carried_sums[at + 3u]);
}

fn carry_exactly(outputs: vec4<f32>, slot: u32, thread: u32, round: u32) {
  if (exact_quad(thread, round) >= VALUE_QUADS) {
    return;
  }
  let at = carried_quad(slot, thread, round);
  for (var i = 0u; i < 4u; i++) {
    carried_sums[at + i] = outputs[i];
  }
}
