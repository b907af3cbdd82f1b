// The heart of fused attention: a tile of rows walks over keys, TILE_KEYS at a time, with an online
// softmax; scores are never stored.
//
// Thread (x, y) computes a block of 4 rows x 4 keys of the scores, and then a block of 4 rows x 4 columns
// of the output for each 64 columns of the value.
//
// Sources: Milakov and Gimelshein, "Online normalizer calculation for softmax" (2018); Dao et al.,
// "FlashAttention" (2022) and "FlashAttention-2" (2023): outputs rescaled when the maximum grows, divided
// once at the end.

// What a thread holds of its four rows.
struct Attended {
  // Largest score.
  maxima: vec4<f32>,
  // Of the weights relative to it, this thread's own keys alone: see row_sums.
  sums: vec4<f32>,
  // Unnormalised outputs, 64 columns apart.
  output_0: mat4x4<f32>,
  output_1: mat4x4<f32>,
  output_2: mat4x4<f32>,
  output_3: mat4x4<f32>,
}

fn share_weights(x: u32, y: u32, weights: mat4x4<f32>) {
  let slot = 4u * y * KEY_QUADS + x;
  scratch[slot] = weights[0];
  scratch[slot + KEY_QUADS] = weights[1];
  scratch[slot + 2u * KEY_QUADS] = weights[2];
  scratch[slot + 3u * KEY_QUADS] = weights[3];
}

fn shared_weight_block(y: u32, key_quad: u32) -> mat4x4<f32> {
  let slot = 4u * y * KEY_QUADS + key_quad;
  return mat4x4<f32>(
    scratch[slot],
    scratch[slot + KEY_QUADS],
    scratch[slot + 2u * KEY_QUADS],
    scratch[slot + 3u * KEY_QUADS],
  );
}

// Adds the tile's weights times values to four output columns of four rows.
fn accumulate(sums: mat4x4<f32>, y: u32, start: u32, first_key: u32, quad: u32, mixed: bool) -> mat4x4<f32> {
  var result = sums;
  if (quad >= VALUE_QUADS) {
    return result;
  }
  for (var key_quad = 0u; key_quad < KEY_QUADS; key_quad++) {
    let weights = shared_weight_block(y, key_quad);
    let block = value_block(start, first_key + 4u * key_quad, quad, mixed);
    if (mixed) {
      result = multiply_add_hiding(result, block, weights);
    } else {
      result = multiply_add(result, block, weights);
    }
  }
  return result;
}

fn nothing_attended() -> Attended {
  let nothing = mat4x4<f32>();
  return Attended(vec4<f32>(HIDDEN_SCORE), vec4<f32>(), nothing, nothing, nothing, nothing);
}

// Attends to keys [begin, end), where begin is a multiple of TILE_KEYS, on top of what was found before. Call it
// in uniform control flow.
fn attend(thread: u32, unit: Unit, begin: u32, end: u32, before: Attended) -> Attended {
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
    let raw = score_block(thread, unit, key_start, first_key);
    let scores = finish_scores(raw, unit, 4u * y, first_key + 4u * x, mixed);
    let grown = max(maxima, row_maxima(thread, block_maxima(scores)));
    if (any(grown > maxima)) {
      let correction = exp2((maxima - grown) * parameters.score_unit);
      sums *= correction;
      output_0 = scale_columns(output_0, correction);
      if (COLUMN_BLOCKS > 1u) { output_1 = scale_columns(output_1, correction); }
      if (COLUMN_BLOCKS > 2u) { output_2 = scale_columns(output_2, correction); }
      if (COLUMN_BLOCKS > 3u) { output_3 = scale_columns(output_3, correction); }
      maxima = grown;
    }
    let weights = weight_block(scores, maxima);
    sums += vec4<f32>(1.0) * weights;
    share_weights(x, y, weights);
    workgroupBarrier();
    output_0 = accumulate(output_0, y, value_start, first_key, x, mixed);
    if (COLUMN_BLOCKS > 1u) { output_1 = accumulate(output_1, y, value_start, first_key, x + KEY_QUADS, mixed); }
    if (COLUMN_BLOCKS > 2u) { output_2 = accumulate(output_2, y, value_start, first_key, x + 2u * KEY_QUADS, mixed); }
    if (COLUMN_BLOCKS > 3u) { output_3 = accumulate(output_3, y, value_start, first_key, x + 3u * KEY_QUADS, mixed); }
    workgroupBarrier();
  }
  return Attended(maxima, sums, output_0, output_1, output_2, output_3);
}
