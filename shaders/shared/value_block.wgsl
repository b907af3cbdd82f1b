// Values as register blocks: four columns of four neighbouring keys, straight from storage. Threads side
// by side read neighbouring columns, and threads above one another the same ones.

const VALUE_QUADS: u32 = (VALUE_SIZE + 3u) / 4u;
// Blocks of 64 output columns: one 4 x 4 register block a thread for each.
const COLUMN_BLOCKS: u32 = (VALUE_QUADS + KEY_QUADS - 1u) / KEY_QUADS;

// Callers keep `quad` within the row. In a mixed tile, keys past the last one give zeros.
fn value_block(start: u32, key: u32, quad: u32, mixed: bool) -> mat4x4<f32> {
  let stride = parameters.value_stride.z;
  let row = start + key * stride;
  if (!mixed) {
    return mat4x4<f32>(
      load_value(row, quad),
      load_value(row + stride, quad),
      load_value(row + 2u * stride, quad),
      load_value(row + 3u * stride, quad),
    );
  }
  var block = mat4x4<f32>();
  for (var i = 0u; i < 4u; i++) {
    if (key + i < parameters.key_length) {
      block[i] = load_value(row + i * stride, quad);
    }
  }
  return block;
}
