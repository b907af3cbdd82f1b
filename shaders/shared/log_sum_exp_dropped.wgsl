// For modules without a log-sum-exp output: see log_sum_exp_stored.wgsl.

fn store_log_sum_exp(row: Row, end: FinishedSoftmax) {
}
