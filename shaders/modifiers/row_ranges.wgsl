// Each query sees one run of keys: from the even to before the odd element of its pair. Neither list
// decreases, so the corners of a tile decide it. Numbers: the offset of the pairs.

fn row_ranges_visible(batch: u32, head: u32, query: u32, key: u32, at: u32) -> bool {
  let position = i32(key);
  return position >= listed_integer(at, 2u * query) && position < listed_integer(at, 2u * query + 1u);
}

fn row_ranges_tile(
  batch: u32,
  head: u32,
  first_query: u32,
  last_query: u32,
  first_key: u32,
  last_key: u32,
  at: u32,
) -> u32 {
  let first = i32(first_key);
  let last = i32(last_key);
  if (first >= listed_integer(at, 2u * last_query + 1u) || last < listed_integer(at, 2u * first_query)) {
    return TILE_HIDDEN;
  }
  let starts = first >= listed_integer(at, 2u * last_query);
  let ends = last < listed_integer(at, 2u * first_query + 1u);
  return select(TILE_MIXED, TILE_VISIBLE, starts && ends);
}
