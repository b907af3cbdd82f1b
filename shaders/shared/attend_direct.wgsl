// Fused attention in registers alone: no barriers, no workgroup memory. A thread owns eight rows and walks
// over the keys sixteen at a time; it computes a block of 8 rows x 16 keys of the scores, their online
// softmax and its rows' outputs, and asks other threads for nothing but keys and values.
//
// For devices on which barriers and workgroup memory cost more than they save: software adapters above all,
// where every load is a gather. What is spelled out four times here would elsewhere be a loop over an
// array: arrays indexed in loops live in memory there, and named matrices in registers.
//
// Sources: as attend.wgsl.

const THREADS: u32 = TILE_QUERIES / 8u;
const HEAD_QUADS: u32 = (HEAD_SIZE + 3u) / 4u;
const VALUE_QUADS: u32 = (VALUE_SIZE + 3u) / 4u;

// A block of the thread's eight rows, rows as columns (see block.wgsl).
struct EightRows {
  upper: mat4x4<f32>,
  lower: mat4x4<f32>,
}

// Scores or weights, four keys each.
struct ScoreTile {
  keys_0: EightRows,
  keys_1: EightRows,
  keys_2: EightRows,
  keys_3: EightRows,
}

// One number for each of the eight rows.
struct EightNumbers {
  upper: vec4<f32>,
  lower: vec4<f32>,
}

// Unnormalised outputs of the threads' rows. Not in an array of the thread: compilers take seconds over those.
@group(0) @binding(7) var<storage, read_write> output_sums: array<EightRows>;
// Scores on their way through modifiers and mask, and the weights of a mixed tile: upper blocks, then lower ones.
var<private> unfinished: array<mat4x4<f32>, 8>;

fn multiply_add_rows(result: EightRows, left: mat4x4<f32>, right: EightRows) -> EightRows {
  return EightRows(
    multiply_add(result.upper, left, right.upper),
    multiply_add(result.lower, left, right.lower),
  );
}

fn multiply_add_rows_hiding(result: EightRows, left: mat4x4<f32>, right: EightRows) -> EightRows {
  return EightRows(
    multiply_add_hiding(result.upper, left, right.upper),
    multiply_add_hiding(result.lower, left, right.lower),
  );
}

fn scale_rows(rows: EightRows, factors: EightNumbers) -> EightRows {
  return EightRows(scale_columns(rows.upper, factors.upper), scale_columns(rows.lower, factors.lower));
}

// Where the queries of four rows begin. Rows past the end take the tile's first one: nobody sees their outputs.
fn four_starts(unit: Unit, first_row: u32) -> vec4<u32> {
  var starts: vec4<u32>;
  for (var r = 0u; r < 4u; r++) {
    let row = row_of(unit, first_row + r);
    starts[r] = select(query_start(row_of(unit, 0u)), query_start(row), row.exists);
  }
  return starts;
}

fn query_quads(starts: vec4<u32>, quad: u32) -> mat4x4<f32> {
  return parameters.query_scale * mat4x4<f32>(
    load_query(starts.x, quad),
    load_query(starts.y, quad),
    load_query(starts.z, quad),
    load_query(starts.w, quad),
  );
}

fn score_tile(upper: vec4<u32>, lower: vec4<u32>, start: u32, first_key: u32) -> ScoreTile {
  var scores: ScoreTile;
  for (var quad = 0u; quad < HEAD_QUADS; quad++) {
    let queries = EightRows(query_quads(upper, quad), query_quads(lower, quad));
    let keys_0 = key_rows(start, first_key, quad);
    scores.keys_0 = multiply_add_rows(scores.keys_0, transpose(keys_0), queries);
    let keys_1 = key_rows(start, first_key + 4u, quad);
    scores.keys_1 = multiply_add_rows(scores.keys_1, transpose(keys_1), queries);
    let keys_2 = key_rows(start, first_key + 8u, quad);
    scores.keys_2 = multiply_add_rows(scores.keys_2, transpose(keys_2), queries);
    let keys_3 = key_rows(start, first_key + 12u, quad);
    scores.keys_3 = multiply_add_rows(scores.keys_3, transpose(keys_3), queries);
  }
  return scores;
}

fn blocks_of(tile: ScoreTile) -> array<mat4x4<f32>, 8> {
  return array<mat4x4<f32>, 8>(
    tile.keys_0.upper, tile.keys_1.upper, tile.keys_2.upper, tile.keys_3.upper,
    tile.keys_0.lower, tile.keys_1.lower, tile.keys_2.lower, tile.keys_3.lower,
  );
}

// Applies score modifiers, and in mixed tiles the mask.
fn finish_tile(scores: ScoreTile, unit: Unit, first_row: u32, first_key: u32, mixed: bool) -> ScoreTile {
  if (!SCORES_MODIFIED && !mixed) {
    return scores;
  }
  unfinished = blocks_of(scores);
  for (var r = 0u; r < parameters.sixteen / 2u; r++) {
    let row = row_of(unit, first_row + r);
    for (var c = 0u; c < parameters.sixteen; c++) {
      let block = 4u * (r / 4u) + c / 4u;
      let score = unfinished[block][r % 4u][c % 4u];
      unfinished[block][r % 4u][c % 4u] = finished_score(score, row, first_key + c, mixed);
    }
  }
  return ScoreTile(
    EightRows(unfinished[0], unfinished[4]),
    EightRows(unfinished[1], unfinished[5]),
    EightRows(unfinished[2], unfinished[6]),
    EightRows(unfinished[3], unfinished[7]),
  );
}

