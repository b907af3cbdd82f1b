// Causal mask: query i sees key j where j <= i + offset. parameters.x = offset, which may be negative.

fn causal_visible(batch: u32, head: u32, query: u32, key: u32, parameters: vec4<i32>) -> bool {
  return i32(key) <= i32(query) + parameters.x;
}

fn causal_tile(
  batch: u32,
  head: u32,
  first_query: u32,
  last_query: u32,
  first_key: u32,
  last_key: u32,
  parameters: vec4<i32>,
) -> u32 {
  if (i32(first_key) > i32(last_query) + parameters.x) {
    return TILE_HIDDEN;
  }
  return select(TILE_MIXED, TILE_VISIBLE, i32(last_key) <= i32(first_query) + parameters.x);
}
