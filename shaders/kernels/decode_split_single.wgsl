// decode_split_direct.wgsl for one row: a single query whose key head serves no other, for which four rows at a time
// would waste three.

// The lane's sixteen scores, while they are modified and masked.
var<private> unfinished: mat4x4<f32>;

fn lane_scores(query: u32, start: u32, first_key: u32) -> mat4x4<f32> {
  var scores: mat4x4<f32>;
  for (var quad = 0u; quad < HEAD_QUADS; quad++) {
    let own = load_query(query, quad) * parameters.query_scale;
    scores += mat4x4<f32>(
      own * key_columns(start, first_key, quad),
      own * key_columns(start, first_key + 4u, quad),
      own * key_columns(start, first_key + 8u, quad),
      own * key_columns(start, first_key + 12u, quad),
    );
  }
  return scores;
}

// Applies score modifiers, and in mixed tiles the mask.
fn finish_lane(scores: mat4x4<f32>, row: Row, first_key: u32, mixed: bool) -> mat4x4<f32> {
  if (!SCORES_MODIFIED && !mixed) {
    return scores;
  }
  unfinished = scores;
  for (var c = 0u; c < parameters.sixteen; c++) {
    unfinished[c / 4u][c % 4u] = finished_score(unfinished[c / 4u][c % 4u], row, first_key + c, mixed);
  }
  return unfinished;
}

fn greatest(scores: mat4x4<f32>) -> f32 {
  let four = max(max(scores[0], scores[1]), max(scores[2], scores[3]));
  return max(max(four.x, four.y), max(four.z, four.w));
}

// Four neighbouring keys' values times their weights. A weight of zero hides its value, even a NaN.
fn weighted(start: u32, key: u32, quad: u32, weights: vec4<f32>) -> vec4<f32> {
  return hide(value_block(start, key, quad), weights) * weights;
}

fn weighted_keys(start: u32, key: u32, quad: u32, weights: mat4x4<f32>) -> vec4<f32> {
  return weighted(start, key, quad, weights[0])
    + weighted(start, key + 4u, quad, weights[1])
    + weighted(start, key + 8u, quad, weights[2])
    + weighted(start, key + 12u, quad, weights[3]);
}

// Rescales the team's sums, which start at `to`, and adds its weights times values.
fn accumulate(weights: mat4x4<f32>, factor: f32, start: u32, first_key: u32, lane: u32, to: u32) {
  for (var first_quad = 0u; first_quad < VALUE_QUADS; first_quad += 4u) {
    let quad = min(first_quad + lane, VALUE_QUADS - 1u);
    var sum = partial_outputs[to + quad] * factor;
    sum += weighted_keys(start, first_key, quad, of_lane_0(weights));
    sum += weighted_keys(start, first_key + LANE_KEYS, quad, of_lane_1(weights));
    sum += weighted_keys(start, first_key + 2u * LANE_KEYS, quad, of_lane_2(weights));
    sum += weighted_keys(start, first_key + 3u * LANE_KEYS, quad, of_lane_3(weights));
    if (first_quad + lane < VALUE_QUADS) {
      partial_outputs[to + quad] = sum;
    }
  }
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(subgroup_invocation_id) invocation: u32,
) {
  let unit = unit_at(piece.first_unit + workgroup.y);
  let row = row_of(unit, 0u);
  let lane = invocation % 4u;
  let team = (invocation / 4u) % PARTS;
  let split = split_of(workgroup.x);
  let part = split_slot(workgroup.y, split) * PARTS + team;
  let to = part * VALUE_QUADS;
  for (var quad = lane; quad < VALUE_QUADS; quad += 4u) {
    partial_outputs[to + quad] = vec4<f32>();
  }

  let query = query_start(row);
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let value_start = head_start(parameters.value_stride, unit.batch, unit.kv_head);
  let begin = split * parameters.keys_per_split;
  let end = min(begin + parameters.keys_per_split, parameters.key_length);
  var maximum = HIDDEN_SCORE;
  var sum = 0.0;
  for (var first_key = begin; first_key < end; first_key += TILE_KEYS) {
    let state = unit_tile_state(unit, first_key);
    if (state == TILE_HIDDEN) {
      continue;
    }
    let team_key = first_key + team * TEAM_KEYS;
    let lane_key = team_key + lane * LANE_KEYS;
    let raw = lane_scores(query, key_start, lane_key);
    let scores = finish_lane(raw, row, lane_key, state == TILE_MIXED);
    let grown = max(maximum, team_maxima(vec4<f32>(greatest(scores))).x);
    let factor = exp2((maximum - grown) * parameters.score_unit);
    maximum = grown;
    let weights = mat4x4<f32>(
      weight_column(scores[0], maximum),
      weight_column(scores[1], maximum),
      weight_column(scores[2], maximum),
      weight_column(scores[3], maximum),
    );
    sum = sum * factor + dot(weights[0] + weights[1] + weights[2] + weights[3], vec4<f32>(1.0));
    accumulate(weights, factor, value_start, team_key, lane, to);
  }
  let team_sum = team_sums(vec4<f32>(sum)).x;
  if (lane == 0u) {
    partial_states[part] = vec2<f32>(maximum, team_sum);
  }
}
