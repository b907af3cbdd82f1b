// For score_map.wgsl: the weight, from the score and the row's log-sum-exp alone; 0 where hidden.

@group(0) @binding(6) var<storage, read> row_ends: array<f32>;

fn mapped(score: f32, row: Row) -> f32 {
  let index = (row.batch * parameters.heads + row.head) * parameters.query_length + row.query;
  return select(exp2(score * parameters.score_unit - row_ends[index] * LOG2_E), 0.0, score == HIDDEN_SCORE);
}
