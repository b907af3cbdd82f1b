// Causal mask: query i sees key j where j <= i + offset. Numbers: those of position_of.

fn causal_visible(batch: u32, head: u32, query: u32, key: u32, at: u32) -> bool {
  return i32(key) <= position_of(batch, query, at);
}

fn causal_tile(
  batch: u32,
  head: u32,
  first_query: u32,
  last_query: u32,
  first_key: u32,
  last_key: u32,
  at: u32,
) -> u32 {
  if (i32(first_key) > position_of(batch, last_query, at)) {
    return TILE_HIDDEN;
  }
  return select(TILE_MIXED, TILE_VISIBLE, i32(last_key) <= position_of(batch, first_query, at));
}
