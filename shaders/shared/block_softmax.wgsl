// The softmax of a register block of scores: columns are rows of four keys, as in block.wgsl.

fn block_maxima(scores: mat4x4<f32>) -> vec4<f32> {
  let rows = transpose(scores);
  return max(max(rows[0], rows[1]), max(rows[2], rows[3]));
}

// exp(scale * (score - maximum)), and exactly zero for hidden keys also where the row has no visible one.
fn weight_column(scores: vec4<f32>, maximum: f32) -> vec4<f32> {
  return select(exp2((scores - maximum) * parameters.score_unit), vec4<f32>(), scores == vec4<f32>(HIDDEN_SCORE));
}

fn weight_block(scores: mat4x4<f32>, maxima: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    weight_column(scores[0], maxima.x),
    weight_column(scores[1], maxima.y),
    weight_column(scores[2], maxima.z),
    weight_column(scores[3], maxima.w),
  );
}

fn maxima_of_rows(scores: Rows, least: RowNumbers) -> RowNumbers {
  var maxima = RowNumbers(max(least.upper, block_maxima(scores.upper)), least.lower);
  if (EIGHT_ROWS) { maxima.lower = max(least.lower, block_maxima(scores.lower)); }
  return maxima;
}

fn weight_rows(scores: Rows, maxima: RowNumbers) -> Rows {
  var weights = Rows(weight_block(scores.upper, maxima.upper), mat4x4<f32>());
  if (EIGHT_ROWS) { weights.lower = weight_block(scores.lower, maxima.lower); }
  return weights;
}

// What sums of weights relative to one maximum are to be multiplied with to be relative to a larger one.
fn corrections(before: RowNumbers, after: RowNumbers) -> RowNumbers {
  return RowNumbers(
    exp2((before.upper - after.upper) * parameters.score_unit),
    exp2((before.lower - after.lower) * parameters.score_unit),
  );
}
