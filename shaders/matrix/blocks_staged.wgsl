// For operands without a whole tile of keys: see blocks_stored.wgsl. All blocks are staged; nobody calls these.

const BLOCKS_STORED: bool = false;

fn stored_key_block(_start: u32, _stride: u32) -> Right {
  return Right();
}

fn stored_value_block(_start: u32, _stride: u32) -> Right {
  return Right();
}
