// Attention for few queries and many keys, first of two passes, without barriers or workgroup memory: a team
// of four lanes takes four rows (see shared/team.wgsl).
//
// For devices on which loads dominate, such as software adapters; see shared/attend_direct.wgsl. Results stay
// unnormalised for decode_merge.wgsl: each team is a part of the split.
//
// Source: split keys as in "Flash-Decoding" (Dao et al., 2023).
// Ladder: fifth rung.

// Four rows against the lane's sixteen keys, rows as columns (see block.wgsl).
struct LaneScores {
  keys_0: mat4x4<f32>,
  keys_1: mat4x4<f32>,
  keys_2: mat4x4<f32>,
  keys_3: mat4x4<f32>,
}

// Scores being modified and masked, and the weights of a mixed tile: the values that loops index.
var<private> unfinished: array<mat4x4<f32>, 4>;

// One quad of the four rows' queries: each lane loads one. A row past the end takes the tile's first.
fn query_quads(start: u32, quad: u32) -> mat4x4<f32> {
  let own = load_query(start, quad) * parameters.query_scale;
  return mat4x4<f32>(
    quadBroadcast(own, 0u),
    quadBroadcast(own, 1u),
    quadBroadcast(own, 2u),
    quadBroadcast(own, 3u),
  );
}

fn key_block(start: u32, key: u32, quad: u32) -> mat4x4<f32> {
  return transpose(key_columns(start, key, quad));
}

fn lane_scores(query: u32, start: u32, first_key: u32) -> LaneScores {
  var scores: LaneScores;
  for (var quad = 0u; quad < HEAD_QUADS; quad++) {
    let queries = query_quads(query, quad);
    scores.keys_0 = multiply_add(scores.keys_0, key_block(start, first_key, quad), queries);
    scores.keys_1 = multiply_add(scores.keys_1, key_block(start, first_key + 4u, quad), queries);
    scores.keys_2 = multiply_add(scores.keys_2, key_block(start, first_key + 8u, quad), queries);
    scores.keys_3 = multiply_add(scores.keys_3, key_block(start, first_key + 12u, quad), queries);
  }
  return scores;
}

// Applies score modifiers, and in mixed tiles the mask.
fn finish_lane(scores: LaneScores, unit: Unit, first_key: u32, mixed: bool) -> LaneScores {
  if (!SCORES_MODIFIED && !mixed) {
    return scores;
  }
  unfinished = array<mat4x4<f32>, 4>(scores.keys_0, scores.keys_1, scores.keys_2, scores.keys_3);
  for (var r = 0u; r < parameters.sixteen / 4u; r++) {
    let row = row_of(unit, r);
    for (var c = 0u; c < parameters.sixteen; c++) {
      let score = unfinished[c / 4u][r][c % 4u];
      unfinished[c / 4u][r][c % 4u] = finished_score(score, row, first_key + c, mixed);
    }
  }
  return LaneScores(unfinished[0], unfinished[1], unfinished[2], unfinished[3]);
}

// Adds four neighbouring keys of each lane, by their weights, to a quad of columns of four rows.
fn add_keys(sums: mat4x4<f32>, own: mat4x4<f32>, start: u32, first_key: u32, quad: u32) -> mat4x4<f32> {
  var result = multiply_add(sums, value_block(start, first_key, quad), of_lane_0(own));
  result = multiply_add(result, value_block(start, first_key + LANE_KEYS, quad), of_lane_1(own));
  result = multiply_add(result, value_block(start, first_key + 2u * LANE_KEYS, quad), of_lane_2(own));
  return multiply_add(result, value_block(start, first_key + 3u * LANE_KEYS, quad), of_lane_3(own));
}

// The same for a mixed tile, in which a weight of zero must hide its value.
fn add_keys_hiding(sums: mat4x4<f32>, own: mat4x4<f32>, start: u32, first_key: u32, quad: u32) -> mat4x4<f32> {
  var result = multiply_add_hiding(sums, value_block(start, first_key, quad), of_lane_0(own));
  result = multiply_add_hiding(result, value_block(start, first_key + LANE_KEYS, quad), of_lane_1(own));
  result = multiply_add_hiding(result, value_block(start, first_key + 2u * LANE_KEYS, quad), of_lane_2(own));
  return multiply_add_hiding(result, value_block(start, first_key + 3u * LANE_KEYS, quad), of_lane_3(own));
}

fn scaled_sums(at: u32, factors: vec4<f32>) -> mat4x4<f32> {
  let sums = mat4x4<f32>(
    partial_outputs[at],
    partial_outputs[at + VALUE_QUADS],
    partial_outputs[at + 2u * VALUE_QUADS],
    partial_outputs[at + 3u * VALUE_QUADS],
  );
  return scale_columns(sums, factors);
}

