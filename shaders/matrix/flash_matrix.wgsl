// Fused attention on subgroup matrices ("tensor cores"): products of float16 blocks that the lanes of a
// subgroup compute together, added up in float32.
//
// output[b, h, i, :] = sum_j softmax_j(scale * query[b, h, i, :] . key[b, g, j, :]) * value[b, g, j, :]
//
// A workgroup owns TILE_QUERIES queries of one head and processes all keys, TILE_KEYS at a time. Every subgroup
// takes all of its rows, but its own keys for the scores (scores.wgsl) and its own columns for the output
// (values.wgsl), so each key and value is loaded once. In between, the scores go through workgroup memory, as single
// lanes compute the rows' softmax (softmax.wgsl). The outputs stay in matrices until the end.
//
// With keys in chunks, outputs and softmax state are saved between them (state_resumed.wgsl).
//
// Non-finite values, which a weight of zero cannot hide (NaN times zero is NaN), are kept out of matrix products,
// detected, and computed again lane by lane (exact.wgsl).
//
// Shapes: blocks are MATRIX_ROWS x MATRIX_DEPTH times MATRIX_DEPTH x MATRIX_COLUMNS, as the device has them.
// Sources: Dao et al., "FlashAttention-2" (2023); rescaling only where it matters as in FlashAttention-4
// (Dao, 2025); a factor split in two float16 as in Markidis et al., "NVIDIA Tensor Core Programmability" (2018).
// Ladder: sixth rung.

alias Left = subgroup_matrix_left<f16, MATRIX_DEPTH, MATRIX_ROWS>;
alias Right = subgroup_matrix_right<f16, MATRIX_COLUMNS, MATRIX_DEPTH>;
alias Sums = subgroup_matrix_result<f32, MATRIX_COLUMNS, MATRIX_ROWS>;

const THREADS: u32 = SUBGROUPS * SUBGROUP_SIZE;
// Blocks of output columns: in all, and of each subgroup. Neighbouring blocks belong to neighbouring subgroups.
const VALUE_BLOCKS: u32 = (VALUE_SIZE + MATRIX_COLUMNS - 1u) / MATRIX_COLUMNS;
const COLUMN_BLOCKS: u32 = (VALUE_BLOCKS + SUBGROUPS - 1u) / SUBGROUPS;
// Columns that the subgroups have together in one step.
const STRIP: u32 = SUBGROUPS * MATRIX_COLUMNS;

alias Outputs = array<Sums, ROW_BLOCKS * COLUMN_BLOCKS>;

// Writes each subgroup's blocks of one step to the first STRIP columns of score_tile.
fn put_strip(sums: ptr<function, Outputs>, step: u32, subgroup: u32) {
  for (var r = 0u; r < ROW_BLOCKS; r++) {
    let at = r * MATRIX_ROWS * SCORE_STRIDE + subgroup * MATRIX_COLUMNS;
    subgroupMatrixStore<row_major>(&score_tile, at, sums[step * ROW_BLOCKS + r], SCORE_STRIDE);
  }
}

// Multiplies each row of the outputs by its factor. Call it in uniform control flow.
fn rescale(sums: ptr<function, Outputs>, subgroup: u32, thread: u32) {
  for (var step = 0u; step < COLUMN_BLOCKS; step++) {
    put_strip(sums, step, subgroup);
    workgroupBarrier();
    for (var i = thread; i < TILE_QUERIES * STRIP; i += THREADS) {
      score_tile[(i / STRIP) * SCORE_STRIDE + i % STRIP] *= row_factors[i / STRIP];
    }
    workgroupBarrier();
    for (var r = 0u; r < ROW_BLOCKS; r++) {
      let at = r * MATRIX_ROWS * SCORE_STRIDE + subgroup * MATRIX_COLUMNS;
      sums[step * ROW_BLOCKS + r] = subgroupMatrixLoad<Sums, row_major>(&score_tile, at, SCORE_STRIDE);
    }
    workgroupBarrier();
  }
}

