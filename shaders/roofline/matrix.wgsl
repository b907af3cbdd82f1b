// How many multiply-adds a second the device's subgroup matrices can do: the arithmetic ceiling of tensor cores.
// float16 in, float32 sums, as flash-matrix uses them.
//
// Every subgroup keeps four sums, so that no product waits for the one before it. Each adds the same product of
// small whole numbers again and again, exactly; its own left factor makes it differ from the others.
//
// The prelude gives THREADS, SUBGROUPS and a block's extents: MATRIX_ROWS, MATRIX_COLUMNS, MATRIX_DEPTH.

alias Left = subgroup_matrix_left<f16, MATRIX_DEPTH, MATRIX_ROWS>;
alias Right = subgroup_matrix_right<f16, MATRIX_COLUMNS, MATRIX_DEPTH>;
alias Sums = subgroup_matrix_result<f32, MATRIX_COLUMNS, MATRIX_ROWS>;

const LEFT_SIZE: u32 = MATRIX_ROWS * MATRIX_DEPTH;
const SUMS_SIZE: u32 = MATRIX_ROWS * MATRIX_COLUMNS;

struct Probe {
  rounds: u32,
}

@group(0) @binding(0) var<uniform> probe: Probe;
@group(0) @binding(1) var<storage, read_write> results: array<f32>;
// Four left factors, then the right one.
@group(0) @binding(2) var<storage, read> factors: array<f16>;

fn left_factor(chain: u32) -> Left {
  return subgroupMatrixLoad<Left, row_major>(&factors, chain * LEFT_SIZE, MATRIX_DEPTH);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(subgroup_id) subgroup: u32) {
  let left_0 = left_factor(0u);
  let left_1 = left_factor(1u);
  let left_2 = left_factor(2u);
  let left_3 = left_factor(3u);
  let right = subgroupMatrixLoad<Right, row_major>(&factors, 4u * LEFT_SIZE, MATRIX_COLUMNS);
  var sums_0: Sums;
  var sums_1: Sums;
  var sums_2: Sums;
  var sums_3: Sums;
  for (var round = 0u; round < probe.rounds; round++) {
    sums_0 = subgroupMatrixMultiplyAccumulate(left_0, right, sums_0);
    sums_1 = subgroupMatrixMultiplyAccumulate(left_1, right, sums_1);
    sums_2 = subgroupMatrixMultiplyAccumulate(left_2, right, sums_2);
    sums_3 = subgroupMatrixMultiplyAccumulate(left_3, right, sums_3);
  }
  let at = (workgroup.x * SUBGROUPS + subgroup) * 4u * SUMS_SIZE;
  subgroupMatrixStore<row_major>(&results, at, sums_0, MATRIX_COLUMNS);
  subgroupMatrixStore<row_major>(&results, at + SUMS_SIZE, sums_1, MATRIX_COLUMNS);
  subgroupMatrixStore<row_major>(&results, at + 2u * SUMS_SIZE, sums_2, MATRIX_COLUMNS);
  subgroupMatrixStore<row_major>(&results, at + 3u * SUMS_SIZE, sums_3, MATRIX_COLUMNS);
}
