// Operands of any size and stride: rows are read value by value and padded with zeros to vectors of four.
// `start` counts elements; `quad` counts vectors of four within a row.

@group(0) @binding(2) var<storage, read> queries: array<Element>;
@group(0) @binding(3) var<storage, read> keys: array<Element>;
@group(0) @binding(4) var<storage, read> values: array<Element>;
@group(0) @binding(5) var<storage, read_write> outputs: array<Element>;

fn load_query(start: u32, quad: u32) -> vec4<f32> {
  var result = vec4<f32>();
  for (var i = 0u; i < min(4u, HEAD_SIZE - 4u * quad); i++) {
    result[i] = f32(queries[start + 4u * quad + i]);
  }
  return result;
}

fn load_key(start: u32, quad: u32) -> vec4<f32> {
  var result = vec4<f32>();
  for (var i = 0u; i < min(4u, HEAD_SIZE - 4u * quad); i++) {
    result[i] = f32(keys[start + 4u * quad + i]);
  }
  return result;
}

fn load_value(start: u32, quad: u32) -> vec4<f32> {
  var result = vec4<f32>();
  for (var i = 0u; i < min(4u, VALUE_SIZE - 4u * quad); i++) {
    result[i] = f32(values[start + 4u * quad + i]);
  }
  return result;
}

fn store_output(start: u32, quad: u32, value: vec4<f32>) {
  for (var i = 0u; i < min(4u, VALUE_SIZE - 4u * quad); i++) {
    outputs[start + 4u * quad + i] = Element(value[i]);
  }
}
