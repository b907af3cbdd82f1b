// The last step of a softmax: the head's sink, if there is one, joins the sum as a score without a value (as in
// GPT-OSS); outputs are divided once.

struct FinishedSoftmax {
  // Multiplies the unnormalised outputs. Zero for a row that sees no key.
  factor: f32,
  // In units of log 2.
  maximum: f32,
  // Sum of exp2(score - maximum). Zero if there was nothing to sum.
  sum: f32,
}

fn finish_softmax(largest_score: f32, sum: f32, head: u32) -> FinishedSoftmax {
  // A row that sees no key keeps a maximum that is finite.
  let maximum = max(largest_score * parameters.score_unit, HIDDEN_SCORE);
  if (!HAS_SINKS) {
    return FinishedSoftmax(select(1.0 / sum, 0.0, sum == 0.0), maximum, sum);
  }
  let sink = LOG2_E * bitcast<f32>(modifier_data[parameters.sinks + head]);
  let grown = max(maximum, sink);
  let correction = exp2(maximum - grown);
  let total = sum * correction + exp2(sink - grown);
  return FinishedSoftmax(correction / total, grown, total);
}
