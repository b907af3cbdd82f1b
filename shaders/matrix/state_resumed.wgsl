// Keys are processed in chunks, to keep submissions short: between chunks a tile's state is saved in its slot.
// Counterpart without state: state_new.wgsl.

// Unnormalised outputs, row by row.
@group(0) @binding(7) var<storage, read_write> saved_sums: array<f32>;
@group(0) @binding(9) var<storage, read_write> saved_softmax: array<Softmax>;

const SAVED_STRIDE: u32 = COLUMN_BLOCKS * STRIP;

fn load_softmax(slot: u32, thread: u32) -> Softmax {
  if (piece.first_key == 0u) {
    return initial_softmax();
  }
  return saved_softmax[slot * THREADS + thread];
}

fn save_softmax(slot: u32, thread: u32, softmax: Softmax) {
  saved_softmax[slot * THREADS + thread] = softmax;
}

// Where a subgroup's block of one step is.
fn saved_block(slot: u32, step: u32, r: u32, subgroup: u32) -> u32 {
  let column = (step * SUBGROUPS + subgroup) * MATRIX_COLUMNS;
  return (slot * TILE_QUERIES + r * MATRIX_ROWS) * SAVED_STRIDE + column;
}

// Call it in uniform control flow.
fn load_sums(sums: ptr<function, Outputs>, slot: u32, subgroup: u32) {
  if (piece.first_key == 0u) {
    return;
  }
  for (var step = 0u; step < COLUMN_BLOCKS; step++) {
    for (var r = 0u; r < ROW_BLOCKS; r++) {
      let at = saved_block(slot, step, r, subgroup);
      sums[step * ROW_BLOCKS + r] = subgroupMatrixLoad<Sums, row_major>(&saved_sums, at, SAVED_STRIDE);
    }
  }
}

// Call it in uniform control flow.
fn save_sums(sums: ptr<function, Outputs>, slot: u32, subgroup: u32) {
  for (var step = 0u; step < COLUMN_BLOCKS; step++) {
    for (var r = 0u; r < ROW_BLOCKS; r++) {
      let at = saved_block(slot, step, r, subgroup);
      subgroupMatrixStore<row_major>(&saved_sums, at, sums[step * ROW_BLOCKS + r], SAVED_STRIDE);
    }
  }
}

fn saved_quad(slot: u32, thread: u32, round: u32) -> u32 {
  return (slot * TILE_QUERIES + thread / ROW_LANES) * SAVED_STRIDE + 4u * exact_quad(thread, round);
}

// Sums of earlier chunks in the columns of a round, rescaled by `factor` to a maximum that may have grown since. A
// factor of zero hides them, infinite or not.
fn load_exact(slot: u32, thread: u32, round: u32, factor: f32) -> vec4<f32> {
  if (piece.first_key == 0u || factor == 0.0 || exact_quad(thread, round) >= VALUE_QUADS) {
    return vec4<f32>();
  }
  let at = saved_quad(slot, thread, round);
  return factor * vec4<f32>(saved_sums[at], saved_sums[at + 1u], saved_sums[at + 2u], saved_sums[at + 3u]);
}

fn save_exact(outputs: vec4<f32>, slot: u32, thread: u32, round: u32) {
  if (exact_quad(thread, round) >= VALUE_QUADS) {
    return;
  }
  let at = saved_quad(slot, thread, round);
  for (var i = 0u; i < 4u; i++) {
    saved_sums[at + i] = outputs[i];
  }
}
