// As cells.wgsl, in registers alone: a thread owns eight rows of a strip and processes a block's keys, sixteen
// at a time, so a cell has at most eight rows. For software adapters; see shared/direct_tile.wgsl.

// Pooled over rows and keys so far: largest weights and sums, four keys each.
struct Pooled {
  largest: Rows,
  sums: Rows,
}

struct EightRowFactors {
  upper: RowFactors,
  lower: RowFactors,
}

fn final_rows(scores: Rows, factors: EightRowFactors) -> Rows {
  return Rows(final_weights(scores.upper, factors.upper), final_weights(scores.lower, factors.lower));
}

fn pool(a: Pooled, b: Pooled) -> Pooled {
  return Pooled(
    Rows(larger(a.largest.upper, b.largest.upper), larger(a.largest.lower, b.largest.lower)),
    Rows(a.sums.upper + b.sums.upper, a.sums.lower + b.sums.lower),
  );
}

fn pool_two(a: Rows, b: Rows) -> Pooled {
  return pool(Pooled(a, a), Pooled(b, b));
}

// Pools the block: afterwards all weights of a cell hold the cell's numbers.
fn pool_block(own: Pooled) -> Pooled {
  let largest = Rows(largest_of_cells(own.largest.upper), largest_of_cells(own.largest.lower));
  let sums = Rows(sums_of_cells(own.sums.upper), sums_of_cells(own.sums.lower));
  if (region.rows_of_cell < 8u) {
    return Pooled(largest, sums);
  }
  let largest_of_all = larger(largest.upper, largest.lower);
  let sum = sums.upper + sums.lower;
  return Pooled(Rows(largest_of_all, largest_of_all), Rows(sum, sum));
}

// Branches instead of an index, so that the rows can stay in registers.
fn row_at(rows: Rows, row: u32) -> vec4<f32> {
  switch row {
    case 0u: { return rows.upper[0]; }
    case 1u: { return rows.upper[1]; }
    case 2u: { return rows.upper[2]; }
    case 3u: { return rows.upper[3]; }
    case 4u: { return rows.lower[0]; }
    case 5u: { return rows.lower[1]; }
    case 6u: { return rows.lower[2]; }
    default: { return rows.lower[3]; }
  }
}

// The next part of a tile to store: four keys, or the cells of eight.
fn next_block(weights: ScoreTile, index: u32) -> Pooled {
  if (region.columns_of_cell == 8u) {
    if (index == 0u) {
      return pool_two(weights.keys_0, weights.keys_1);
    }
    return pool_two(weights.keys_2, weights.keys_3);
  }
  switch index {
    case 0u: { return Pooled(weights.keys_0, weights.keys_0); }
    case 1u: { return Pooled(weights.keys_1, weights.keys_1); }
    case 2u: { return Pooled(weights.keys_2, weights.keys_2); }
    default: { return Pooled(weights.keys_3, weights.keys_3); }
  }
}

// Stores the cells of a block that begins at `column` of its unit.
fn store_block(position: BlockPosition, first_row: u32, column: u32, block: Pooled) {
  let cells = pool_block(block);
  for (var r = 0u; r < 8u; r += region.rows_of_cell) {
    let largest = row_at(cells.largest, r);
    let sums = row_at(cells.sums, r);
    for (var c = 0u; c < 4u; c += region.columns_of_cell) {
      store_cell(position, first_row + r, column + c, largest[c], sums[c]);
    }
  }
}

// Weights of the thread's rows and sixteen keys; zeros where the tile is hidden. Call it in uniform control flow.
fn weights_at(unit: Unit, first_row: u32, first_key: u32, rows: RowStarts, factors: EightRowFactors) -> ScoreTile {
  let state = unit_tile_state(unit, first_key);
  if (state == TILE_HIDDEN) {
    return ScoreTile();
  }
  let raw = score_tile(rows.upper, rows.lower, rows.keys, first_key);
  let scores = finish_tile(raw, unit, first_row, first_key, state == TILE_MIXED);
  return ScoreTile(
    final_rows(scores.keys_0, factors),
    final_rows(scores.keys_1, factors),
    final_rows(scores.keys_2, factors),
    final_rows(scores.keys_3, factors),
  );
}

// Where the thread's queries, and the head's keys, begin.
struct RowStarts {
  upper: vec4<u32>,
  lower: vec4<u32>,
  keys: u32,
}

fn run(workgroup: vec3<u32>, _workgroups: vec3<u32>, thread: u32) {
  let position = block_position(piece.first_unit + workgroup.x);
  let unit = unit_of_region(first_row_of(position));
  let first_row = 8u * thread;
  let starts = RowStarts(
    four_starts(unit, first_row),
    four_starts(unit, first_row + 4u),
    head_start(parameters.key_stride, unit.batch, unit.kv_head),
  );
  let factors = EightRowFactors(row_factors(unit, first_row), row_factors(unit, first_row + 4u));
  let blocks_of_tile = select(4u, 2u, region.columns_of_cell == 8u);
  // For a cell that is as wide as a tile, or wider.
  var pooled = Pooled();
  for (var column = 0u; column < region.columns_of_block; column += TILE_KEYS) {
    let first_key = first_column_of(position) + column;
    if (first_key >= parameters.key_length) {
      break;
    }
    let weights = weights_at(unit, first_row, first_key, starts, factors);
    if (region.columns_of_cell < TILE_KEYS) {
      for (var i = 0u; i < blocks_of_tile; i++) {
        store_block(position, first_row, column + i * TILE_KEYS / blocks_of_tile, next_block(weights, i));
      }
      continue;
    }
    pooled = pool(pooled, pool(pool_two(weights.keys_0, weights.keys_1), pool_two(weights.keys_2, weights.keys_3)));
    let within = column % region.columns_of_cell;
    if (within + TILE_KEYS == region.columns_of_cell || first_key + TILE_KEYS >= parameters.key_length) {
      store_block(position, first_row, column - within, pooled);
      pooled = Pooled();
    }
  }
}
