// Hides the keys where a bias is minus infinity, tested by its bits. Numbers: as for bias.wgsl.

fn bias_mask_visible(batch: u32, head: u32, query: u32, key: u32, at: u32) -> bool {
  if (!broadcast_covers(key, at)) {
    return false;
  }
  return listed_word(at + 5u, broadcast_index(batch, head, query, key, at)) != 0xff800000u;
}

fn bias_mask_tile(
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