// Detects non-finite outputs. Call it in uniform control flow.
fn notice_outputs(sums: ptr<function, Outputs>, subgroup: u32, thread: u32) {
  for (var step = 0u; step < COLUMN_BLOCKS; step++) {
    put_strip(sums, step, subgroup);
    workgroupBarrier();
    for (var i = thread; i < TILE_QUERIES * STRIP; i += THREADS) {
      if (step * STRIP + i % STRIP < VALUE_SIZE) {
        notice(score_tile[(i / STRIP) * SCORE_STRIDE + i % STRIP]);
      }
    }
    workgroupBarrier();
  }
}

// Stores the outputs, each row multiplied by its factor. Call it in uniform control flow.
fn store_outputs(sums: ptr<function, Outputs>, unit: Unit, subgroup: u32, thread: u32) {
  for (var step = 0u; step < COLUMN_BLOCKS; step++) {
    put_strip(sums, step, subgroup);
    workgroupBarrier();
    for (var i = thread; i < TILE_QUERIES * STRIP; i += THREADS) {
      let row = row_of(unit, i / STRIP);
      let column = step * STRIP + i % STRIP;
      if (row.exists && column < VALUE_SIZE) {
        let output = score_tile[(i / STRIP) * SCORE_STRIDE + i % STRIP] * row_factors[i / STRIP];
        notice(output);
        outputs[output_start(row) + column] = Element(output);
      }
    }
    workgroupBarrier();
  }
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(subgroup_id) subgroup: u32,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let unit = unit_at(piece.first_unit + workgroup.x);
  // A thread's index in the workgroup: lanes of a subgroup are neighbours.
  let thread = subgroup * SUBGROUP_SIZE + lane;
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let value_start = head_start(parameters.value_stride, unit.batch, unit.kv_head);
  let slot = piece.first_slot + workgroup.x;
  let is_last_part = piece.end_key == parameters.key_length;
  let before = load_softmax(slot, thread);
  var sums: Outputs;
  load_sums(&sums, slot, subgroup);
  var softmax = before;
  var factor = 0.0;
  var rounds = 1u;
  stage_queries(thread, unit);
  // More than one round only where something was not finite.
  for (var round = 0u; round < rounds; round++) {
    var exact = vec4<f32>();
    if (round > 0u) {
      let correction = exp2((before.maximum - softmax.maximum) * parameters.score_unit);
      exact = load_exact(slot, thread, round, correction);
    }
    for (var first_key = piece.first_key; first_key < piece.end_key; first_key += TILE_KEYS) {
      let state = unit_tile_state(unit, first_key);
      if (state == TILE_HIDDEN) {
        continue;
      }
      let mixed = state == TILE_MIXED;
      score_keys(subgroup, thread, key_start, first_key);
      let grown = grow(softmax, thread, unit, first_key, mixed);
      let rescaling = workgroupUniformLoad(&outgrown) != 0u;
      softmax = relate(softmax, grown, thread, rescaling);
      let sum = store_weights(thread, softmax.maximum);
      if (round > 0u) {
        exact = add_exactly(exact, thread, round, value_start, first_key);
        continue;
      }
      softmax.sum += sum;
      if (rescaling) {
        rescale(&sums, subgroup, thread);
      }
      add_values(&sums, subgroup, thread, value_start, first_key, mixed);
    }
    if (round > 0u) {
      if (is_last_part) {
        store_exactly(exact * factor, thread, round, unit);
      } else {
        save_exact(exact, slot, thread, round);
      }
      continue;
    }
    if (is_last_part) {
      factor = end_row(softmax, thread, unit);
      store_outputs(&sums, unit, subgroup, thread);
    } else {
      save_softmax(slot, thread, softmax);
      notice_outputs(&sums, subgroup, thread);
    }
    if (workgroupUniformLoad(&met_non_finite) != 0u) {
      rounds += EXACT_ROUNDS;
    } else if (!is_last_part) {
      save_sums(&sums, slot, subgroup);
    }
  }
}
