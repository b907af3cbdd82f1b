// Weights times values. Each thread loads the values it needs straight from storage; or, with VALUES_STAGED, they
// are staged in workgroup memory in place of the keys, so that a workgroup loads each of them once.
//
// A staged step takes 64 columns of STAGED_KEYS keys. Threads side by side read neighbouring columns, and threads
// above one another the same ones: so there are no bank conflicts, and no need to transpose.

const STAGED_KEYS: u32 = STAGED_VECTORS / KEY_QUADS;

// Elements past the last key or the value's size are zero.
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

// Weights need no barrier before it; on return `scratch` is free. Call it in uniform control flow.
fn accumulate_staged(sums: Rows, thread: u32, start: u32, first_key: u32, column_block: u32, mixed: bool) -> Rows {
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

// Weights must be in `scratch`, behind a barrier.
fn accumulate_stored(sums: Rows, thread: u32, start: u32, first_key: u32, column_block: u32, mixed: bool) -> Rows {
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

// Adds the tile's weights times values to the thread's rows and its four columns of a block of 64.
fn accumulate(sums: Rows, thread: u32, start: u32, first_key: u32, column_block: u32, mixed: bool) -> Rows {
  if (VALUES_STAGED) {
    return accumulate_staged(sums, thread, start, first_key, column_block, mixed);
  }
  return accumulate_stored(sums, thread, start, first_key, column_block, mixed);
}
