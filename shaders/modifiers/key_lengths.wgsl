// Only the first keys exist. Numbers: 1 where each batch element has its own length, else 0; the offset of the
// lengths.

fn key_lengths_visible(batch: u32, head: u32, query: u32, key: u32, at: u32) -> bool {
  return i32(key) < listed_integer(at + 1u, batch * u32(modifier_integer(at)));
}

fn key_lengths_tile(
  batch: u32,
  head: u32,
  first_query: u32,
  last_query: u32,
  first_key: u32,
  last_key: u32,
  at: u32,
) -> u32 {
  let length = listed_integer(at + 1u, batch * u32(modifier_integer(at)));
  if (i32(first_key) >= length) {
    return TILE_HIDDEN;
  }
  return select(TILE_MIXED, TILE_VISIBLE, i32(last_key) < length);
}
