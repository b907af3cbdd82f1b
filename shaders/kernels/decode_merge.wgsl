// Second of two passes of decode: merges the parts of a row, PARTS for each split. Each part's output and sum are
// rescaled from its own maximum to the row's. One workgroup per row; a thread computes four columns at a time.

@group(0) @binding(7) var<storage, read_write> partial_outputs: array<vec4<f32>>;
@group(0) @binding(9) var<storage, read_write> partial_states: array<vec2<f32>>;

const VALUE_QUADS: u32 = (VALUE_SIZE + 3u) / 4u;
const MERGE_THREADS: u32 = 64u;

@compute @workgroup_size(MERGE_THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let row = row_of(unit_at(piece.first_unit + workgroup.y), workgroup.x);
  if (!row.exists) {
    return;
  }
  let parts = split_count() * PARTS;
  let first = split_slot(workgroup.y, 0u) * PARTS * TILE_QUERIES + workgroup.x;
  var maximum = HIDDEN_SCORE;
  for (var part = 0u; part < parts; part++) {
    maximum = max(maximum, partial_states[first + part * TILE_QUERIES].x);
  }
  var sum = 0.0;
  for (var part = 0u; part < parts; part++) {
    let end = partial_states[first + part * TILE_QUERIES];
    sum += end.y * exp2((end.x - maximum) * parameters.score_unit);
  }
  let end = finish_softmax(maximum, sum, row.head);
  if (thread == 0u) {
    store_log_sum_exp(row, end);
  }
  for (var quad = thread; quad < VALUE_QUADS; quad += MERGE_THREADS) {
    var output = vec4<f32>();
    for (var part = 0u; part < parts; part++) {
      let index = first + part * TILE_QUERIES;
      let factor = exp2((partial_states[index].x - maximum) * parameters.score_unit);
      output += partial_outputs[index * VALUE_QUADS + quad] * factor;
    }
    store_output(output_start(row), quad, output * end.factor);
  }
}
