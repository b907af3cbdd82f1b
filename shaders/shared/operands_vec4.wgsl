// Operands whose rows are whole vectors of four: sizes and strides divisible by 4.
// `start` counts elements; `quad` counts vectors of four within a row.

@group(0) @binding(2) var<storage, read> queries: array<vec4<Element>>;
@group(0) @binding(3) var<storage, read> keys: array<vec4<Element>>;
@group(0) @binding(4) var<storage, read> values: array<vec4<Element>>;
@group(0) @binding(5) var<storage, read_write> outputs: array<vec4<Element>>;

fn load_query(start: u32, quad: u32) -> vec4<f32> {
  return vec4<f32>(queries[start / 4u + quad]);
}

fn load_key(start: u32, quad: u32) -> vec4<f32> {
  return vec4<f32>(keys[start / 4u + quad]);
}

fn load_value(start: u32, quad: u32) -> vec4<f32> {
  return vec4<f32>(values[start / 4u + quad]);
}

fn store_output(start: u32, quad: u32, value: vec4<f32>) {
  outputs[start / 4u + quad] = vec4<Element>(value);
}
