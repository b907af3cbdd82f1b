// A tile of scores in registers alone: a thread owns eight rows (Rows of block.wgsl) and computes a block of them
// by 16 keys. For kernels without barriers or workgroup memory (attend_direct.wgsl, maps/row_stats_direct.wgsl).

const THREADS: u32 = TILE_QUERIES / ROWS_OF_THREAD;
const HEAD_QUADS: u32 = (HEAD_SIZE + 3u) / 4u;

// Scores or weights, four keys each.
struct ScoreTile {
  keys_0: Rows,
  keys_1: Rows,
  keys_2: Rows,
  keys_3: Rows,
}

// Scores being modified and masked (upper blocks, then lower ones), and other values that loops index.
var<private> unfinished: array<mat4x4<f32>, 8>;

// Start offsets of four rows' queries. Rows past the end use the tile's first one; their outputs are not stored.
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

// The keys that each row sees, as a bit for each of the tile's sixteen keys. A word holds two rows, the odd one in
// its upper half.
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

// Hides the scores whose bit, of the lowest four, is not set.
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

// A mask alone does not depend on scores, so it is evaluated separately and the scores stay in registers.
fn finish_tile(scores: ScoreTile, unit: Unit, first_row: u32, first_key: u32, mixed: bool) -> ScoreTile {
  if (SCORES_MODIFIED) {
    return modified_tile(scores, unit, first_row, first_key, mixed);
  }
  var result = scores;
  // A loop that runs at most once: SwiftShader executes both sides of a branch, with lanes masked off, and skips
  // only loops.
  for (var once = 0u; once < select(0u, 1u, mixed); once++) {
    result = masked_tile(scores, seen_keys(unit, first_row, first_key));
  }
  return result;
}

// The first tile from this key on that is not hidden; past the end if there is none. A loop of its own, as
// SwiftShader executes both sides of a branch, with lanes masked off, and skips only loops.
fn next_tile(unit: Unit, first_key: u32, end: u32) -> u32 {
  var next = first_key;
  while (next < end && unit_tile_state(unit, next) == TILE_HIDDEN) {
    next += TILE_KEYS;
  }
  return next;
}
