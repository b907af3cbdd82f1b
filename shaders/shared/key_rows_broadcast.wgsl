// Rows of keys and values for registers: each lane loads one of four neighbouring rows, and the subgroup
// broadcasts it. On a software adapter loading a vector costs as much as dozens of multiply-adds, and a broadcast
// much less. key_rows_loaded.wgsl does the same without subgroups.

// Which of four neighbouring rows this lane loads.
var<private> own_row: u32;

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  own_row = lane % 4u;
  run(workgroup, workgroups, thread);
}

// Called where control flow depends on earlier broadcasts: uniform, but compilers cannot prove it.
@diagnostic(off, subgroup_uniformity)
fn spread(own: vec4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    subgroupBroadcast(own, 0u),
    subgroupBroadcast(own, 1u),
    subgroupBroadcast(own, 2u),
    subgroupBroadcast(own, 3u),
  );
}

// One quad of four neighbouring keys, as columns.
fn key_rows(start: u32, first_key: u32, quad: u32) -> mat4x4<f32> {
  return spread(key_quad(start, first_key + own_row, quad));
}

fn value_rows(start: u32, first_key: u32, quad: u32) -> mat4x4<f32> {
  return spread(value_quad(start, first_key + own_row, quad));
}
