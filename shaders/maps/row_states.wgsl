// Where walks leave their rows, and which they are to do.

@group(0) @binding(7) var<storage, read_write> walked_rows: array<WalkedRow>;
// Tiles of rows to walk, as units.
@group(0) @binding(11) var<storage, read> order: array<u32>;

// A sum of powers that are at most 1 is finite, unless a score is NaN: some adapters make an infinity of its
// power. It must not make zeros of the row's other weights.
fn not_infinite(sum: f32) -> f32 {
  let bits = bitcast<u32>(sum);
  if ((bits & 0x7f800000u) != 0x7f800000u) {
    return sum;
  }
  return bitcast<f32>(bits | 0x7fc00000u);
}

fn store_sums(row: Row, maximum: f32, tally: vec4<f32>) {
  if (!row.exists) {
    return;
  }
  walked_rows[row.query].maximum = maximum;
  walked_rows[row.query].sum = not_infinite(tally.x);
  walked_rows[row.query].exponents = tally.y;
  walked_rows[row.query].squares = tally.z;
  walked_rows[row.query].distances = tally.w;
}