// Mixed tiles are rare, so a loop keeps the code short.
fn accumulate_hiding(weights: LaneScores, factors: vec4<f32>, start: u32, first_key: u32, lane: u32, to: u32) {
  unfinished = array<mat4x4<f32>, 4>(weights.keys_0, weights.keys_1, weights.keys_2, weights.keys_3);
  for (var first_quad = 0u; first_quad < VALUE_QUADS; first_quad += 4u) {
    let quad = min(first_quad + lane, VALUE_QUADS - 1u);
    var sums = scaled_sums(to + quad, factors);
    for (var i = 0u; i < 4u; i++) {
      sums = add_keys_hiding(sums, unfinished[i], start, first_key + 4u * i, quad);
    }
    store_sums(sums, to, first_quad + lane);
  }
}

// Rescales the team's sums, which start at `to`, and adds its weights times values.
fn accumulate(weights: LaneScores, factors: vec4<f32>, start: u32, first_key: u32, lane: u32, to: u32) {
  for (var first_quad = 0u; first_quad < VALUE_QUADS; first_quad += 4u) {
    let quad = min(first_quad + lane, VALUE_QUADS - 1u);
    var sums = scaled_sums(to + quad, factors);
    sums = add_keys(sums, weights.keys_0, start, first_key, quad);
    sums = add_keys(sums, weights.keys_1, start, first_key + 4u, quad);
    sums = add_keys(sums, weights.keys_2, start, first_key + 8u, quad);
    sums = add_keys(sums, weights.keys_3, start, first_key + 12u, quad);
    store_sums(sums, to, first_quad + lane);
  }
}

fn store_sums(sums: mat4x4<f32>, to: u32, quad: u32) {
  if (quad < VALUE_QUADS) {
    partial_outputs[to + quad] = sums[0];
    partial_outputs[to + VALUE_QUADS + quad] = sums[1];
    partial_outputs[to + 2u * VALUE_QUADS + quad] = sums[2];
    partial_outputs[to + 3u * VALUE_QUADS + quad] = sums[3];
  }
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(subgroup_invocation_id) invocation: u32,
) {
  let unit = unit_at(piece.first_unit + workgroup.y);
  let lane = invocation % 4u;
  let team = (invocation / 4u) % PARTS;
  let split = split_of(workgroup.x);
  let part = split_slot(workgroup.y, split) * PARTS + team;
  let to = part * TILE_QUERIES * VALUE_QUADS;
  for (var quad = lane; quad < VALUE_QUADS; quad += 4u) {
    store_sums(mat4x4<f32>(), to, quad);
  }

  let own_row = row_of(unit, lane);
  let query = select(query_start(row_of(unit, 0u)), query_start(own_row), own_row.exists);
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let value_start = head_start(parameters.value_stride, unit.batch, unit.kv_head);
  let begin = split * parameters.keys_per_split;
  let end = min(begin + parameters.keys_per_split, parameters.key_length);
  var maxima = vec4<f32>(HIDDEN_SCORE);
  var sums = vec4<f32>();
  for (var first_key = begin; first_key < end; first_key += TILE_KEYS) {
    let state = unit_tile_state(unit, first_key);
    if (state == TILE_HIDDEN) {
      continue;
    }
    let team_key = first_key + team * TEAM_KEYS;
    let raw = lane_scores(query, key_start, team_key + lane * LANE_KEYS);
    let scores = finish_lane(raw, unit, team_key + lane * LANE_KEYS, state == TILE_MIXED);
    let all = max(
      max(block_maxima(scores.keys_0), block_maxima(scores.keys_1)),
      max(block_maxima(scores.keys_2), block_maxima(scores.keys_3)),
    );
    let grown = max(maxima, team_maxima(all));
    let factors = exp2((maxima - grown) * parameters.score_unit);
    maxima = grown;
    let weights = LaneScores(
      weight_block(scores.keys_0, maxima),
      weight_block(scores.keys_1, maxima),
      weight_block(scores.keys_2, maxima),
      weight_block(scores.keys_3, maxima),
    );
    let added = weights.keys_0 + weights.keys_1 + weights.keys_2 + weights.keys_3;
    sums = sums * factors + vec4<f32>(1.0) * added;
    if (state == TILE_MIXED) {
      accumulate_hiding(weights, factors, value_start, team_key, lane, to);
    } else {
      accumulate(weights, factors, value_start, team_key, lane, to);
    }
  }
  let team_sum = team_sums(sums);
  partial_states[part * TILE_QUERIES + lane] = vec2<f32>(maxima[lane], team_sum[lane]);
}
