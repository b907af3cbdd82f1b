// Scores of one tile of TILE_QUERIES x TILE_KEYS as matrix products, to workgroup memory, unscaled.
//
// Queries are staged once. Keys come straight from storage, a column each, except at a head's last keys and where
// rows are not a multiple of a block: those are staged.

// Rows in workgroup memory are padded against bank conflicts, and begin at multiples of 16 bytes.
const HALF_PADDING: u32 = 8u;
const DEPTH_STEPS: u32 = (HEAD_SIZE + MATRIX_DEPTH - 1u) / MATRIX_DEPTH;
const QUERY_STRIDE: u32 = DEPTH_STEPS * MATRIX_DEPTH + HALF_PADDING;
const SCORE_STRIDE: u32 = TILE_KEYS + 4u;
// Blocks of keys of a subgroup.
const KEY_BLOCKS: u32 = TILE_KEYS / (SUBGROUPS * MATRIX_COLUMNS);
const STAGED_KEY_STRIDE: u32 = MATRIX_DEPTH + HALF_PADDING;
const STAGED_VALUE_STRIDE: u32 = STRIP + HALF_PADDING;
// Matrices in storage begin at multiples of 16 bytes too: eight values.
const WHOLE_KEY_BLOCKS: bool = BLOCKS_STORED && HEAD_SIZE % max(MATRIX_DEPTH, 8u) == 0u;

var<workgroup> query_tile: array<f16, TILE_QUERIES * QUERY_STRIDE>;
// Scores; later, outputs that scalar code reads.
var<workgroup> score_tile: array<f32, TILE_QUERIES * SCORE_STRIDE>;
// One step of keys, or of values.
var<workgroup> staged: array<f16, max(TILE_KEYS * STAGED_KEY_STRIDE, MATRIX_DEPTH * STAGED_VALUE_STRIDE)>;

// Rows past the end and columns past the head's size are zeros.
fn stage_queries(thread: u32, unit: Unit) {
  for (var i = thread; i < TILE_QUERIES * DEPTH_STEPS * MATRIX_DEPTH; i += THREADS) {
    let row = row_of(unit, i / (DEPTH_STEPS * MATRIX_DEPTH));
    let d = i % (DEPTH_STEPS * MATRIX_DEPTH);
    var value = 0.0h;
    if (row.exists && d < HEAD_SIZE) {
      value = queries[query_start(row) + d];
    }
    query_tile[(i / (DEPTH_STEPS * MATRIX_DEPTH)) * QUERY_STRIDE + d] = value;
  }
  workgroupBarrier();
}

// MATRIX_DEPTH values of each of the tile's keys. Elements past the last key or the head's size are zero.
fn stage_keys(thread: u32, start: u32, first_key: u32, first_value: u32) {
  for (var i = thread; i < TILE_KEYS * MATRIX_DEPTH; i += THREADS) {
    let key = first_key + i / MATRIX_DEPTH;
    let d = first_value + i % MATRIX_DEPTH;
    var value = 0.0h;
    if (key < parameters.key_length && d < HEAD_SIZE) {
      value = keys[start + key * parameters.key_stride.z + d];
    }
    staged[(i / MATRIX_DEPTH) * STAGED_KEY_STRIDE + i % MATRIX_DEPTH] = value;
  }
}

// Call it in uniform control flow, and before a barrier.
fn score_keys(subgroup: u32, thread: u32, start: u32, first_key: u32) {
  let whole = WHOLE_KEY_BLOCKS && first_key + TILE_KEYS <= parameters.key_length;
  let stride = parameters.key_stride.z;
  var scores: array<Sums, ROW_BLOCKS * KEY_BLOCKS>;
  for (var step = 0u; step < DEPTH_STEPS; step++) {
    let d = step * MATRIX_DEPTH;
    if (!whole) {
      stage_keys(thread, start, first_key, d);
      workgroupBarrier();
    }
    for (var b = 0u; b < KEY_BLOCKS; b++) {
      let key = (subgroup * KEY_BLOCKS + b) * MATRIX_COLUMNS;
      var block: Right;
      if (whole) {
        block = stored_key_block(start + (first_key + key) * stride + d, stride);
      } else {
        block = subgroupMatrixLoad<Right, col_major>(&staged, key * STAGED_KEY_STRIDE, STAGED_KEY_STRIDE);
      }
      for (var r = 0u; r < ROW_BLOCKS; r++) {
        let rows = subgroupMatrixLoad<Left, row_major>(&query_tile, r * MATRIX_ROWS * QUERY_STRIDE + d, QUERY_STRIDE);
        let i = b * ROW_BLOCKS + r;
        scores[i] = subgroupMatrixMultiplyAccumulate(rows, block, scores[i]);
      }
    }
    if (!whole) {
      workgroupBarrier();
    }
  }
  for (var b = 0u; b < KEY_BLOCKS; b++) {
    for (var r = 0u; r < ROW_BLOCKS; r++) {
      let at = r * MATRIX_ROWS * SCORE_STRIDE + (subgroup * KEY_BLOCKS + b) * MATRIX_COLUMNS;
      subgroupMatrixStore<row_major>(&score_tile, at, scores[b * ROW_BLOCKS + r], SCORE_STRIDE);
    }
  }
}
