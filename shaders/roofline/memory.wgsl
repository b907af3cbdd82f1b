// How many bytes a second the device can read from a buffer that no cache holds: its memory ceiling.
//
// A workgroup reads one contiguous chunk, 16 bytes a load, eight loads in flight at a time, and stores one sum a
// thread, which is next to nothing. Either threads read side by side, which is how GPUs merge loads, or each reads
// a run of its own, which is what the caches of a CPU foresee: THREAD_STRIDE and LOAD_STRIDE say. The data are a
// known function of the index, so that the sums show whether all of it was read.

struct Probe {
  // Chunks in the buffer; workgroups beyond them begin again.
  chunks: u32,
  // The chunk to fill first.
  first_chunk: u32,
}

@group(0) @binding(0) var<uniform> probe: Probe;
@group(0) @binding(1) var<storage, read> data: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> results: array<u32>;
@group(0) @binding(3) var<storage, read_write> filled: array<vec4<u32>>;

const CHUNK: u32 = ROUNDS * 8u * THREADS;

fn value_at(index: u32) -> vec4<u32> {
  return vec4<u32>(index * MULTIPLIER) + vec4<u32>(0u, 1u, 2u, 3u);
}

@compute @workgroup_size(THREADS)
fn fill(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let chunk = probe.first_chunk + workgroup.x;
  for (var i = thread; i < CHUNK; i += THREADS) {
    let index = chunk * CHUNK + i;
    filled[index] = value_at(index);
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  var at = (workgroup.x % probe.chunks) * CHUNK + thread * THREAD_STRIDE;
  var sum: vec4<u32>;
  for (var round = 0u; round < ROUNDS; round++) {
    let first = data[at];
    let second = data[at + LOAD_STRIDE];
    let third = data[at + 2u * LOAD_STRIDE];
    let fourth = data[at + 3u * LOAD_STRIDE];
    let fifth = data[at + 4u * LOAD_STRIDE];
    let sixth = data[at + 5u * LOAD_STRIDE];
    let seventh = data[at + 6u * LOAD_STRIDE];
    let eighth = data[at + 7u * LOAD_STRIDE];
    sum += ((first + second) + (third + fourth)) + ((fifth + sixth) + (seventh + eighth));
    at += 8u * LOAD_STRIDE;
  }
  results[workgroup.x * THREADS + thread] = sum.x + sum.y + sum.z + sum.w;
}
