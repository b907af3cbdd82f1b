// Second of three passes: each row of scores becomes its softmax, in place. One workgroup a row.
// Every thread keeps a running maximum and a sum rescaled to it, so the scores are read once for the sum
// and once for the weights (Milakov and Gimelshein, 2018).

@group(0) @binding(7) var<storage, read_write> scores: array<vec4<f32>>;

const SOFTMAX_THREADS: u32 = 64u;

var<workgroup> thread_maxima: array<f32, SOFTMAX_THREADS>;
var<workgroup> thread_sums: array<f32, SOFTMAX_THREADS>;

@compute @workgroup_size(SOFTMAX_THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let unit = unit_at(piece.first_unit + workgroup.y);
  let quads = padded_key_length() / 4u;
  let start = (workgroup.y * TILE_QUERIES + workgroup.x) * quads;

  var maximum = HIDDEN_SCORE;
  var sum = 0.0;
  for (var quad = thread; quad < quads; quad += SOFTMAX_THREADS) {
    let row = scores[start + quad];
    let grown = max(maximum, max(max(row.x, row.y), max(row.z, row.w)));
    sum = sum * exp2((maximum - grown) * parameters.score_unit) + dot(weight_column(row, grown), vec4<f32>(1.0));
    maximum = grown;
  }
  thread_maxima[thread] = maximum;
  thread_sums[thread] = sum;
  for (var half = SOFTMAX_THREADS / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) {
      let own = thread_maxima[thread];
      let other = thread_maxima[thread + half];
      let grown = max(own, other);
      let own_sum = thread_sums[thread] * exp2((own - grown) * parameters.score_unit);
      thread_sums[thread] = own_sum + thread_sums[thread + half] * exp2((other - grown) * parameters.score_unit);
      thread_maxima[thread] = grown;
    }
  }
  workgroupBarrier();

  let end = finish_softmax(thread_maxima[0], thread_sums[0], unit.head);
  // The maximum of the scores alone: end.factor accounts for a sink.
  let row_maximum = thread_maxima[0];
  for (var quad = thread; quad < quads; quad += SOFTMAX_THREADS) {
    scores[start + quad] = weight_column(scores[start + quad], row_maximum) * end.factor;
  }
  if (thread == 0u) {
    store_log_sum_exp(row_of(unit, workgroup.x), end);
  }
}
