// A boolean mask as a tensor of bytes, four in a word. Numbers: those of broadcast_index, and its offset.

fn tensor_mask_visible(batch: u32, head: u32, query: u32, key: u32, at: u32) -> bool {
  if (!broadcast_covers(key, at)) {
    return false;
  }
  let index = broadcast_index(batch, head, query, key, at);
  return ((listed_word(at + 5u, index / 4u) >> (8u * (index % 4u))) & 255u) != 0u;
}

// Classifying a tile would mean reading all of it.
fn tensor_mask_tile(
  batch: u32,
  head: u32,
  first_query: u32,
  last_query: u32,
  first_key: u32,
  last_key: u32,
  at: u32,
) -> u32 {
  return select(TILE_MIXED, TILE_HIDDEN, !broadcast_covers(first_key, at));
}
