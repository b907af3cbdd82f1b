// What every attention kernel is told. Lengths and strides are uniforms, so new lengths need no new
// shader; HEAD_SIZE and VALUE_SIZE are constants of the module's prelude, so loops over them can unroll.

struct Parameters {
  heads: u32,
  // Query heads that share one key/value head.
  heads_per_group: u32,
  query_length: u32,
  key_length: u32,
  // Elements between neighbours, as (batch, head, row); elements of a row are adjacent.
  query_stride: vec4<u32>,
  key_stride: vec4<u32>,
  value_stride: vec4<u32>,
  output_stride: vec4<u32>,
  // Multiplies queries as they are loaded. Includes log2(e) unless scores are modified.
  query_scale: f32,
  // Log-sum-exp of a row that sees no key; WGSL has no literal for it.
  negative_infinity: f32,
  // Score rows, of 32 queries and SCORE_STRIDE keys each, that the score buffer holds (three-pass only).
  score_stride: u32,
  unused: u32,
  modifiers: array<vec4<i32>, 8>,
}

// The part of the work that this dispatch does.
struct Piece {
  first_unit: u32,
  units: u32,
}

@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<uniform> piece: Piece;

const TILE_HIDDEN: u32 = 0u;
const TILE_MIXED: u32 = 1u;
const TILE_VISIBLE: u32 = 2u;

const LOG2_E: f32 = 1.4426950408889634;
const LN_2: f32 = 0.6931471805599453;
// A finite stand-in for minus infinity, which WGSL may assume away. No computed score equals it.
const HIDDEN_SCORE: f32 = -3.0e38;

// One unit of work: a tile of queries of one head of one batch element.
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
    head / parameters.heads_per_group,
    (index % tiles) * TILE_QUERIES,
  );
}

// Start of a head's rows in its buffer.
fn head_start(stride: vec4<u32>, batch: u32, head: u32) -> u32 {
  return batch * stride.x + head * stride.y;
}

// State of the tile of TILE_QUERIES x TILE_KEYS at (first_query, first_key). A tile that reaches past the
// last key is never wholly visible: what lies beyond counts as hidden.
fn clipped_tile_state(unit: Unit, first_key: u32) -> u32 {
  let last_query = min(unit.first_query + TILE_QUERIES, parameters.query_length) - 1u;
  let last_key = min(first_key + TILE_KEYS, parameters.key_length) - 1u;
  let state = tile_state(unit.batch, unit.head, unit.first_query, last_query, first_key, last_key);
  return select(state, min(state, TILE_MIXED), first_key + TILE_KEYS > parameters.key_length);
}

fn visible_in_range(unit: Unit, query: u32, key: u32) -> bool {
  return key < parameters.key_length && visible(unit.batch, unit.head, query, key);
}
