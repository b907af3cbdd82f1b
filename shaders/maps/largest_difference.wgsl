// Where two maps differ most, within a block of their weights that cells.wgsl left in two buffers, 1 x 1 each.
// Workgroups stride over the weights and leave one candidate each; of equals the first in the block's order. Compares
// bits: non-negative numbers have the order of their bits, and compilers may assume that no number is NaN.

struct Block {
  cells: u32,
  // Where its candidates go, one a workgroup.
  first_candidate: u32,
}

struct Candidate {
  // Bits of the difference's size.
  size: u32,
  cell: u32,
}

@group(0) @binding(0) var<uniform> block: Block;
// Pairs of largest and sum: here both are the weight.
@group(0) @binding(1) var<storage, read> ours: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read> theirs: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read_write> candidates: array<Candidate>;

const GROUP: u32 = 64u;
const INFINITY: u32 = 0x7f800000u;
const NO_CELL: u32 = 0xffffffffu;

var<workgroup> found: array<Candidate, GROUP>;

fn is_nan(bits: u32) -> bool {
  return (bits & 0x7fffffffu) > INFINITY;
}

// NaN in only one of them exceeds any difference; in both it counts as none, as do equal infinities.
fn size_of_difference(one: u32, other: u32) -> u32 {
  if (is_nan(one) != is_nan(other)) {
    return INFINITY;
  }
  if (is_nan(one) || one == other) {
    return 0u;
  }
  return bitcast<u32>(abs(bitcast<f32>(one) - bitcast<f32>(other)));
}

fn larger(one: Candidate, other: Candidate) -> Candidate {
  if (other.size > one.size || (other.size == one.size && other.cell < one.cell)) {
    return other;
  }
  return one;
}

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  var own = Candidate(0u, NO_CELL);
  let step = GROUP * workgroups.x;
  for (var cell = GROUP * workgroup.x + thread; cell < block.cells; cell += step) {
    own = larger(own, Candidate(size_of_difference(ours[cell].y, theirs[cell].y), cell));
  }
  found[thread] = own;
  workgroupBarrier();
  if (thread == 0u) {
    for (var i = 1u; i < GROUP; i++) {
      own = larger(own, found[i]);
    }
    candidates[block.first_candidate + workgroup.x] = own;
  }
}
