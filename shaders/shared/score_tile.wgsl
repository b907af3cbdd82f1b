// Scores of one tile of TILE_QUERIES x TILE_KEYS. Thread (x, y) of 16 x TILE_QUERIES/ROWS_OF_THREAD holds keys
// 4x..4x+3 of ROWS_OF_THREAD rows, which are its columns (see block.wgsl).
//
// Keys go through workgroup memory transposed, DEPTH values of the head at a time, so that a thread reads
// its four keys as one vector and neighbouring threads read neighbouring vectors. Queries stay there for
// all key tiles where they fit (QUERIES_RESIDENT), else they are staged together with the keys.

const DEPTH_QUADS: u32 = 8u;
const HEAD_QUADS: u32 = (HEAD_SIZE + 3u) / 4u;
const THREADS: u32 = 16u * TILE_QUERIES / ROWS_OF_THREAD;
const KEY_QUADS: u32 = TILE_KEYS / 4u;
const QUERY_TILE_QUADS: u32 = select(DEPTH_QUADS, HEAD_QUADS, QUERIES_RESIDENT);

// Where operands are staged in `scratch`: keys at its start, overwriting all else, unless values are staged too
// (VALUES_STAGED; see weighted_values.wgsl), which need the weights beside them.
const STAGED: u32 = select(0u, TILE_QUERIES * KEY_QUADS, VALUES_STAGED);
const STAGED_VECTORS: u32 = 4u * DEPTH_QUADS * KEY_QUADS;

// Holds in turn: transposed keys, and values; the threads' row maxima; the weights of a tile.
var<workgroup> scratch: array<vec4<f32>, max(TILE_QUERIES * KEY_QUADS, STAGED + STAGED_VECTORS)>;
var<workgroup> query_tile: array<vec4<f32>, TILE_QUERIES * QUERY_TILE_QUADS>;

// Loads quads [first_quad, first_quad + quads) of the tile's queries, scaled. Rows past the end are zeros.
fn stage_queries(thread: u32, unit: Unit, first_quad: u32, quads: u32) {
  for (var i = thread; i < TILE_QUERIES * quads; i += THREADS) {
    let row = row_of(unit, i / quads);
    let quad = i % quads;
    var loaded = vec4<f32>();
    if (row.exists && first_quad + quad < HEAD_QUADS) {
      loaded = load_query(query_start(row), first_quad + quad) * parameters.query_scale;
    }
    query_tile[(i / quads) * QUERY_TILE_QUADS + quad] = loaded;
  }
}

// Loads DEPTH_QUADS quads of the tile's keys and transposes them, a block of 4 x 4 a step.
fn stage_keys(thread: u32, start: u32, first_key: u32, first_quad: u32) {
  for (var i = thread; i < KEY_QUADS * DEPTH_QUADS; i += THREADS) {
    let quad = i % DEPTH_QUADS;
    let key_quad = i / DEPTH_QUADS;
    let transposed = transpose(load_key_block(start, first_key + 4u * key_quad, first_quad + quad));
    let slot = STAGED + 4u * quad * KEY_QUADS + key_quad;
    scratch[slot] = transposed[0];
    scratch[slot + KEY_QUADS] = transposed[1];
    scratch[slot + 2u * KEY_QUADS] = transposed[2];
    scratch[slot + 3u * KEY_QUADS] = transposed[3];
  }
}

// One quad of four neighbouring keys. Elements past the last key or the head's size are zero.
fn load_key_block(start: u32, key: u32, quad: u32) -> mat4x4<f32> {
  var block = mat4x4<f32>();
  if (quad < HEAD_QUADS) {
    for (var i = 0u; i < 4u; i++) {
      if (key + i < parameters.key_length) {
        block[i] = load_key(start + (key + i) * parameters.key_stride.z, quad);
      }
    }
  }
  return block;
}

fn query_block(first_row: u32, quad: u32) -> mat4x4<f32> {
  let slot = first_row * QUERY_TILE_QUADS + quad;
  return mat4x4<f32>(
    query_tile[slot],
    query_tile[slot + QUERY_TILE_QUADS],
    query_tile[slot + 2u * QUERY_TILE_QUADS],
    query_tile[slot + 3u * QUERY_TILE_QUADS],
  );
}

