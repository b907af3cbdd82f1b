// Attention weights of a region, pooled: each cell's largest weight and their sum. A workgroup owns whole
// cells, a block of at least TILE_QUERIES rows and TILE_KEYS keys, so nothing is shared between workgroups.
// Each thread accumulates over the tiles at its 4 x 4 weights of a tile. Where cells are smaller than a tile there
// is only one tile, so a weight's cell never changes. The 4 x 4 are pooled at the end.

// Largest weights and sums at the thread's 4 x 4 weights; each column is a row of four keys.
struct Pooled {
  largest: mat4x4<f32>,
  sums: mat4x4<f32>,
}

// Accumulates over the block's tiles. Call it in uniform control flow.
fn pool_tiles(thread: u32, position: BlockPosition) -> Pooled {
  var pooled: Pooled;
  for (var row = 0u; row < region.rows_of_strip; row += TILE_QUERIES) {
    let unit = unit_of_region(first_row_of(position) + row);
    if (unit.first_query >= region.end_row) {
      break;
    }
    if (QUERIES_RESIDENT) {
      stage_queries(thread, unit, 0u, HEAD_QUADS);
    }
    let first_row = 4u * (thread / KEY_QUADS);
    let factors = row_factors(unit, first_row);
    let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
    for (var column = 0u; column < region.columns_of_block; column += TILE_KEYS) {
      let first_key = first_column_of(position) + column;
      if (first_key >= parameters.key_length) {
        break;
      }
      let state = unit_tile_state(unit, first_key);
      if (state == TILE_HIDDEN) {
        continue;
      }
      let raw = score_block(thread, unit, key_start, first_key);
      let key = first_key + 4u * (thread % KEY_QUADS);
      let scores = finish_scores(raw, unit, first_row, key, state == TILE_MIXED);
      let weights = final_weights(scores, factors);
      pooled = Pooled(larger(pooled.largest, weights), pooled.sums + weights);
    }
  }
  return pooled;
}

// Pools the thread's 4 x 4 weights: afterwards all of a cell's hold the cell's numbers.
fn pool_block(own: Pooled) -> Pooled {
  return Pooled(largest_of_cells(own.largest), sums_of_cells(own.sums));
}

// Pooled over one direction: a largest weight and a sum for each of four rows or keys.
struct FourPooled {
  largest: vec4<f32>,
  sums: vec4<f32>,
}

// Pools over `count` threads, `step` apart.
fn pool_threads(thread: u32, own: FourPooled, first: u32, step: u32, count: u32) -> FourPooled {
  scratch[thread] = own.sums;
  scratch[THREADS + thread] = own.largest;
  workgroupBarrier();
  var result: FourPooled;
  for (var i = 0u; i < count; i++) {
    result.sums += scratch[first + i * step];
    result.largest = max(result.largest, scratch[THREADS + first + i * step]);
  }
  workgroupBarrier();
  return result;
}

// Pools over threads of the same rows. A thread has one number a row, as its keys are all in one cell.
fn pool_across(thread: u32, own: Pooled) -> Pooled {
  let count = min(region.columns_of_cell, TILE_KEYS) / 4u;
  let mine = FourPooled(transpose(own.largest)[0], transpose(own.sums)[0]);
  let four = pool_threads(thread, mine, thread - thread % count, 1u, count);
  return Pooled(outer(four.largest), outer(four.sums));
}

// Each row's number at all four keys.
fn outer(rows: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(vec4<f32>(rows.x), vec4<f32>(rows.y), vec4<f32>(rows.z), vec4<f32>(rows.w));
}

// Pools over threads of the same keys. A thread has one number a key, as its rows are all in one cell.
fn pool_down(thread: u32, own: Pooled) -> Pooled {
  let count = min(region.rows_of_cell, TILE_QUERIES) / 4u;
  let y = thread / KEY_QUADS;
  let first = (y - y % count) * KEY_QUADS + thread % KEY_QUADS;
  let four = pool_threads(thread, FourPooled(own.largest[0], own.sums[0]), first, KEY_QUADS, count);
  return Pooled(
    mat4x4<f32>(four.largest, four.largest, four.largest, four.largest),
    mat4x4<f32>(four.sums, four.sums, four.sums, four.sums),
  );
}

fn store_row(position: BlockPosition, row: u32, first_column: u32, largest: vec4<f32>, sums: vec4<f32>) {
  if (row % region.rows_of_cell != 0u) {
    return;
  }
  for (var c = 0u; c < 4u; c++) {
    if ((first_column + c) % region.columns_of_cell == 0u) {
      store_cell(position, row, first_column + c, largest[c], sums[c]);
    }
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let position = block_position(piece.first_unit + workgroup.x);
  var pooled = pool_block(pool_tiles(thread, position));
  if (region.columns_of_cell > 4u) {
    pooled = pool_across(thread, pooled);
  }
  if (region.rows_of_cell > 4u) {
    pooled = pool_down(thread, pooled);
  }
  let row = 4u * (thread / KEY_QUADS);
  let column = 4u * (thread % KEY_QUADS);
  store_row(position, row, column, pooled.largest[0], pooled.sums[0]);
  store_row(position, row + 1u, column, pooled.largest[1], pooled.sums[1]);
  store_row(position, row + 2u, column, pooled.largest[2], pooled.sums[2]);
  store_row(position, row + 3u, column, pooled.largest[3], pooled.sums[3]);
}
