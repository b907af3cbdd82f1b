// A row's sums while it walks over the keys, in one vector: sums of e, e x, e^2 and e |query - key|, where
// e = exp2(x) and x is the score minus the largest so far, in units of log 2.

// 2 to the minus this is 0. Keeps what is multiplied with a zero finite.
const FAR_BELOW: f32 = 1000.0;

// Weights of four keys relative to the row's maximum.
struct Relative {
  weights: vec4<f32>,
  exponents: vec4<f32>,
}

// A NaN must come through, so it is the weight that is computed from what was not clamped.
fn relative(scores: vec4<f32>, maximum: f32) -> Relative {
  let exponents = (scores - maximum) * parameters.score_unit;
  let weights = select(exp2(exponents), vec4<f32>(), scores == vec4<f32>(HIDDEN_SCORE));
  return Relative(weights, max(exponents, vec4<f32>(-FAR_BELOW)));
}

fn tally_of(scores: vec4<f32>, maximum: f32, distances: vec4<f32>) -> vec4<f32> {
  let four = relative(scores, maximum);
  return vec4<f32>(
    dot(four.weights, vec4<f32>(1.0)),
    dot(four.weights, four.exponents),
    dot(four.weights, four.weights),
    dot(four.weights, distances),
  );
}

// The sums relative to a maximum that is larger, or the same.
fn retallied(tally: vec4<f32>, maximum: f32, grown: f32) -> vec4<f32> {
  let growth = min((grown - maximum) * parameters.score_unit, FAR_BELOW);
  let factor = exp2(-growth);
  return factor * vec4<f32>(tally.x, tally.y - growth * tally.x, factor * tally.z, tally.w);
}

fn retallied_rows(tallies: mat4x4<f32>, maxima: vec4<f32>, grown: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    retallied(tallies[0], maxima.x, grown.x),
    retallied(tallies[1], maxima.y, grown.y),
    retallied(tallies[2], maxima.z, grown.z),
    retallied(tallies[3], maxima.w, grown.w),
  );
}

// |query - key| for four keys.
fn distances_from(query: u32, first_key: u32) -> vec4<f32> {
  return abs(f32(query) - (f32(first_key) + vec4<f32>(0.0, 1.0, 2.0, 3.0)));
}

// Tallies of a block of four rows (its columns) and four keys.
fn tallies_of(scores: mat4x4<f32>, maxima: vec4<f32>, first_query: u32, first_key: u32) -> mat4x4<f32> {
  return mat4x4<f32>(
    tally_of(scores[0], maxima.x, distances_from(first_query, first_key)),
    tally_of(scores[1], maxima.y, distances_from(first_query + 1u, first_key)),
    tally_of(scores[2], maxima.z, distances_from(first_query + 2u, first_key)),
    tally_of(scores[3], maxima.w, distances_from(first_query + 3u, first_key)),
  );
}
