// For score_map.wgsl: the score itself, minus infinity where hidden.

fn mapped(score: f32, row: Row) -> f32 {
  return select(score * LN_2, parameters.negative_infinity, score == HIDDEN_SCORE);
}
