// The register block: 4 x 4 results a thread, from operands of 4 x 4. 64 multiply-adds for 8 vectors
// loaded. Columns are named by the result: result[r] += left * right[r].

fn multiply_add(result: mat4x4<f32>, left: mat4x4<f32>, right: mat4x4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    multiply_add_column(result[0], left, right[0]),
    multiply_add_column(result[1], left, right[1]),
    multiply_add_column(result[2], left, right[2]),
    multiply_add_column(result[3], left, right[3]),
  );
}

fn multiply_add_column(result: vec4<f32>, left: mat4x4<f32>, right: vec4<f32>) -> vec4<f32> {
  let first = fma(left[0], vec4<f32>(right.x), result);
  let second = fma(left[1], vec4<f32>(right.y), first);
  let third = fma(left[2], vec4<f32>(right.z), second);
  return fma(left[3], vec4<f32>(right.w), third);
}

// The same, but a right factor of zero hides its left column, even where that is NaN (NaN times zero is NaN).
fn multiply_add_hiding(result: mat4x4<f32>, left: mat4x4<f32>, right: mat4x4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    multiply_add_column(result[0], hide(left, right[0]), right[0]),
    multiply_add_column(result[1], hide(left, right[1]), right[1]),
    multiply_add_column(result[2], hide(left, right[2]), right[2]),
    multiply_add_column(result[3], hide(left, right[3]), right[3]),
  );
}

fn hide(left: mat4x4<f32>, right: vec4<f32>) -> mat4x4<f32> {
  let zero = vec4<f32>();
  return mat4x4<f32>(
    select(left[0], zero, right.x == 0.0),
    select(left[1], zero, right.y == 0.0),
    select(left[2], zero, right.z == 0.0),
    select(left[3], zero, right.w == 0.0),
  );
}

fn scale_columns(columns: mat4x4<f32>, factors: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    columns[0] * factors.x,
    columns[1] * factors.y,
    columns[2] * factors.z,
    columns[3] * factors.w,
  );
}

// A thread's rows: four, or eight as two blocks, one above the other, which share the loaded left operand. With
// four rows the lower block is never used, and compilers drop it.
struct Rows {
  upper: mat4x4<f32>,
  lower: mat4x4<f32>,
}

// A number for each of them.
struct RowNumbers {
  upper: vec4<f32>,
  lower: vec4<f32>,
}

const EIGHT_ROWS: bool = ROWS_OF_THREAD == 8u;

fn multiply_add_rows(result: Rows, left: mat4x4<f32>, right: Rows) -> Rows {
  var sums = Rows(multiply_add(result.upper, left, right.upper), mat4x4<f32>());
  if (EIGHT_ROWS) { sums.lower = multiply_add(result.lower, left, right.lower); }
  return sums;
}

fn multiply_add_rows_hiding(result: Rows, left: mat4x4<f32>, right: Rows) -> Rows {
  var sums = Rows(multiply_add_hiding(result.upper, left, right.upper), mat4x4<f32>());
  if (EIGHT_ROWS) { sums.lower = multiply_add_hiding(result.lower, left, right.lower); }
  return sums;
}

fn scale_rows(rows: Rows, factors: RowNumbers) -> Rows {
  var scaled = Rows(scale_columns(rows.upper, factors.upper), mat4x4<f32>());
  if (EIGHT_ROWS) { scaled.lower = scale_columns(rows.lower, factors.lower); }
  return scaled;
}

// The softmax of a register block of scores: its columns are rows of four keys.

fn block_maxima(scores: mat4x4<f32>) -> vec4<f32> {
  let rows = transpose(scores);
  return max(max(rows[0], rows[1]), max(rows[2], rows[3]));
}

// exp(scale * (score - maximum)); exactly zero for hidden keys, even in a row without visible ones.
fn weight_column(scores: vec4<f32>, maximum: f32) -> vec4<f32> {
  return select(exp2((scores - maximum) * parameters.score_unit), vec4<f32>(), scores == vec4<f32>(HIDDEN_SCORE));
}

fn weight_block(scores: mat4x4<f32>, maxima: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    weight_column(scores[0], maxima.x),
    weight_column(scores[1], maxima.y),
    weight_column(scores[2], maxima.z),
    weight_column(scores[3], maxima.w),
  );
}

fn maxima_of_rows(scores: Rows, least: RowNumbers) -> RowNumbers {
  var maxima = RowNumbers(max(least.upper, block_maxima(scores.upper)), least.lower);
  if (EIGHT_ROWS) { maxima.lower = max(least.lower, block_maxima(scores.lower)); }
  return maxima;
}

fn weight_rows(scores: Rows, maxima: RowNumbers) -> Rows {
  var weights = Rows(weight_block(scores.upper, maxima.upper), mat4x4<f32>());
  if (EIGHT_ROWS) { weights.lower = weight_block(scores.lower, maxima.lower); }
  return weights;
}

// Factors that make sums relative to one maximum relative to a larger one.
fn corrections(before: RowNumbers, after: RowNumbers) -> RowNumbers {
  return RowNumbers(
    exp2((before.upper - after.upper) * parameters.score_unit),
    exp2((before.lower - after.lower) * parameters.score_unit),
  );
}
