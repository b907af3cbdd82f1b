// Rows of keys and values for registers, where there are no subgroups of four or more: every thread loads
// all that it needs. Counterpart of key_rows_broadcast.wgsl.

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  run(workgroup, workgroups, thread);
}

fn key_rows(start: u32, first_key: u32, quad: u32) -> mat4x4<f32> {
  var rows = mat4x4<f32>();
  for (var i = 0u; i < 4u; i++) {
    rows[i] = key_quad(start, first_key + i, quad);
  }
  return rows;
}

fn value_rows(start: u32, first_key: u32, quad: u32) -> mat4x4<f32> {
  var rows = mat4x4<f32>();
  for (var i = 0u; i < 4u; i++) {
    rows[i] = value_quad(start, first_key + i, quad);
  }
  return rows;
}
