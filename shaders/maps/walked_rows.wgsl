// Where walks leave their rows, and which they are to do.

@group(0) @binding(7) var<storage, read_write> walked_rows: array<WalkedRow>;
// Tiles of rows to walk, as units.
@group(0) @binding(11) var<storage, read> order: array<u32>;

fn store_sums(row: Row, maximum: f32, tally: vec4<f32>) {
  if (!row.exists) {
    return;
  }
  walked_rows[row.query].maximum = maximum;
  walked_rows[row.query].sum = tally.x;
  walked_rows[row.query].exponents = tally.y;
  walked_rows[row.query].squares = tally.z;
  walked_rows[row.query].distances = tally.w;
}
