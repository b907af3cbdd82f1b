// A unit of work is a tile of TILE_QUERIES queries of one head: for flash and three-pass.

struct Unit {
  batch: u32,
  head: u32,
  kv_head: u32,
  first_query: u32,
}

fn unit_at(index: u32) -> Unit {
  let tiles = (parameters.query_length + TILE_QUERIES - 1u) / TILE_QUERIES;
  let sequence = index / tiles;
  let head = sequence % parameters.heads;
  return Unit(
    sequence / parameters.heads,
    head,
    head / (parameters.heads / parameters.kv_heads),
    (index % tiles) * TILE_QUERIES,
  );
}

fn row_of(unit: Unit, row: u32) -> Row {
  let query = unit.first_query + row;
  return Row(unit.batch, unit.head, query, query < parameters.query_length);
}

fn unit_tile_state(unit: Unit, first_key: u32) -> u32 {
  let last_query = min(unit.first_query + TILE_QUERIES, parameters.query_length) - 1u;
  let last_key = last_key_of_tile(first_key);
  let state = tile_state(unit.batch, unit.head, unit.first_query, last_query, first_key, last_key);
  return clipped_state(state, first_key);
}
