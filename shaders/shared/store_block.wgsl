// Stores four columns of the thread's four rows, as far as they exist.

fn store_block(unit: Unit, first_row: u32, quad: u32, columns: mat4x4<f32>) {
  if (quad >= VALUE_QUADS) {
    return;
  }
  for (var r = 0u; r < 4u; r++) {
    let row = row_of(unit, first_row + r);
    if (row.exists) {
      store_output(output_start(row), quad, columns[r]);
    }
  }
}
