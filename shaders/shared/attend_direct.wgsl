// Fused attention in registers alone: no barriers, no workgroup memory. A thread owns eight rows and walks
// over the keys sixteen at a time; it computes a block of 8 rows x 16 keys of the scores, their online
// softmax and its rows' outputs, and asks other threads for nothing but keys and values.
//
// For devices on which barriers and workgroup memory cost more than they save: software adapters above all,
// where every load is a gather. What is spelled out four times here would elsewhere be a loop over an
// array: arrays indexed in loops live in memory there, and named matrices in registers.
//
// Sources: as attend.wgsl.

const THREADS: u32 = TILE_QUERIES / ROWS_OF_THREAD;
const HEAD_QUADS: u32 = (HEAD_SIZE + 3u) / 4u;
const VALUE_QUADS: u32 = (VALUE_SIZE + 3u) / 4u;

// Scores or weights, four keys each.
struct ScoreTile {
  keys_0: Rows,
  keys_1: Rows,
  keys_2: Rows,
  keys_3: Rows,
}

// How the softmax of the thread's rows stands.
struct Attended {
  // Largest score of each row.
  maxima: RowNumbers,
  // Of the weights relative to it.
  sums: RowNumbers,
  // How many tiles were visible.
  tiles: u32,
}

// Unnormalised outputs of the threads' rows. Not in an array of the thread: compilers take seconds over those.
@group(0) @binding(7) var<storage, read_write> output_sums: array<Rows>;
// Scores on their way through modifiers and mask, and the weights of a mixed tile: upper blocks, then lower ones.
var<private> unfinished: array<mat4x4<f32>, 8>;

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
    let queries = Rows(query_quads(upper, quad), query_quads(lower, quad));
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

// Which of the tile's keys each row sees, a bit for each of the sixteen keys. Words hold two rows, the odd one
// above.
fn seen_keys(unit: Unit, first_row: u32, first_key: u32) -> vec4<u32> {
  var seen = vec4<u32>();
  for (var r = 0u; r < parameters.sixteen / 2u; r++) {
    let row = row_of(unit, first_row + r);
    var bits = 0u;
    for (var c = 0u; c < parameters.sixteen; c++) {
      bits |= select(0u, 1u << c, sees(row, first_key + c));
    }
    seen |= select(vec4<u32>(), vec4<u32>(bits << (16u * (r % 2u))), vec4<u32>(r / 2u) == vec4<u32>(0u, 1u, 2u, 3u));
  }
  return seen;
}

// Hides what the lowest four bits leave out.
fn masked_column(scores: vec4<f32>, bits: u32) -> vec4<f32> {
  return select(vec4<f32>(HIDDEN_SCORE), scores, (vec4<u32>(bits) & vec4<u32>(1u, 2u, 4u, 8u)) != vec4<u32>());
}

// Bits of four rows, from `first` on.
fn masked_block(scores: mat4x4<f32>, rows: vec2<u32>, first: u32) -> mat4x4<f32> {
  return mat4x4<f32>(
    masked_column(scores[0], rows.x >> first),
    masked_column(scores[1], rows.x >> (16u + first)),
    masked_column(scores[2], rows.y >> first),
    masked_column(scores[3], rows.y >> (16u + first)),
  );
}

fn masked_rows(scores: Rows, seen: vec4<u32>, first: u32) -> Rows {
  return Rows(masked_block(scores.upper, seen.xy, first), masked_block(scores.lower, seen.zw, first));
}

fn masked_tile(scores: ScoreTile, seen: vec4<u32>) -> ScoreTile {
  return ScoreTile(
    masked_rows(scores.keys_0, seen, 0u),
    masked_rows(scores.keys_1, seen, 4u),
    masked_rows(scores.keys_2, seen, 8u),
    masked_rows(scores.keys_3, seen, 12u),
  );
}

// Applies score modifiers and, in mixed tiles, the mask.
fn modified_tile(scores: ScoreTile, unit: Unit, first_row: u32, first_key: u32, mixed: bool) -> ScoreTile {
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
    Rows(unfinished[0], unfinished[4]),
    Rows(unfinished[1], unfinished[5]),
    Rows(unfinished[2], unfinished[6]),
    Rows(unfinished[3], unfinished[7]),
  );
}

// A mask alone needs no scores, so it is asked about apart from them: they can stay in registers.
fn finish_tile(scores: ScoreTile, unit: Unit, first_row: u32, first_key: u32, mixed: bool) -> ScoreTile {
  if (SCORES_MODIFIED) {
    return modified_tile(scores, unit, first_row, first_key, mixed);
  }
  if (mixed) {
    return masked_tile(scores, seen_keys(unit, first_row, first_key));
  }
  return scores;
}

fn add_rows(a: Rows, b: Rows) -> Rows {
  return Rows(a.upper + b.upper, a.lower + b.lower);
}


