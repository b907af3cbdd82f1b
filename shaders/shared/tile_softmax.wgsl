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
