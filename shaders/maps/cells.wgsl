// Attention weights of a region, pooled: each cell's largest weight and their sum. A workgroup owns whole
// cells, a block of at least TILE_QUERIES rows and TILE_KEYS keys, so nothing is shared between workgroups.
// Each thread adds up tile upon tile for its 4 x 4 places of a tile; where cells are smaller than a tile, a
// place belongs to the same cell in all of them, for there is but one. Places are pooled at the end.
//
// Weights are not negative, so the largest is found on their bits, where a NaN is above everything.

struct Pooled {
  // Rows of four keys.
  largest_0: vec4<u32>,
  largest_1: vec4<u32>,
  largest_2: vec4<u32>,
  largest_3: vec4<u32>,
  sums: mat4x4<f32>,
}

struct Softmax {
  maximum: f32,
  factor: f32,
  exists: bool,
}

fn softmax_of(row: Row) -> Softmax {
  if (!row.exists) {
    return Softmax(0.0, 0.0, false);
  }
  let maximum = walked_rows[row.query].maximum;
  return Softmax(maximum, end_softmax(maximum, walked_rows[row.query].sum, row.head).factor, true);
}

// Exactly zero where a key is hidden, whatever the row's factor is.
fn final_weights(scores: vec4<f32>, row: Softmax) -> vec4<f32> {
  let weights = exp2((scores - row.maximum) * parameters.score_unit) * row.factor;
  return select(weights, vec4<f32>(), (scores == vec4<f32>(HIDDEN_SCORE)) | vec4<bool>(!row.exists));
}

fn add_row(largest: vec4<u32>, weights: vec4<f32>) -> vec4<u32> {
  return max(largest, bitcast<vec4<u32>>(weights));
}

fn add_block(pooled: Pooled, weights: mat4x4<f32>) -> Pooled {
  return Pooled(
    add_row(pooled.largest_0, weights[0]),
    add_row(pooled.largest_1, weights[1]),
    add_row(pooled.largest_2, weights[2]),
    add_row(pooled.largest_3, weights[3]),
    pooled.sums + weights,
  );
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
    let row_0 = softmax_of(row_of(unit, first_row));
    let row_1 = softmax_of(row_of(unit, first_row + 1u));
    let row_2 = softmax_of(row_of(unit, first_row + 2u));
    let row_3 = softmax_of(row_of(unit, first_row + 3u));
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
      pooled = add_block(pooled, mat4x4<f32>(
        final_weights(scores[0], row_0),
        final_weights(scores[1], row_1),
        final_weights(scores[2], row_2),
        final_weights(scores[3], row_3),
      ));
    }
  }
  return pooled;
}

fn pool_largest_columns(row: vec4<u32>) -> vec4<u32> {
  var result = row;
  if (region.columns_of_cell >= 2u) {
    result = max(result, result.yxwz);
  }
  if (region.columns_of_cell >= 4u) {
    result = max(result, result.zwxy);
  }
  return result;
}

fn pool_sum_columns(row: vec4<f32>) -> vec4<f32> {
  var result = row;
  if (region.columns_of_cell >= 2u) {
    result += result.yxwz;
  }
  if (region.columns_of_cell >= 4u) {
    result += result.zwxy;
  }
  return result;
}

// Pools the thread's own places. All places of a cell hold its numbers then.
fn pool_places(own: Pooled) -> Pooled {
  var p = Pooled(
    pool_largest_columns(own.largest_0),
    pool_largest_columns(own.largest_1),
    pool_largest_columns(own.largest_2),
    pool_largest_columns(own.largest_3),
    mat4x4<f32>(
      pool_sum_columns(own.sums[0]),
      pool_sum_columns(own.sums[1]),
      pool_sum_columns(own.sums[2]),
      pool_sum_columns(own.sums[3]),
    ),
  );
  if (region.rows_of_cell >= 2u) {
    let upper = max(p.largest_0, p.largest_1);
    let lower = max(p.largest_2, p.largest_3);
    let upper_sums = p.sums[0] + p.sums[1];
    let lower_sums = p.sums[2] + p.sums[3];
    p = Pooled(upper, upper, lower, lower, mat4x4<f32>(upper_sums, upper_sums, lower_sums, lower_sums));
  }
  if (region.rows_of_cell >= 4u) {
    let all = max(p.largest_0, p.largest_2);
    let sums = p.sums[0] + p.sums[2];
    p = Pooled(all, all, all, all, mat4x4<f32>(sums, sums, sums, sums));
  }
  return p;
}

// Four numbers of each kind.
struct FourPooled {
  largest: vec4<u32>,
  sums: vec4<f32>,
}

// Of `count` threads, `step` apart.
fn pool_threads(thread: u32, own: FourPooled, first: u32, step: u32, count: u32) -> FourPooled {
  scratch[thread] = own.sums;
  scratch[THREADS + thread] = bitcast<vec4<f32>>(own.largest);
  workgroupBarrier();
  var result: FourPooled;
  for (var i = 0u; i < count; i++) {
    result.sums += scratch[first + i * step];
    result.largest = max(result.largest, bitcast<vec4<u32>>(scratch[THREADS + first + i * step]));
  }
  workgroupBarrier();
  return result;
}

// Pools what threads of the same rows have. A thread has one number a row, for its keys are all of one cell.
fn pool_across(thread: u32, own: Pooled) -> Pooled {
  let count = min(region.columns_of_cell, TILE_KEYS) / 4u;
  let mine = FourPooled(
    vec4<u32>(own.largest_0.x, own.largest_1.x, own.largest_2.x, own.largest_3.x),
    vec4<f32>(own.sums[0].x, own.sums[1].x, own.sums[2].x, own.sums[3].x),
  );
  let four = pool_threads(thread, mine, thread - thread % count, 1u, count);
  return Pooled(
    vec4<u32>(four.largest.x),
    vec4<u32>(four.largest.y),
    vec4<u32>(four.largest.z),
    vec4<u32>(four.largest.w),
    mat4x4<f32>(
      vec4<f32>(four.sums.x), vec4<f32>(four.sums.y), vec4<f32>(four.sums.z), vec4<f32>(four.sums.w),
    ),
  );
}

// Pools what threads of the same keys have. A thread has one number a key, for its rows are all of one cell.
fn pool_down(thread: u32, own: Pooled) -> Pooled {
  let count = min(region.rows_of_cell, TILE_QUERIES) / 4u;
  let y = thread / KEY_QUADS;
  let first = (y - y % count) * KEY_QUADS + thread % KEY_QUADS;
  let four = pool_threads(thread, FourPooled(own.largest_0, own.sums[0]), first, KEY_QUADS, count);
  return Pooled(
    four.largest, four.largest, four.largest, four.largest,
    mat4x4<f32>(four.sums, four.sums, four.sums, four.sums),
  );
}

fn store_row(place: Place, row: u32, first_column: u32, largest: vec4<u32>, sums: vec4<f32>) {
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
  store_row(place, row, column, pooled.largest_0, pooled.sums[0]);
  store_row(place, row + 1u, column, pooled.largest_1, pooled.sums[1]);
  store_row(place, row + 2u, column, pooled.largest_2, pooled.sums[2]);
  store_row(place, row + 3u, column, pooled.largest_3, pooled.sums[3]);
}
