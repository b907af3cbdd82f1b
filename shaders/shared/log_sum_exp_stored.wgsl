// Stores each row's log-sum-exp. Modules without that output use log_sum_exp_dropped.wgsl instead.

@group(0) @binding(6) var<storage, read_write> log_sum_exp: array<f32>;

fn store_log_sum_exp(row: Row, end: FinishedSoftmax) {
  if (row.exists) {
    let index = (row.batch * parameters.heads + row.head) * parameters.query_length + row.query;
    let finite = end.maximum * LN_2 + log(end.sum);
    log_sum_exp[index] = select(finite, parameters.negative_infinity, end.sum == 0.0);
  }
}
