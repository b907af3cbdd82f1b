// Appends new rows to the rows of a cache, along the sequence: (batch, head, past + new, size). The new rows may
// have any layout.

struct Concatenation {
  heads: u32,
  past_length: u32,
  new_length: u32,
  size: u32,
  // Strides of the new rows as (batch, head, row), and the first element that is bound.
  new_stride: vec4<u32>,
  // This dispatch's part of the joined rows, in elements.
  first: u32,
  end: u32,
  // The first bound elements of the others.
  past_bound: u32,
  joined_bound: u32,
}

@group(0) @binding(0) var<uniform> concatenation: Concatenation;
@group(0) @binding(1) var<storage, read> past: array<Element>;
@group(0) @binding(2) var<storage, read> added: array<Element>;
@group(0) @binding(3) var<storage, read_write> joined: array<Element>;

const CONCATENATE_THREADS: u32 = 64u;

@compute @workgroup_size(CONCATENATE_THREADS)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let step = workgroups.x * CONCATENATE_THREADS;
  for (var i = concatenation.first + id.x; i < concatenation.end; i += step) {
    let column = i % concatenation.size;
    let row = i / concatenation.size;
    let length = concatenation.past_length + concatenation.new_length;
    let position = row % length;
    let sequence = row / length;
    if (position < concatenation.past_length) {
      let source = (sequence * concatenation.past_length + position) * concatenation.size + column;
      joined[i - concatenation.joined_bound] = past[source - concatenation.past_bound];
    } else {
      let stride = concatenation.new_stride;
      let head = sequence % concatenation.heads;
      let start = (sequence / concatenation.heads) * stride.x + head * stride.y - stride.w;
      let source = start + (position - concatenation.past_length) * stride.z + column;
      joined[i - concatenation.joined_bound] = added[source];
    }
  }
}
