// For modules without a log-sum-exp output: see log_sum_exp_stored.wgsl.

fn store_log_sum_exp(unit: Unit, query: u32, maximum: f32, sum: f32) {
}
