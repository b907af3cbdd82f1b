// Stores a register block of a map of queries and keys: map[b, h, i, j], rows as columns.

@group(0) @binding(7) var<storage, read_write> map_values: array<Element>;

fn store_map_block(unit: Unit, first_row: u32, first_key: u32, block: mat4x4<f32>) {
  for (var r = 0u; r < 4u; r++) {
    let row = row_of(unit, first_row + r);
    let start = ((row.batch * parameters.heads + row.head) * parameters.query_length + row.query) * parameters.key_length;
    for (var c = 0u; c < 4u; c++) {
      if (row.exists && first_key + c < parameters.key_length) {
        map_values[start + first_key + c] = Element(block[r][c]);
      }
    }
  }
}