fn staged_key_block(x: u32, quad: u32) -> mat4x4<f32> {
  let slot = STAGED + 4u * quad * KEY_QUADS + x;
  return mat4x4<f32>(
    scratch[slot],
    scratch[slot + KEY_QUADS],
    scratch[slot + 2u * KEY_QUADS],
    scratch[slot + 3u * KEY_QUADS],
  );
}

// A quad of the thread's queries.
fn query_rows(y: u32, quad: u32) -> Rows {
  let first_row = ROWS_OF_THREAD * y;
  var rows = Rows(query_block(first_row, quad), mat4x4<f32>());
  if (EIGHT_ROWS) { rows.lower = query_block(first_row + 4u, quad); }
  return rows;
}

// Scores of the thread's rows. Call it in uniform control flow. On return `scratch` is free.
fn score_rows(thread: u32, unit: Unit, key_start: u32, first_key: u32) -> Rows {
  let x = thread % KEY_QUADS;
  let y = thread / KEY_QUADS;
  var scores: Rows;
  for (var first_quad = 0u; first_quad < HEAD_QUADS; first_quad += DEPTH_QUADS) {
    if (!QUERIES_RESIDENT) {
      stage_queries(thread, unit, first_quad, DEPTH_QUADS);
    }
    stage_keys(thread, key_start, first_key, first_quad);
    workgroupBarrier();
    let query_offset = select(0u, first_quad, QUERIES_RESIDENT);
    for (var quad = 0u; quad < min(DEPTH_QUADS, HEAD_QUADS - first_quad); quad++) {
      scores = multiply_add_rows(scores, staged_key_block(x, quad), query_rows(y, query_offset + quad));
    }
    workgroupBarrier();
  }
  return scores;
}

// The same for a thread of four rows.
fn score_block(thread: u32, unit: Unit, key_start: u32, first_key: u32) -> mat4x4<f32> {
  return score_rows(thread, unit, key_start, first_key).upper;
}

// Applies score modifiers, and in mixed tiles the mask, to a block.
fn finish_scores(scores: mat4x4<f32>, unit: Unit, first_row: u32, first_key: u32, mixed: bool) -> mat4x4<f32> {
  if (!SCORES_MODIFIED && !mixed) {
    return scores;
  }
  var result = scores;
  for (var r = 0u; r < 4u; r++) {
    let row = row_of(unit, first_row + r);
    for (var c = 0u; c < 4u; c++) {
      result[r][c] = finished_score(result[r][c], row, first_key + c, mixed);
    }
  }
  return result;
}

// The softmax of a tile's rows, each shared by 16 threads.

// Largest value of each of the thread's rows, over the row's 16 threads.
fn maxima_over_threads(thread: u32, own: RowNumbers) -> RowNumbers {
  share_numbers(thread, own);
  workgroupBarrier();
  var maxima = own;
  let first = thread - thread % KEY_QUADS;
  for (var i = 0u; i < KEY_QUADS; i++) {
    maxima.upper = max(maxima.upper, scratch[first + i]);
    if (EIGHT_ROWS) { maxima.lower = max(maxima.lower, scratch[THREADS + first + i]); }
  }
  workgroupBarrier();
  return maxima;
}

// Sum of each of the thread's rows, over the row's 16 threads.
fn sums_over_threads(thread: u32, own: RowNumbers) -> RowNumbers {
  share_numbers(thread, own);
  workgroupBarrier();
  var sums: RowNumbers;
  let first = thread - thread % KEY_QUADS;
  for (var i = 0u; i < KEY_QUADS; i++) {
    sums.upper += scratch[first + i];
    if (EIGHT_ROWS) { sums.lower += scratch[THREADS + first + i]; }
  }
  return sums;
}

fn share_numbers(thread: u32, own: RowNumbers) {
  scratch[thread] = own.upper;
  if (EIGHT_ROWS) { scratch[THREADS + thread] = own.lower; }
}

// The same for threads of four rows.
fn row_maxima(thread: u32, own: vec4<f32>) -> vec4<f32> {
  return maxima_over_threads(thread, RowNumbers(own, vec4<f32>())).upper;
}

fn row_sums(thread: u32, own: vec4<f32>) -> vec4<f32> {
  return sums_over_threads(thread, RowNumbers(own, vec4<f32>())).upper;
}
