// Fused attention in registers alone: no barriers, no workgroup memory. A thread owns eight rows and processes
// the keys sixteen at a time: it computes a block of 8 rows x 16 keys of the scores, their online
// softmax and its rows' outputs. Threads share nothing but the keys and values they load.
//
// For devices on which barriers and workgroup memory cost more than they save: above all software adapters,
// where every load is a gather. Code is written out four times instead of looping over an array, because there
// arrays indexed in loops live in memory, and named matrices in registers.
//
// Sources: as attend.wgsl.

const VALUE_QUADS: u32 = (VALUE_SIZE + 3u) / 4u;

// The softmax state of the thread's rows.
struct AttentionState {
  // Largest score of each row.
  maxima: RowNumbers,
  // Sums of the weights relative to it.
  sums: RowNumbers,
  // Number of visible tiles so far.
  tiles: u32,
}

// Unnormalised outputs of the threads' rows. Not in a private array: some compilers need seconds for those.
@group(0) @binding(7) var<storage, read_write> output_sums: array<Rows>;

fn add_rows(a: Rows, b: Rows) -> Rows {
  return Rows(a.upper + b.upper, a.lower + b.lower);
}

fn scaled_sums(at: u32, factors: RowNumbers, first: bool) -> Rows {
  if (first) {
    return Rows();
  }
  return scale_rows(output_sums[at], factors);
}

// Rescales the sums of earlier tiles, and adds this tile's weights times values.
fn accumulate(weights: ScoreTile, factors: RowNumbers, start: u32, first_key: u32, to: u32, first: bool) {
  for (var quad = 0u; quad < VALUE_QUADS; quad++) {
    var sums = scaled_sums(to + quad, factors, first);
    sums = multiply_add_rows(sums, value_rows(start, first_key, quad), weights.keys_0);
    sums = multiply_add_rows(sums, value_rows(start, first_key + 4u, quad), weights.keys_1);
    sums = multiply_add_rows(sums, value_rows(start, first_key + 8u, quad), weights.keys_2);
    output_sums[to + quad] = multiply_add_rows(sums, value_rows(start, first_key + 12u, quad), weights.keys_3);
  }
}

// Whether a tile's values are all finite. If so, hidden keys need no special case: their weights are exactly zero.
fn values_are_finite(start: u32, first_key: u32) -> bool {
  var exponents = vec4<u32>();
  for (var quad = 0u; quad < VALUE_QUADS; quad++) {
    for (var key = first_key; key < first_key + TILE_KEYS; key += 4u) {
      let block = value_rows(start, key, quad);
      exponents = max(exponents, max(exponents_of(block[0]), exponents_of(block[1])));
      exponents = max(exponents, max(exponents_of(block[2]), exponents_of(block[3])));
    }
  }
  return all(exponents < vec4<u32>(INFINITE_EXPONENT));
}

const INFINITE_EXPONENT: u32 = 0x7f800000u;

fn exponents_of(values: vec4<f32>) -> vec4<u32> {
  return bitcast<vec4<u32>>(values) & vec4<u32>(INFINITE_EXPONENT);
}

// The same for a mixed tile with non-finite values. Such tiles are rare, so a loop keeps the code short.
fn accumulate_hiding(weights: ScoreTile, factors: RowNumbers, start: u32, first_key: u32, to: u32, first: bool) {
  unfinished = blocks_of(weights);
  for (var quad = 0u; quad < VALUE_QUADS; quad++) {
    var sums = scaled_sums(to + quad, factors, first);
    for (var i = 0u; i < 4u; i++) {
      let group = Rows(unfinished[i], unfinished[4u + i]);
      sums = multiply_add_rows_hiding(sums, value_rows(start, first_key + 4u * i, quad), group);
    }
    output_sums[to + quad] = sums;
  }
}

fn accumulate_mixed(weights: ScoreTile, factors: RowNumbers, start: u32, first_key: u32, to: u32, first: bool) {
  let finite = values_are_finite(start, first_key);
  // Loops that run once or not at all, for SwiftShader: see next_tile.
  if (finite) {
    accumulate(weights, factors, start, first_key, to, first);
  }
  for (var once = 0u; once < select(1u, 0u, finite); once++) {
    accumulate_hiding(weights, factors, start, first_key, to, first);
  }
}

fn initial_state() -> AttentionState {
  let hidden = vec4<f32>(HIDDEN_SCORE);
  return AttentionState(RowNumbers(hidden, hidden), RowNumbers(), 0u);
}

// Attends to keys [begin, end), where begin is a multiple of TILE_KEYS, for rows from `first_row` of the unit,
// continuing from the state `before`. The outputs are in `output_sums`, from `to` on; they are undefined until a
// tile is visible. Call it in uniform control flow.
fn attend(unit: Unit, first_row: u32, begin: u32, end: u32, to: u32, before: AttentionState) -> AttentionState {
  let upper = four_starts(unit, first_row);
  let lower = four_starts(unit, first_row + 4u);
  let key_start = head_start(parameters.key_stride, unit.batch, unit.kv_head);
  let value_start = head_start(parameters.value_stride, unit.batch, unit.kv_head);
  var maxima = before.maxima;
  var sums = before.sums;
  var tiles = before.tiles;
  for (var first_key = next_tile(unit, begin, end); first_key < end; first_key = next_tile(unit, first_key + TILE_KEYS, end)) {
    let state = unit_tile_state(unit, first_key);
    let mixed = state == TILE_MIXED;
    let raw = score_tile(upper, lower, key_start, first_key);
    let scores = finish_tile(raw, unit, first_row, first_key, mixed);
    var grown = maxima_of_rows(scores.keys_0, maxima);
    grown = maxima_of_rows(scores.keys_1, grown);
    grown = maxima_of_rows(scores.keys_2, grown);
    grown = maxima_of_rows(scores.keys_3, grown);
    let factors = corrections(maxima, grown);
    maxima = grown;
    let weights = ScoreTile(
      weight_rows(scores.keys_0, maxima),
      weight_rows(scores.keys_1, maxima),
      weight_rows(scores.keys_2, maxima),
      weight_rows(scores.keys_3, maxima),
    );
    let all = add_rows(add_rows(weights.keys_0, weights.keys_1), add_rows(weights.keys_2, weights.keys_3));
    sums.upper = sums.upper * factors.upper + vec4<f32>(1.0) * all.upper;
    sums.lower = sums.lower * factors.lower + vec4<f32>(1.0) * all.lower;
    // A plain branch is cheap here, as accumulate is nothing but a loop.
    if (!mixed) {
      accumulate(weights, factors, value_start, first_key, to, tiles == 0u);
    }
    for (var once = 0u; once < select(0u, 1u, mixed); once++) {
      accumulate_mixed(weights, factors, value_start, first_key, to, tiles == 0u);
    }
    tiles++;
  }
  return AttentionState(maxima, sums, tiles);
}
