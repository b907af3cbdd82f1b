// A unit of work is a tile of TILE_QUERIES rows of one key head: the queries of all heads that share it,
// head after head, so that each key is loaded once for all of them. For decode.

struct Unit {
  batch: u32,
  kv_head: u32,
  first_row: u32,
}

fn heads_per_group() -> u32 {
  return parameters.heads / parameters.kv_heads;
}

fn rows_per_group() -> u32 {
  return heads_per_group() * parameters.query_length;
}

fn unit_at(index: u32) -> Unit {
  let tiles = (rows_per_group() + TILE_QUERIES - 1u) / TILE_QUERIES;
  let sequence = index / tiles;
  return Unit(
    sequence / parameters.kv_heads,
    sequence % parameters.kv_heads,
    (index % tiles) * TILE_QUERIES,
  );
}

fn row_of(unit: Unit, row: u32) -> Row {
  let index = unit.first_row + row;
  let head = unit.kv_head * heads_per_group() + index / parameters.query_length;
  return Row(unit.batch, head, index % parameters.query_length, index < rows_per_group());
}

// Heads may have different masks: the tile is hidden or visible only where it is so for all of them.
fn unit_tile_state(unit: Unit, first_key: u32) -> u32 {
  let last_row = min(unit.first_row + TILE_QUERIES, rows_per_group()) - 1u - unit.first_row;
  let first = row_of(unit, 0u);
  let last = row_of(unit, last_row);
  let last_key = last_key_of_tile(first_key);
  var lowest = TILE_VISIBLE;
  var highest = TILE_HIDDEN;
  for (var head = first.head; head <= last.head; head++) {
    let first_query = select(0u, first.query, head == first.head);
    let last_query = select(parameters.query_length - 1u, last.query, head == last.head);
    let state = tile_state(unit.batch, head, first_query, last_query, first_key, last_key);
    lowest = min(lowest, state);
    highest = max(highest, state);
  }
  return clipped_state(select(TILE_MIXED, lowest, lowest == highest), first_key);
}

// Splits: each workgroup takes one split of the keys, or of this submission's chunk of them.

fn split_count() -> u32 {
  return (parameters.key_length + parameters.keys_per_split - 1u) / parameters.keys_per_split;
}

fn split_of(workgroup: u32) -> u32 {
  return piece.first_key / parameters.keys_per_split + workgroup;
}

// Slot of a split's results: the splits of a unit are contiguous, in the order of the units in flight.
fn split_slot(unit_of_piece: u32, split: u32) -> u32 {
  return (piece.first_slot + unit_of_piece) * split_count() + split;
}
