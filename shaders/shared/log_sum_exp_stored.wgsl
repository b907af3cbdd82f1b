// Log-sum-exp of each row, as an output. Its twin, log_sum_exp_dropped.wgsl, takes its place in modules
// that have no such output.

@group(0) @binding(6) var<storage, read_write> log_sum_exp: array<f32>;

// `maximum` in units of log 2, `sum` of exp2(score - maximum); a sum of zero means that no key is visible.
fn store_log_sum_exp(unit: Unit, query: u32, maximum: f32, sum: f32) {
  if (query < parameters.query_length) {
    let row = (unit.batch * parameters.heads + unit.head) * parameters.query_length + query;
    let finite = maximum * LN_2 + log(sum);
    log_sum_exp[row] = select(finite, parameters.negative_infinity, sum == 0.0);
  }
}
