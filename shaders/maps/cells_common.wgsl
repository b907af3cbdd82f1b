// The region of a head's map that a dispatch computes, and where its cells are stored.

struct Region {
  // Index of the head, counted over all batch elements.
  sequence: u32,
  first_row: u32,
  first_column: u32,
  // One past the last query of the region's cells.
  end_row: u32,
  // Queries and keys that a cell pools: powers of two, no more than a strip's rows and a block's keys.
  rows_of_cell: u32,
  columns_of_cell: u32,
  // Queries of a strip of the region.
  rows_of_strip: u32,
  // Keys of a unit, which is a block of a strip.
  columns_of_block: u32,
  // Cells across, and blocks across.
  width: u32,
  blocks: u32,
  // Strips that are in `cells` already, before those of this dispatch.
  strips_before: u32,
  unused: u32,
}

@group(0) @binding(12) var<uniform> region: Region;
// Strips of the region, in the order of their cells.
@group(0) @binding(11) var<storage, read> order: array<u32>;
@group(0) @binding(7) var<storage, read> row_states: array<RowState>;
// Largest and sum, row by row.
@group(0) @binding(9) var<storage, read_write> cells: array<vec2<f32>>;

struct BlockPosition {
  // In `order`.
  strip: u32,
  block: u32,
}

fn block_position(index: u32) -> BlockPosition {
  return BlockPosition(index / region.blocks, index % region.blocks);
}

fn unit_of_region(first_query: u32) -> Unit {
  let head = region.sequence % parameters.heads;
  return Unit(
    region.sequence / parameters.heads,
    head,
    head / (parameters.heads / parameters.kv_heads),
    first_query,
  );
}

fn first_row_of(position: BlockPosition) -> u32 {
  return region.first_row + order[position.strip] * region.rows_of_strip;
}

fn first_column_of(position: BlockPosition) -> u32 {
  return region.first_column + position.block * region.columns_of_block;
}

// Tests bits, as compilers may assume that there are no NaNs.
fn is_nan(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u;
}

// Stores the cell whose first query and key these are, counted from the block's; `cells` has no room for others. A
// NaN among the weights shows in the sum, but the maximum may have lost it.
fn store_cell(position: BlockPosition, row: u32, column: u32, largest: f32, sum: f32) {
  let across = (position.block * region.columns_of_block + column) / region.columns_of_cell;
  if (first_row_of(position) + row >= region.end_row || across >= region.width) {
    return;
  }
  let rows_before = (region.strips_before + position.strip) * region.rows_of_strip + row;
  let at = rows_before / region.rows_of_cell * region.width + across;
  cells[at] = vec2<f32>(select(largest, sum, is_nan(sum)), sum);
}

// Weights of a register block, from its scores and its rows' factors; and pooling for cells no larger than the
// block. Its columns are rows of four keys, as in block.wgsl.

// Maxima and softmax factors of four rows.
struct RowFactors {
  maxima: vec4<f32>,
  factors: vec4<f32>,
  exist: vec4<bool>,
}

fn row_factors(unit: Unit, first_row: u32) -> RowFactors {
  var factors: RowFactors;
  for (var r = 0u; r < 4u; r++) {
    let row = row_of(unit, first_row + r);
    if (row.exists) {
      let maximum = row_states[row.query].maximum;
      factors.maxima[r] = maximum;
      factors.factors[r] = finish_softmax(maximum, row_states[row.query].sum, row.head).factor;
      factors.exist[r] = true;
    }
  }
  return factors;
}

// Exactly zero for hidden keys, whatever the row's factor, and in rows that do not exist.
fn final_column(scores: vec4<f32>, maximum: f32, factor: f32, exists: bool) -> vec4<f32> {
  let weights = exp2((scores - maximum) * parameters.score_unit) * factor;
  return select(weights, vec4<f32>(), (scores == vec4<f32>(HIDDEN_SCORE)) | vec4<bool>(!exists));
}

fn final_weights(scores: mat4x4<f32>, factors: RowFactors) -> mat4x4<f32> {
  return mat4x4<f32>(
    final_column(scores[0], factors.maxima.x, factors.factors.x, factors.exist.x),
    final_column(scores[1], factors.maxima.y, factors.factors.y, factors.exist.y),
    final_column(scores[2], factors.maxima.z, factors.factors.z, factors.exist.z),
    final_column(scores[3], factors.maxima.w, factors.factors.w, factors.exist.w),
  );
}

// May lose a NaN, which the sums keep.
fn larger(a: mat4x4<f32>, b: mat4x4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(max(a[0], b[0]), max(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]));
}

// Both give all weights of a cell the cell's number.
fn largest_of_cells(own: mat4x4<f32>) -> mat4x4<f32> {
  var p = own;
  if (region.columns_of_cell >= 2u) {
    p = larger(p, mat4x4<f32>(p[0].yxwz, p[1].yxwz, p[2].yxwz, p[3].yxwz));
  }
  if (region.columns_of_cell >= 4u) {
    p = larger(p, mat4x4<f32>(p[0].zwxy, p[1].zwxy, p[2].zwxy, p[3].zwxy));
  }
  if (region.rows_of_cell >= 2u) {
    p = larger(p, mat4x4<f32>(p[1], p[0], p[3], p[2]));
  }
  if (region.rows_of_cell >= 4u) {
    p = larger(p, mat4x4<f32>(p[2], p[3], p[0], p[1]));
  }
  return p;
}

fn sums_of_cells(own: mat4x4<f32>) -> mat4x4<f32> {
  var p = own;
  if (region.columns_of_cell >= 2u) {
    p += mat4x4<f32>(p[0].yxwz, p[1].yxwz, p[2].yxwz, p[3].yxwz);
  }
  if (region.columns_of_cell >= 4u) {
    p += mat4x4<f32>(p[0].zwxy, p[1].zwxy, p[2].zwxy, p[3].zwxy);
  }
  if (region.rows_of_cell >= 2u) {
    p += mat4x4<f32>(p[1], p[0], p[3], p[2]);
  }
  if (region.rows_of_cell >= 4u) {
    p += mat4x4<f32>(p[2], p[3], p[0], p[1]);
  }
  return p;
}
