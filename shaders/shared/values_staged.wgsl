// Weights times values, where values go through workgroup memory, to where the keys were: a workgroup loads each of
// them once, and its threads need not wait for storage. Twin of values_stored.wgsl.
//
// A step takes 64 columns of STAGED_KEYS keys. Threads side by side read neighbouring columns, and threads above one
// another the same ones: as they are stored there are no bank conflicts to transpose them against.

const STAGED_KEYS: u32 = STAGED_VECTORS / KEY_QUADS;

// What lies past the last key or the value's size is zero.
fn stage_values(thread: u32, start: u32, first_key: u32, first_quad: u32) {
  for (var i = thread; i < STAGED_VECTORS; i += THREADS) {
    let key = first_key + i / KEY_QUADS;
    let quad = first_quad + i % KEY_QUADS;
    var loaded = vec4<f32>();
    if (key < parameters.key_length && quad < VALUE_QUADS) {
      loaded = load_value(start + key * parameters.value_stride.z, quad);
    }
    scratch[STAGED + i] = loaded;
  }
}

fn staged_value_block(x: u32, key_quad: u32) -> mat4x4<f32> {
  let slot = STAGED + 4u * key_quad * KEY_QUADS + x;
  return mat4x4<f32>(
    scratch[slot],
    scratch[slot + KEY_QUADS],
    scratch[slot + 2u * KEY_QUADS],
    scratch[slot + 3u * KEY_QUADS],
  );
}

// Adds the tile's weights times values to the thread's rows and its four columns of a block of 64. Call it in
// uniform control flow. Weights need no barrier before it; on return `scratch` is free.
fn accumulate(sums: Rows, thread: u32, start: u32, first_key: u32, column_block: u32, mixed: bool) -> Rows {
  let x = thread % KEY_QUADS;
  let y = thread / KEY_QUADS;
  var result = sums;
  for (var first = 0u; first < TILE_KEYS; first += STAGED_KEYS) {
    stage_values(thread, start, first_key + first, column_block * KEY_QUADS);
    workgroupBarrier();
    for (var key_quad = 0u; key_quad < STAGED_KEYS / 4u; key_quad++) {
      let weights = shared_weights(y, first / 4u + key_quad);
      result = add_block(result, staged_value_block(x, key_quad), weights, mixed);
    }
    workgroupBarrier();
  }
  return result;
}
