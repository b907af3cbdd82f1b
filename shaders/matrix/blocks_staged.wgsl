// For operands without a whole tile of keys: all blocks are staged, and these are never called. See blocks_stored.wgsl.

const BLOCKS_STORED: bool = false;

fn stored_key_block(_start: u32, _stride: u32) -> Right {
  return Right();
}

fn stored_value_block(_start: u32, _stride: u32) -> Right {
  return Right();
}
