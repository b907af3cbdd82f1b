// Attention weights of a region, pooled: each cell's largest weight and their sum. A workgroup owns whole
// cells, a block of at least TILE_QUERIES rows and TILE_KEYS keys, so nothing is shared between workgroups.
// Each thread adds up tile upon tile for its 4 x 4 places of a tile; where cells are smaller than a tile, a
// place belongs to the same cell in all of them, for there is but one. Places are pooled at the end.

// Largest weights and sums of the thread's places: rows (columns here) of four keys.
struct Pooled {
  largest: mat4x4<f32>,
  sums: mat4x4<f32>,
}

// Over the block's tiles. Call it in uniform control flow.
fn pool_tiles(thread: u32, place: Place) -> Pooled {
  var pooled: Pooled;
  for (var row = 0u; row < region.rows_of_strip; row += TILE_QUERIES) {
    let unit = unit_of_region(first_row_of(place) + row);
    if (unit.first_query >= region.end_row) {
      break;
    }
    if (QUERIES_RESIDENT) {
      stage_queries(thread, unit, 0u, HEAD_QUADS);
    }
    let first_row = 4u * (thread / KEY_QUADS);
    let ends = ends_of(unit, first_row);
    let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
    for (var column = 0u; column < region.columns_of_block; column += TILE_KEYS) {
      let first_key = first_column_of(place) + column;
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
      let weights = final_weights(scores, ends);
      pooled = Pooled(larger(pooled.largest, weights), pooled.sums + weights);
    }
  }
  return pooled;
}

// Pools the thread's own places. All places of a cell hold its numbers then.
fn pool_places(own: Pooled) -> Pooled {
  return Pooled(largest_of_places(own.largest), sums_of_places(own.sums));
}

// One number of each kind for each of four rows or keys.
struct FourPooled {
  largest: vec4<f32>,
  sums: vec4<f32>,
}

// Of `count` threads, `step` apart.
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

// Pools what threads of the same rows have. A thread has one number a row, for its keys are all of one cell.
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

// Pools what threads of the same keys have. A thread has one number a key, for its rows are all of one cell.
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

fn store_row(place: Place, row: u32, first_column: u32, largest: vec4<f32>, sums: vec4<f32>) {
  if (row % region.rows_of_cell != 0u) {
    return;
  }
  for (var c = 0u; c < 4u; c++) {
    if ((first_column + c) % region.columns_of_cell == 0u) {
      store_cell(place, row, first_column + c, largest[c], sums[c]);
    }
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let place = place_of(piece.first_unit + workgroup.x);
  var pooled = pool_places(pool_tiles(thread, place));
  if (region.columns_of_cell > 4u) {
    pooled = pool_across(thread, pooled);
  }
  if (region.rows_of_cell > 4u) {
    pooled = pool_down(thread, pooled);
  }
  let row = 4u * (thread / KEY_QUADS);
  let column = 4u * (thread % KEY_QUADS);
  store_row(place, row, column, pooled.largest[0], pooled.sums[0]);
  store_row(place, row + 1u, column, pooled.largest[1], pooled.sums[1]);
  store_row(place, row + 2u, column, pooled.largest[2], pooled.sums[2]);
  store_row(place, row + 3u, column, pooled.largest[3], pooled.sums[3]);
}
