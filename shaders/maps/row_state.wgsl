// Statistics of a row after one pass over the keys: its maximum, and sums of e = exp2(x) with x = the score minus the
// maximum, in units of log 2. Weights are e times the softmax's factor (finish_softmax.wgsl). Maximum and sum are
// stored separately: a log-sum-exp is rounded at the magnitude of the scores, an error that weights would inherit.

struct RowState {
  // Largest score; HIDDEN_SCORE for a row that sees no key.
  maximum: f32,
  // Sums of e, e x, e^2 and e |query - key|.
  sum: f32,
  exponents: f32,
  squares: f32,
  distances: f32,
  // e at four keys, 0 where they are hidden or do not exist: the query's own, the one before it, key 0, and the one
  // that is marked for the query.
  key_weights: array<f32, 4>,
}
