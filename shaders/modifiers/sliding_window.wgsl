// Sliding window: query i at position p = i + offset sees keys p - left to p + right.
// parameters = (left, right, offset, unused).

fn sliding_window_visible(batch: u32, head: u32, query: u32, key: u32, parameters: vec4<i32>) -> bool {
  let distance = i32(key) - (i32(query) + parameters.z);
  return distance >= -parameters.x && distance <= parameters.y;
}

fn sliding_window_tile(
  batch: u32,
  head: u32,
  first_query: u32,
  last_query: u32,
  first_key: u32,
  last_key: u32,
  parameters: vec4<i32>,
) -> u32 {
  let nearest = i32(first_key) - (i32(last_query) + parameters.z);
  let furthest = i32(last_key) - (i32(first_query) + parameters.z);
  if (nearest > parameters.y || furthest < -parameters.x) {
    return TILE_HIDDEN;
  }
  return select(TILE_MIXED, TILE_VISIBLE, nearest >= -parameters.x && furthest <= parameters.y);
}
