// Quads of keys and values for kernels without workgroup memory. Past the last key it is the last one again:
// masks hide it, and no load needs a condition.

fn key_quad(start: u32, key: u32, quad: u32) -> vec4<f32> {
  return load_key(start + min(key, parameters.key_length - 1u) * parameters.key_stride.z, quad);
}

fn value_quad(start: u32, key: u32, quad: u32) -> vec4<f32> {
  return load_value(start + min(key, parameters.key_length - 1u) * parameters.value_stride.z, quad);
}
