// Weights times values as matrix products, added to the outputs. Each weight is two float16: two products.
//
// Values come straight from storage where all rows see all keys. In mixed tiles, and where rows are no
// multiple of a block, they are staged, and non-finite values are detected and left out.

const WHOLE_VALUE_BLOCKS: bool = BLOCKS_STORED && VALUE_SIZE % max(MATRIX_COLUMNS, 8u) == 0u;

// Whether some row has a weight for key `k` of the tile.
fn is_weighed(k: u32) -> bool {
  var weighed = false;
  for (var row = 0u; row < TILE_QUERIES; row++) {
    weighed |= weight_tile[row * WEIGHT_STRIDE + k] != 0.0h;
  }
  return weighed;
}

// MATRIX_DEPTH keys' values of the subgroups' columns, zeros past the last key and column.
fn stage_values(thread: u32, start: u32, first_key: u32, first_k: u32, first_column: u32) {
  for (var i = thread; i < MATRIX_DEPTH * STRIP; i += THREADS) {
    let k = first_k + i / STRIP;
    let column = first_column + i % STRIP;
    var value = 0.0h;
    if (first_key + k < parameters.key_length && column < VALUE_SIZE) {
      value = values[start + (first_key + k) * parameters.value_stride.z + column];
      if (!is_finite(f32(value))) {
        value = 0.0h;
        if (is_weighed(k)) {
          atomicStore(&met_non_finite, 1u);
        }
      }
    }
    staged[(i / STRIP) * STAGED_VALUE_STRIDE + i % STRIP] = value;
  }
}

// Call it in uniform control flow, behind a barrier.
fn add_values(sums: ptr<function, Outputs>, subgroup: u32, thread: u32, start: u32, first_key: u32, mixed: bool) {
  let whole = WHOLE_VALUE_BLOCKS && !mixed;
  let stride = parameters.value_stride.z;
  for (var k = 0u; k < TILE_KEYS; k += MATRIX_DEPTH) {
    for (var step = 0u; step < COLUMN_BLOCKS; step++) {
      if (!whole) {
        stage_values(thread, start, first_key, k, step * STRIP);
        workgroupBarrier();
      }
      var block: Right;
      if (whole) {
        // Subgroups without columns left repeat the last ones; their results are dropped.
        let column = min(step * SUBGROUPS + subgroup, VALUE_BLOCKS - 1u) * MATRIX_COLUMNS;
        block = stored_value_block(start + (first_key + k) * stride + column, stride);
      } else {
        block = subgroupMatrixLoad<Right, row_major>(&staged, subgroup * MATRIX_COLUMNS, STAGED_VALUE_STRIDE);
      }
      // The weights as float16, then their remainders.
      for (var half = 0u; half < 2u; half++) {
        for (var r = 0u; r < ROW_BLOCKS; r++) {
          let at = r * MATRIX_ROWS * WEIGHT_STRIDE + half * TILE_KEYS + k;
          let weights = subgroupMatrixLoad<Left, row_major>(&weight_tile, at, WEIGHT_STRIDE);
          let i = step * ROW_BLOCKS + r;
          sums[i] = subgroupMatrixMultiplyAccumulate(weights, block, sums[i]);
        }
      }
      if (!whole) {
        workgroupBarrier();
      }
    }
  }
}
