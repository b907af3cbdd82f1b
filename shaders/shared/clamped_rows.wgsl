// Quads of keys and values for kernels without workgroup memory. Indices past the last key repeat it, so that no
// load needs a condition; masks hide the repeats.

fn key_quad(start: u32, key: u32, quad: u32) -> vec4<f32> {
  return load_key(start + min(key, parameters.key_length - 1u) * parameters.key_stride.z, quad);
}

fn value_quad(start: u32, key: u32, quad: u32) -> vec4<f32> {
  return load_value(start + min(key, parameters.key_length - 1u) * parameters.value_stride.z, quad);
}