fn row_maxima(scores: EightRows, least: EightNumbers) -> EightNumbers {
  return EightNumbers(
    max(least.upper, block_maxima(scores.upper)),
    max(least.lower, block_maxima(scores.lower)),
  );
}

fn weight_rows(scores: EightRows, maxima: EightNumbers) -> EightRows {
  return EightRows(weight_block(scores.upper, maxima.upper), weight_block(scores.lower, maxima.lower));
}

fn add_rows(a: EightRows, b: EightRows) -> EightRows {
  return EightRows(a.upper + b.upper, a.lower + b.lower);
}

// Where the thread's sums are.
fn sums_start(unit_of_piece: u32, thread: u32) -> u32 {
  return (unit_of_piece * THREADS + thread) * VALUE_QUADS;
}

fn scaled_sums(at: u32, factors: EightNumbers, first: bool) -> EightRows {
  if (first) {
    return EightRows();
  }
  return scale_rows(output_sums[at], factors);
}

// Rescales what earlier tiles have summed, and adds this tile's weights times values.
fn accumulate(weights: ScoreTile, factors: EightNumbers, start: u32, first_key: u32, to: u32, first: bool) {
  for (var quad = 0u; quad < VALUE_QUADS; quad++) {
    var sums = scaled_sums(to + quad, factors, first);
    sums = multiply_add_rows(sums, value_rows(start, first_key, quad), weights.keys_0);
    sums = multiply_add_rows(sums, value_rows(start, first_key + 4u, quad), weights.keys_1);
    sums = multiply_add_rows(sums, value_rows(start, first_key + 8u, quad), weights.keys_2);
    output_sums[to + quad] = multiply_add_rows(sums, value_rows(start, first_key + 12u, quad), weights.keys_3);
  }
}

// The same for a mixed tile. Those are few: a loop keeps their code short.
fn accumulate_hiding(weights: ScoreTile, factors: EightNumbers, start: u32, first_key: u32, to: u32, first: bool) {
  unfinished = blocks_of(weights);
  for (var quad = 0u; quad < VALUE_QUADS; quad++) {
    var sums = scaled_sums(to + quad, factors, first);
    for (var i = 0u; i < 4u; i++) {
      let group = EightRows(unfinished[i], unfinished[4u + i]);
      sums = multiply_add_rows_hiding(sums, value_rows(start, first_key + 4u * i, quad), group);
    }
    output_sums[to + quad] = sums;
  }
}

// How the softmax of the thread's rows stands.
struct Attended {
  // Largest score of each row.
  maxima: EightNumbers,
  // Of the weights relative to it.
  sums: EightNumbers,
  // Whether no tile was visible.
  empty: bool,
}

// Attends to keys [begin, end), where begin is a multiple of TILE_KEYS, for rows from `first_row` of the unit.
// Leaves the outputs in `output_sums`, from `to` on; nothing there where no tile was visible. Call it in uniform
// control flow.
fn attend(unit: Unit, first_row: u32, begin: u32, end: u32, to: u32) -> Attended {
  let upper = four_starts(unit, first_row);
  let lower = four_starts(unit, first_row + 4u);
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let value_start = head_start(parameters.value_stride, unit.batch, unit.kv_head);
  let hidden = vec4<f32>(HIDDEN_SCORE);
  var maxima = EightNumbers(hidden, hidden);
  var sums = EightNumbers();
  var first = true;
  for (var first_key = begin; first_key < end; first_key += TILE_KEYS) {
    let state = unit_tile_state(unit, first_key);
    if (state == TILE_HIDDEN) {
      continue;
    }
    let mixed = state == TILE_MIXED;
    let raw = score_tile(upper, lower, key_start, first_key);
    let scores = finish_tile(raw, unit, first_row, first_key, mixed);
    var grown = row_maxima(scores.keys_0, maxima);
    grown = row_maxima(scores.keys_1, grown);
    grown = row_maxima(scores.keys_2, grown);
    grown = row_maxima(scores.keys_3, grown);
    let factors = EightNumbers(
      exp2((maxima.upper - grown.upper) * parameters.score_unit),
      exp2((maxima.lower - grown.lower) * parameters.score_unit),
    );
    maxima = grown;
    let weights = ScoreTile(
      weight_rows(scores.keys_0, maxima),
      weight_rows(scores.keys_1, maxima),
      weight_rows(scores.keys_2, maxima),
      weight_rows(scores.keys_3, maxima),
    );
    let all = add_rows(add_rows(weights.keys_0, weights.keys_1), add_rows(weights.keys_2, weights.keys_3));
    sums.upper = sums.upper * factors.upper + vec4<f32>(1.0) * all.upper;
    sums.lower = sums.lower * factors.lower + vec4<f32>(1.0) * all.lower;
    if (mixed) {
      accumulate_hiding(weights, factors, value_start, first_key, to, first);
    } else {
      accumulate(weights, factors, value_start, first_key, to, first);
    }
    first = false;
  }
  return Attended(maxima, sums, first);
}
