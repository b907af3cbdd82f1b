// The core of fused attention: a tile of rows processes the keys, TILE_KEYS at a time, with an online
// softmax. Scores are never stored.
//
// Thread (x, y) computes blocks of ROWS_OF_THREAD rows x 4 keys of the scores, and then of as many rows x 4
// columns of the output for each 64 columns of the value, which it computes with weighted_values.wgsl.
//
// Sources: Milakov and Gimelshein, "Online normalizer calculation for softmax" (2018); Dao et al.,
// "FlashAttention" (2022) and "FlashAttention-2" (2023): outputs rescaled when the maximum grows, divided
// once at the end.

// A thread's state for its rows.
struct AttentionState {
  // Largest score.
  maxima: RowNumbers,
  // Sums of the weights relative to it, over this thread's keys only: see sums_over_threads.
  sums: RowNumbers,
  // Unnormalised outputs, 64 columns apart.
  output_0: Rows,
  output_1: Rows,
  output_2: Rows,
  output_3: Rows,
}

fn share_block(first_row: u32, x: u32, weights: mat4x4<f32>) {
  let slot = first_row * KEY_QUADS + x;
  scratch[slot] = weights[0];
  scratch[slot + KEY_QUADS] = weights[1];
  scratch[slot + 2u * KEY_QUADS] = weights[2];
  scratch[slot + 3u * KEY_QUADS] = weights[3];
}

fn share_weights(x: u32, y: u32, weights: Rows) {
  share_block(ROWS_OF_THREAD * y, x, weights.upper);
  if (EIGHT_ROWS) { share_block(ROWS_OF_THREAD * y + 4u, x, weights.lower); }
}

fn shared_block(first_row: u32, key_quad: u32) -> mat4x4<f32> {
  let slot = first_row * KEY_QUADS + key_quad;
  return mat4x4<f32>(
    scratch[slot],
    scratch[slot + KEY_QUADS],
    scratch[slot + 2u * KEY_QUADS],
    scratch[slot + 3u * KEY_QUADS],
  );
}

fn shared_weights(y: u32, key_quad: u32) -> Rows {
  var weights = Rows(shared_block(ROWS_OF_THREAD * y, key_quad), mat4x4<f32>());
  if (EIGHT_ROWS) { weights.lower = shared_block(ROWS_OF_THREAD * y + 4u, key_quad); }
  return weights;
}

// Adds four keys' weights times values to four output columns of the thread's rows.
fn add_block(sums: Rows, block: mat4x4<f32>, weights: Rows, mixed: bool) -> Rows {
  if (mixed) {
    return multiply_add_rows_hiding(sums, block, weights);
  }
  return multiply_add_rows(sums, block, weights);
}

fn finish_rows(scores: Rows, unit: Unit, first_row: u32, first_key: u32, mixed: bool) -> Rows {
  var finished = Rows(finish_scores(scores.upper, unit, first_row, first_key, mixed), mat4x4<f32>());
  if (EIGHT_ROWS) { finished.lower = finish_scores(scores.lower, unit, first_row + 4u, first_key, mixed); }
  return finished;
}

fn scale_numbers(numbers: RowNumbers, factors: RowNumbers) -> RowNumbers {
  return RowNumbers(numbers.upper * factors.upper, numbers.lower * factors.lower);
}

fn add_weights(sums: RowNumbers, weights: Rows) -> RowNumbers {
  let ones = vec4<f32>(1.0);
  return RowNumbers(sums.upper + ones * weights.upper, sums.lower + ones * weights.lower);
}

fn has_grown(before: RowNumbers, after: RowNumbers) -> bool {
  return any(after.upper > before.upper) || (EIGHT_ROWS && any(after.lower > before.lower));
}

fn initial_state() -> AttentionState {
  let hidden = vec4<f32>(HIDDEN_SCORE);
  return AttentionState(RowNumbers(hidden, hidden), RowNumbers(), Rows(), Rows(), Rows(), Rows());
}

// Attends to keys [begin, end), continuing from the state `before`. `begin` must be a multiple of TILE_KEYS. Call
// it in uniform control flow.
fn attend(thread: u32, unit: Unit, begin: u32, end: u32, before: AttentionState) -> AttentionState {
  let x = thread % KEY_QUADS;
  let y = thread / KEY_QUADS;
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let value_start = head_start(parameters.value_stride, unit.batch, unit.kv_head);

  var maxima = before.maxima;
  var sums = before.sums;
  var output_0 = before.output_0;
  var output_1 = before.output_1;
  var output_2 = before.output_2;
  var output_3 = before.output_3;

  if (QUERIES_RESIDENT) {
    stage_queries(thread, unit, 0u, HEAD_QUADS);
  }
  for (var first_key = begin; first_key < end; first_key += TILE_KEYS) {
    let state = unit_tile_state(unit, first_key);
    if (state == TILE_HIDDEN) {
      continue;
    }
    let mixed = state == TILE_MIXED;
    let raw = score_rows(thread, unit, key_start, first_key);
    let scores = finish_rows(raw, unit, ROWS_OF_THREAD * y, first_key + 4u * x, mixed);
    let grown = maxima_over_threads(thread, maxima_of_rows(scores, maxima));
    if (has_grown(maxima, grown)) {
      let correction = corrections(maxima, grown);
      sums = scale_numbers(sums, correction);
      output_0 = scale_rows(output_0, correction);
      if (COLUMN_BLOCKS > 1u) { output_1 = scale_rows(output_1, correction); }
      if (COLUMN_BLOCKS > 2u) { output_2 = scale_rows(output_2, correction); }
      if (COLUMN_BLOCKS > 3u) { output_3 = scale_rows(output_3, correction); }
      maxima = grown;
    }
    let weights = weight_rows(scores, maxima);
    sums = add_weights(sums, weights);
    share_weights(x, y, weights);
    if (!VALUES_STAGED) { workgroupBarrier(); }
    output_0 = accumulate(output_0, thread, value_start, first_key, 0u, mixed);
    if (COLUMN_BLOCKS > 1u) { output_1 = accumulate(output_1, thread, value_start, first_key, 1u, mixed); }
    if (COLUMN_BLOCKS > 2u) { output_2 = accumulate(output_2, thread, value_start, first_key, 2u, mixed); }
    if (COLUMN_BLOCKS > 3u) { output_3 = accumulate(output_3, thread, value_start, first_key, 3u, mixed); }
    if (!VALUES_STAGED) { workgroupBarrier(); }
  }
  return AttentionState(maxima, sums, output_0, output_1, output_2, output_3);
}
