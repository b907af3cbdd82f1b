// A query sees the keys with its own id. Numbers: the number of queries, whether ids are in order, the
// offset of the ids (queries' first, then keys').

fn documents_visible(batch: u32, head: u32, query: u32, key: u32, at: u32) -> bool {
  return listed_integer(at + 2u, query) == listed_integer(at + 2u, u32(modifier_integer(at)) + key);
}

fn documents_tile(
  batch: u32,
  head: u32,
  first_query: u32,
  last_query: u32,
  first_key: u32,
  last_key: u32,
  at: u32,
) -> u32 {
  if (modifier_integer(at + 1u) == 0) {
    return TILE_MIXED;
  }
  let queries = u32(modifier_integer(at));
  let least_query = listed_integer(at + 2u, first_query);
  let greatest_query = listed_integer(at + 2u, last_query);
  let least_key = listed_integer(at + 2u, queries + first_key);
  let greatest_key = listed_integer(at + 2u, queries + last_key);
  if (least_query > greatest_key || greatest_query < least_key) {
    return TILE_HIDDEN;
  }
  let one = least_query == greatest_query && least_key == greatest_key && least_query == least_key;
  return select(TILE_MIXED, TILE_VISIBLE, one);
}
