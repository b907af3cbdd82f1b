// Weights times values, where each thread loads the values it needs straight from storage. Its twin is
// values_staged.wgsl.

// Adds the tile's weights times values to the thread's rows and its four columns of a block of 64. The weights are
// there.
fn accumulate(sums: Rows, thread: u32, start: u32, first_key: u32, column_block: u32, mixed: bool) -> Rows {
  let quad = column_block * KEY_QUADS + thread % KEY_QUADS;
  var result = sums;
  if (quad >= VALUE_QUADS) {
    return result;
  }
  for (var key_quad = 0u; key_quad < KEY_QUADS; key_quad++) {
    let weights = shared_weights(thread / KEY_QUADS, key_quad);
    let block = value_block(start, first_key + 4u * key_quad, quad, mixed);
    result = add_block(result, block, weights, mixed);
  }
  return result;
}
