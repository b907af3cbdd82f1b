// What a walk over the keys leaves of a row: its ends, and sums of e = exp2(x) with x = the score minus the
// row's maximum, in units of log 2. Weights are e times the softmax's factor (softmax_end.wgsl). The ends are
// kept as two numbers: a log-sum-exp is rounded at the size of the scores, and weights are off by that.

struct WalkedRow {
  // Largest score; HIDDEN_SCORE for a row that sees no key.
  maximum: f32,
  // Sums of e, e x, e^2 and e |query - key|.
  sum: f32,
  exponents: f32,
  squares: f32,
  distances: f32,
  // e at some keys, 0 where they are hidden or not there: the query's own, the one before it, key 0, and the
  // one that is marked for the query.
  places: array<f32, 4>,
}
