// What of a head's map a dispatch computes, and where its cells go.

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
@group(0) @binding(7) var<storage, read> walked_rows: array<WalkedRow>;
// Largest and sum, row by row.
@group(0) @binding(9) var<storage, read_write> cells: array<vec2<f32>>;

struct Place {
  // In `order`.
  strip: u32,
  block: u32,
}

fn place_of(index: u32) -> Place {
  return Place(index / region.blocks, index % region.blocks);
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

fn first_row_of(place: Place) -> u32 {
  return region.first_row + order[place.strip] * region.rows_of_strip;
}

fn first_column_of(place: Place) -> u32 {
  return region.first_column + place.block * region.columns_of_block;
}

// By its bits: compilers may take it that there is none.
fn is_nan(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u;
}

// Of a query and key that are a cell's first, counted from the place's own; `cells` has no room for others.
// Where a weight is NaN the sum is, but a maximum may have lost it.
fn store_cell(place: Place, row: u32, column: u32, largest: f32, sum: f32) {
  let across = (place.block * region.columns_of_block + column) / region.columns_of_cell;
  if (first_row_of(place) + row >= region.end_row || across >= region.width) {
    return;
  }
  let rows_before = (region.strips_before + place.strip) * region.rows_of_strip + row;
  let at = rows_before / region.rows_of_cell * region.width + across;
  cells[at] = vec2<f32>(select(largest, sum, is_nan(sum)), sum);
}
