// How many bytes a second the device can read from workgroup memory.
//
// Threads side by side read 16 bytes each side by side, which no bank conflict slows down. Where a round begins
// depends on a number that the compiler does not know, so it must load anew each time. Two loads a round: with
// each further one SwiftShader compiles a third of a second longer.

struct Probe {
  rounds: u32,
  step: u32,
}

@group(0) @binding(0) var<uniform> probe: Probe;
@group(0) @binding(1) var<storage, read_write> results: array<u32>;

// A power of two, in elements of 16 bytes: small enough that many workgroups fit on a core.
const TILE: u32 = 8u * THREADS;

var<workgroup> tile: array<vec4<u32>, TILE>;

fn load(index: u32) -> vec4<u32> {
  return tile[index & (TILE - 1u)];
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  for (var i = thread; i < TILE; i += THREADS) {
    tile[i] = vec4<u32>(i * MULTIPLIER) + vec4<u32>(0u, 1u, 2u, 3u);
  }
  workgroupBarrier();
  var at = thread;
  var sum: vec4<u32>;
  for (var round = 0u; round < probe.rounds; round++) {
    sum += load(at) + load(at + THREADS);
    at += probe.step;
  }
  results[workgroup.x * THREADS + thread] = sum.x + sum.y + sum.z + sum.w;
}
