// The softmax of a tile's rows, shared by the threads that score_tile.wgsl gives each of them.

// Largest value of each of the thread's four rows, over the row's 16 threads.
fn row_maxima(thread: u32, own: vec4<f32>) -> vec4<f32> {
  scratch[thread] = own;
  workgroupBarrier();
  var maxima = own;
  let first = thread - thread % KEY_QUADS;
  for (var i = 0u; i < KEY_QUADS; i++) {
    maxima = max(maxima, scratch[first + i]);
  }
  workgroupBarrier();
  return maxima;
}

// Sum of each of the thread's four rows, over the row's 16 threads.
fn row_sums(thread: u32, own: vec4<f32>) -> vec4<f32> {
  scratch[thread] = own;
  workgroupBarrier();
  var sums = vec4<f32>();
  let first = thread - thread % KEY_QUADS;
  for (var i = 0u; i < KEY_QUADS; i++) {
    sums += scratch[first + i];
  }
  return sums;
}

fn block_maxima(scores: mat4x4<f32>) -> vec4<f32> {
  let rows = transpose(scores);
  return max(max(rows[0], rows[1]), max(rows[2], rows[3]));
}

// exp(scale * (score - maximum)), and exactly zero for hidden keys also where the row has no visible one.
fn weight_column(scores: vec4<f32>, maximum: f32) -> vec4<f32> {
  return select(exp2((scores - maximum) * parameters.score_unit), vec4<f32>(), scores == vec4<f32>(HIDDEN_SCORE));
}

fn weight_block(scores: mat4x4<f32>, maxima: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    weight_column(scores[0], maxima.x),
    weight_column(scores[1], maxima.y),
    weight_column(scores[2], maxima.z),
    weight_column(scores[3], maxima.w),
  );
}
