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

// The same, but a right factor of zero hides its left column whatever that holds: NaN times zero is NaN.
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
