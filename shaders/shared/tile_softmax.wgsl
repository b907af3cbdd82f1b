// The softmax of a tile's rows, shared by the threads that score_tile.wgsl gives each of them.

// Largest value of each of the thread's rows, over the row's 16 threads.
fn maxima_over_threads(thread: u32, own: RowNumbers) -> RowNumbers {
  share_numbers(thread, own);
  workgroupBarrier();
  var maxima = own;
  let first = thread - thread % KEY_QUADS;
  for (var i = 0u; i < KEY_QUADS; i++) {
    maxima.upper = max(maxima.upper, scratch[first + i]);
    if (EIGHT_ROWS) { maxima.lower = max(maxima.lower, scratch[THREADS + first + i]); }
  }
  workgroupBarrier();
  return maxima;
}

// Sum of each of the thread's rows, over the row's 16 threads.
fn sums_over_threads(thread: u32, own: RowNumbers) -> RowNumbers {
  share_numbers(thread, own);
  workgroupBarrier();
  var sums: RowNumbers;
  let first = thread - thread % KEY_QUADS;
  for (var i = 0u; i < KEY_QUADS; i++) {
    sums.upper += scratch[first + i];
    if (EIGHT_ROWS) { sums.lower += scratch[THREADS + first + i]; }
  }
  return sums;
}

fn share_numbers(thread: u32, own: RowNumbers) {
  scratch[thread] = own.upper;
  if (EIGHT_ROWS) { scratch[THREADS + thread] = own.lower; }
}

// The same for threads of four rows.
fn row_maxima(thread: u32, own: vec4<f32>) -> vec4<f32> {
  return maxima_over_threads(thread, RowNumbers(own, vec4<f32>())).upper;
}

fn row_sums(thread: u32, own: vec4<f32>) -> vec4<f32> {
  return sums_over_threads(thread, RowNumbers(own, vec4<f32>())).upper;
}