fn scaled_sums(at: u32, factors: RowNumbers, first: bool) -> Rows {
  if (first) {
    return Rows();
  }
  return scale_rows(output_sums[at], factors);
}

// Rescales what earlier tiles have summed, and adds this tile's weights times values.
fn accumulate(weights: ScoreTile, factors: RowNumbers, start: u32, first_key: u32, to: u32, first: bool) {
  for (var quad = 0u; quad < VALUE_QUADS; quad++) {
    var sums = scaled_sums(to + quad, factors, first);
    sums = multiply_add_rows(sums, value_rows(start, first_key, quad), weights.keys_0);
    sums = multiply_add_rows(sums, value_rows(start, first_key + 4u, quad), weights.keys_1);
    sums = multiply_add_rows(sums, value_rows(start, first_key + 8u, quad), weights.keys_2);
    output_sums[to + quad] = multiply_add_rows(sums, value_rows(start, first_key + 12u, quad), weights.keys_3);
  }
}

// Whether a tile's values are all finite. If so, hidden keys need no care: their weights are exactly zero.
fn values_are_finite(start: u32, first_key: u32) -> bool {
  var exponents = vec4<u32>();
  for (var quad = 0u; quad < VALUE_QUADS; quad++) {
    for (var key = first_key; key < first_key + TILE_KEYS; key += 4u) {
      let block = value_rows(start, key, quad);
      exponents = max(exponents, max(exponents_of(block[0]), exponents_of(block[1])));
      exponents = max(exponents, max(exponents_of(block[2]), exponents_of(block[3])));
    }
  }
  return all(exponents < vec4<u32>(INFINITE_EXPONENT));
}

const INFINITE_EXPONENT: u32 = 0x7f800000u;

fn exponents_of(values: vec4<f32>) -> vec4<u32> {
  return bitcast<vec4<u32>>(values) & vec4<u32>(INFINITE_EXPONENT);
}

// The same for a mixed tile with values that are not finite. A loop keeps its code short: there is hardly any.
fn accumulate_hiding(weights: ScoreTile, factors: RowNumbers, start: u32, first_key: u32, to: u32, first: bool) {
  unfinished = blocks_of(weights);
  for (var quad = 0u; quad < VALUE_QUADS; quad++) {
    var sums = scaled_sums(to + quad, factors, first);
    for (var i = 0u; i < 4u; i++) {
      let group = Rows(unfinished[i], unfinished[4u + i]);
      sums = multiply_add_rows_hiding(sums, value_rows(start, first_key + 4u * i, quad), group);
    }
    output_sums[to + quad] = sums;
  }
}

fn accumulate_mixed(weights: ScoreTile, factors: RowNumbers, start: u32, first_key: u32, to: u32, first: bool) {
  if (values_are_finite(start, first_key)) {
    accumulate(weights, factors, start, first_key, to, first);
  } else {
    accumulate_hiding(weights, factors, start, first_key, to, first);
  }
}

fn nothing_attended() -> Attended {
  let hidden = vec4<f32>(HIDDEN_SCORE);
  return Attended(RowNumbers(hidden, hidden), RowNumbers(), 0u);
}

// Attends to keys [begin, end), where begin is a multiple of TILE_KEYS, for rows from `first_row` of the unit, on
// top of what was found before. The outputs are in `output_sums`, from `to` on; nothing is there as long as no
// tile was visible. Call it in uniform control flow.
fn attend(unit: Unit, first_row: u32, begin: u32, end: u32, to: u32, before: Attended) -> Attended {
  let upper = four_starts(unit, first_row);
  let lower = four_starts(unit, first_row + 4u);
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let value_start = head_start(parameters.value_stride, unit.batch, unit.kv_head);
  var maxima = before.maxima;
  var sums = before.sums;
  var tiles = before.tiles;
  for (var first_key = begin; first_key < end; first_key += TILE_KEYS) {
    let state = unit_tile_state(unit, first_key);
    if (state == TILE_HIDDEN) {
      continue;
    }
    let mixed = state == TILE_MIXED;
    let raw = score_tile(upper, lower, key_start, first_key);
    let scores = finish_tile(raw, unit, first_row, first_key, mixed);
    var grown = maxima_of_rows(scores.keys_0, maxima);
    grown = maxima_of_rows(scores.keys_1, grown);
    grown = maxima_of_rows(scores.keys_2, grown);
    grown = maxima_of_rows(scores.keys_3, grown);
    let factors = corrections(maxima, grown);
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
      accumulate_mixed(weights, factors, value_start, first_key, to, tiles == 0u);
    } else {
      accumulate(weights, factors, value_start, first_key, to, tiles == 0u);
    }
    tiles++;
  }
  return Attended(maxima, sums, tiles);
}
