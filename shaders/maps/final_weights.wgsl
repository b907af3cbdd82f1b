// Weights of a register block, from its scores and the ends of its rows; and pooled by cells that are no
// larger than the block. Columns are rows of four keys, as in block.wgsl.

// Of four rows.
struct RowEnds {
  maxima: vec4<f32>,
  // What the softmax multiplies with in the end.
  factors: vec4<f32>,
  exist: vec4<bool>,
}

fn ends_of(unit: Unit, first_row: u32) -> RowEnds {
  var ends: RowEnds;
  for (var r = 0u; r < 4u; r++) {
    let row = row_of(unit, first_row + r);
    if (row.exists) {
      let maximum = walked_rows[row.query].maximum;
      ends.maxima[r] = maximum;
      ends.factors[r] = end_softmax(maximum, walked_rows[row.query].sum, row.head).factor;
      ends.exist[r] = true;
    }
  }
  return ends;
}

// Exactly zero where a key is hidden, whatever the row's factor is, and in rows that are not there.
fn final_column(scores: vec4<f32>, maximum: f32, factor: f32, exists: bool) -> vec4<f32> {
  let weights = exp2((scores - maximum) * parameters.score_unit) * factor;
  return select(weights, vec4<f32>(), (scores == vec4<f32>(HIDDEN_SCORE)) | vec4<bool>(!exists));
}

fn final_weights(scores: mat4x4<f32>, ends: RowEnds) -> mat4x4<f32> {
  return mat4x4<f32>(
    final_column(scores[0], ends.maxima.x, ends.factors.x, ends.exist.x),
    final_column(scores[1], ends.maxima.y, ends.factors.y, ends.exist.y),
    final_column(scores[2], ends.maxima.z, ends.factors.z, ends.exist.z),
    final_column(scores[3], ends.maxima.w, ends.factors.w, ends.exist.w),
  );
}

// A NaN may get lost here: it shows in the sums.
fn larger(a: mat4x4<f32>, b: mat4x4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(max(a[0], b[0]), max(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]));
}

// Both give all places of a cell the cell's number.
fn largest_of_places(own: mat4x4<f32>) -> mat4x4<f32> {
  var p = own;
  if (region.columns_of_cell >= 2u) {
    p = larger(p, mat4x4<f32>(p[0].yxwz, p[1].yxwz, p[2].yxwz, p[3].yxwz));
  }
  if (region.columns_of_cell >= 4u) {
    p = larger(p, mat4x4<f32>(p[0].zwxy, p[1].zwxy, p[2].zwxy, p[3].zwxy));
  }
  if (region.rows_of_cell >= 2u) {
    p = larger(p, mat4x4<f32>(p[1], p[0], p[3], p[2]));
  }
  if (region.rows_of_cell >= 4u) {
    p = larger(p, mat4x4<f32>(p[2], p[3], p[0], p[1]));
  }
  return p;
}

fn sums_of_places(own: mat4x4<f32>) -> mat4x4<f32> {
  var p = own;
  if (region.columns_of_cell >= 2u) {
    p += mat4x4<f32>(p[0].yxwz, p[1].yxwz, p[2].yxwz, p[3].yxwz);
  }
  if (region.columns_of_cell >= 4u) {
    p += mat4x4<f32>(p[0].zwxy, p[1].zwxy, p[2].zwxy, p[3].zwxy);
  }
  if (region.rows_of_cell >= 2u) {
    p += mat4x4<f32>(p[1], p[0], p[3], p[2]);
  }
  if (region.rows_of_cell >= 4u) {
    p += mat4x4<f32>(p[2], p[3], p[0], p[1]);
  }
  return p;
}
