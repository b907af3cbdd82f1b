// A row's moments in one vector: sums of e, e x, e^2 and e |query - key|, where e = exp2(x) and x is the score minus
// the largest so far, in units of log 2.

// 2 to the minus this is 0. Keeps factors of a zero finite.
const FAR_BELOW: f32 = 1000.0;

// Weights of four keys relative to the row's maximum.
struct Relative {
  weights: vec4<f32>,
  exponents: vec4<f32>,
}

// NaN must propagate, so the weight is computed from the exponent before it is clamped.
fn relative(scores: vec4<f32>, maximum: f32) -> Relative {
  let exponents = (scores - maximum) * parameters.score_unit;
  let weights = select(exp2(exponents), vec4<f32>(), scores == vec4<f32>(HIDDEN_SCORE));
  return Relative(weights, max(exponents, vec4<f32>(-FAR_BELOW)));
}

fn moments_of(scores: vec4<f32>, maximum: f32, distances: vec4<f32>) -> vec4<f32> {
  let four = relative(scores, maximum);
  return vec4<f32>(
    dot(four.weights, vec4<f32>(1.0)),
    dot(four.weights, four.exponents),
    dot(four.weights, four.weights),
    dot(four.weights, distances),
  );
}

// The moments relative to a maximum that is larger, or the same.
fn rescaled_moments(moments: vec4<f32>, maximum: f32, grown: f32) -> vec4<f32> {
  let growth = min((grown - maximum) * parameters.score_unit, FAR_BELOW);
  let factor = exp2(-growth);
  return factor * vec4<f32>(moments.x, moments.y - growth * moments.x, factor * moments.z, moments.w);
}

fn rescaled_moment_rows(moments: mat4x4<f32>, maxima: vec4<f32>, grown: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    rescaled_moments(moments[0], maxima.x, grown.x),
    rescaled_moments(moments[1], maxima.y, grown.y),
    rescaled_moments(moments[2], maxima.z, grown.z),
    rescaled_moments(moments[3], maxima.w, grown.w),
  );
}

// |query - key| for four keys.
fn distances_from(query: u32, first_key: u32) -> vec4<f32> {
  return abs(f32(query) - (f32(first_key) + vec4<f32>(0.0, 1.0, 2.0, 3.0)));
}

// Moments of a block of four rows (its columns) and four keys.
fn moments_of_block(scores: mat4x4<f32>, maxima: vec4<f32>, first_query: u32, first_key: u32) -> mat4x4<f32> {
  return mat4x4<f32>(
    moments_of(scores[0], maxima.x, distances_from(first_query, first_key)),
    moments_of(scores[1], maxima.y, distances_from(first_query + 1u, first_key)),
    moments_of(scores[2], maxima.z, distances_from(first_query + 2u, first_key)),
    moments_of(scores[3], maxima.w, distances_from(first_query + 3u, first_key)),
  );
}

// Weights at single keys that characterise a head. They are computed separately: a few for each row cost less than
// looking out for them in the pass.

// One for each query; none past the list's end.
@group(0) @binding(10) var<storage, read> marks: array<u32>;

// No key has this number.
const NO_KEY: u32 = 0xffffffffu;
const KEY_WEIGHTS: u32 = 4u;

// Of query 0, the key before it is NO_KEY.
fn marked_key(index: u32, query: u32) -> u32 {
  switch index {
    case 0u: { return query; }
    case 1u: { return query - 1u; }
    case 2u: { return 0u; }
    default: {
      if (query >= arrayLength(&marks)) {
        return NO_KEY;
      }
      return marks[query];
    }
  }
}

// Sums the products in the order of the tiles, which gives the same bits.
fn score_of_key(row: Row, kv_head: u32, key: u32) -> f32 {
  let query_start = query_start(row);
  let key_start = head_start(parameters.key_stride, row.batch, kv_head) + key * parameters.key_stride.z;
  var score = 0.0;
  for (var quad = 0u; quad < HEAD_QUADS; quad++) {
    let left = load_key(key_start, quad);
    let right = load_query(query_start, quad) * parameters.query_scale;
    score = fma(left.w, right.w, fma(left.z, right.z, fma(left.y, right.y, fma(left.x, right.x, score))));
  }
  return finished_score(score, row, key, true);
}

fn weight_at_marked_key(index: u32, row: Row, kv_head: u32, maximum: f32) -> f32 {
  let key = marked_key(index, row.query);
  if (!sees(row, key)) {
    return 0.0;
  }
  return exp2((score_of_key(row, kv_head, key) - maximum) * parameters.score_unit);
}

// Where the pass stores its rows, and the tiles it processes.

@group(0) @binding(7) var<storage, read_write> row_states: array<RowState>;
// Tiles of rows to process, as units.
@group(0) @binding(11) var<storage, read> order: array<u32>;

// A sum of powers that are at most 1 is finite, unless a score is NaN, whose power is infinite on some adapters. As
// NaN it does not turn the row's other weights into zeros.
fn not_infinite(sum: f32) -> f32 {
  let bits = bitcast<u32>(sum);
  if ((bits & 0x7f800000u) != 0x7f800000u) {
    return sum;
  }
  return bitcast<f32>(bits | 0x7fc00000u);
}

fn store_sums(row: Row, maximum: f32, moments: vec4<f32>) {
  if (!row.exists) {
    return;
  }
  row_states[row.query].maximum = maximum;
  row_states[row.query].sum = not_infinite(moments.x);
  row_states[row.query].exponents = moments.y;
  row_states[row.query].squares = moments.z;
  row_states[row.query].distances = moments.w;
}
