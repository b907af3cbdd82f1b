// Weights of every query and key, stored: 0 where a key is hidden. A workgroup owns TILE_QUERIES queries and
// processes all keys twice: for the rows' maxima and sums, then for the weights. A stored log-sum-exp could not
// replace the first pass: it is rounded at the magnitude of the scores, an error that weights would inherit.

// Maxima and sums of a thread's four rows, after the first pass.
struct RowSoftmax {
  maxima: vec4<f32>,
  // Of the weights relative to them.
  sums: vec4<f32>,
}

fn tile_scores(thread: u32, unit: Unit, first_key: u32, state: u32) -> mat4x4<f32> {
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let raw = score_block(thread, unit, key_start, first_key);
  let key = first_key + 4u * (thread % KEY_QUADS);
  return finish_scores(raw, unit, 4u * (thread / KEY_QUADS), key, state == TILE_MIXED);
}

fn row_softmax(thread: u32, unit: Unit) -> RowSoftmax {
  var maxima = vec4<f32>(HIDDEN_SCORE);
  // Of this thread's own keys.
  var sums = vec4<f32>();
  for (var first_key = 0u; first_key < parameters.key_length; first_key += TILE_KEYS) {
    let state = unit_tile_state(unit, first_key);
    if (state == TILE_HIDDEN) {
      continue;
    }
    let scores = tile_scores(thread, unit, first_key, state);
    let grown = max(maxima, row_maxima(thread, block_maxima(scores)));
    if (any(grown > maxima)) {
      sums *= exp2((maxima - grown) * parameters.score_unit);
      maxima = grown;
    }
    sums += vec4<f32>(1.0) * weight_block(scores, maxima);
  }
  return RowSoftmax(maxima, row_sums(thread, sums));
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let unit = unit_at(piece.first_unit + workgroup.x);
  let first_row = 4u * (thread / KEY_QUADS);
  if (QUERIES_RESIDENT) {
    stage_queries(thread, unit, 0u, HEAD_QUADS);
  }
  let softmax = row_softmax(thread, unit);
  var factors = vec4<f32>();
  for (var r = 0u; r < 4u; r++) {
    factors[r] = finish_softmax(softmax.maxima[r], softmax.sums[r], unit.head).factor;
  }
  // The sums must have been read before keys overwrite them.
  workgroupBarrier();
  for (var first_key = 0u; first_key < parameters.key_length; first_key += TILE_KEYS) {
    let state = unit_tile_state(unit, first_key);
    var weights = mat4x4<f32>();
    if (state != TILE_HIDDEN) {
      weights = weight_block(tile_scores(thread, unit, first_key, state), softmax.maxima);
      for (var r = 0u; r < 4u; r++) {
        weights[r] *= factors[r];
      }
    }
    store_map_block(unit, first_row, first_key + 4u * (thread % KEY_QUADS), weights);
  }
}
