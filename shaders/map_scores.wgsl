// For score_map.wgsl: the score itself, minus infinity where hidden.

fn mapped(score: f32, row: Row) -> f32 {
  let unit = select(parameters.score_unit * LN_2, 1.0, SCORES_MODIFIED);
  return select(score * unit, parameters.negative_infinity, score == HIDDEN_SCORE);
}
