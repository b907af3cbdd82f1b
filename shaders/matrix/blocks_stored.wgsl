// Blocks of keys and values straight from storage: keys as columns, values as rows. Operands
// smaller than a block must not be bound to a shader that loads one: their modules use blocks_staged.wgsl instead.

const BLOCKS_STORED: bool = true;

fn stored_key_block(start: u32, stride: u32) -> Right {
  return subgroupMatrixLoad<Right, col_major>(&keys, start, stride);
}

fn stored_value_block(start: u32, stride: u32) -> Right {
  return subgroupMatrixLoad<Right, row_major>(&values, start, stride);
}
