// Sliding window: a query at position p sees keys p - left to p + right. Numbers: left, right, then those
// of position_of.

fn sliding_window_visible(batch: u32, head: u32, query: u32, key: u32, at: u32) -> bool {
  let distance = i32(key) - position_of(batch, query, at + 2u);
  return distance >= -modifier_integer(at) && distance <= modifier_integer(at + 1u);
}

fn sliding_window_tile(
  batch: u32,
  head: u32,
  first_query: u32,
  last_query: u32,
  first_key: u32,
  last_key: u32,
  at: u32,
) -> u32 {
  let left = modifier_integer(at);
  let right = modifier_integer(at + 1u);
  let nearest = i32(first_key) - position_of(batch, last_query, at + 2u);
  let furthest = i32(last_key) - position_of(batch, first_query, at + 2u);
  if (nearest > right || furthest < -left) {
    return TILE_HIDDEN;
  }
  return select(TILE_MIXED, TILE_VISIBLE, nearest >= -left && furthest <= right);
}
