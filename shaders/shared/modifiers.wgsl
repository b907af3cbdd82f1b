// How modifiers read their numbers (from the uniform) and their lists (from one buffer of words).

@group(0) @binding(8) var<storage, read> modifier_data: array<u32>;

fn modifier_integer(at: u32) -> i32 {
  return bitcast<i32>(parameters.modifiers[at / 4u][at % 4u]);
}

fn modifier_float(at: u32) -> f32 {
  return bitcast<f32>(parameters.modifiers[at / 4u][at % 4u]);
}

// Element `index` of the list whose offset is number `at`.
fn listed_word(at: u32, index: u32) -> u32 {
  return modifier_data[u32(modifier_integer(at)) + index];
}

fn listed_integer(at: u32, index: u32) -> i32 {
  return bitcast<i32>(listed_word(at, index));
}

fn listed_float(at: u32, index: u32) -> f32 {
  return bitcast<f32>(listed_word(at, index));
}

// Position of a query among the keys. Numbers: the offset; 1 where each batch element has its own instead, else 0;
// then the offset of their list.
fn position_of(batch: u32, query: u32, at: u32) -> i32 {
  if (modifier_integer(at + 1u) == 0) {
    return i32(query) + modifier_integer(at);
  }
  return i32(query) + listed_integer(at + 2u, batch);
}

// Index into a tensor that broadcasts. Numbers: strides of batch, head, query and key, and how many keys it covers.
fn broadcast_index(batch: u32, head: u32, query: u32, key: u32, at: u32) -> u32 {
  return batch * u32(modifier_integer(at)) + head * u32(modifier_integer(at + 1u))
    + query * u32(modifier_integer(at + 2u)) + key * u32(modifier_integer(at + 3u));
}

fn broadcast_covers(key: u32, at: u32) -> bool {
  return i32(key) < modifier_integer(at + 4u);
}
