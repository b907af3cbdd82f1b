// Parameters of every attention kernel. Lengths and strides are uniforms, so new lengths need no new shader;
// HEAD_SIZE and VALUE_SIZE are constants of the module's prelude, so loops over them can unroll.

struct Parameters {
  heads: u32,
  kv_heads: u32,
  query_length: u32,
  key_length: u32,
  // Elements between neighbours, as (batch, head, row); elements of a row are adjacent. The last
  // number is the element at which the binding begins: of a long tensor only a window is bound.
  query_stride: vec4<u32>,
  key_stride: vec4<u32>,
  value_stride: vec4<u32>,
  output_stride: vec4<u32>,
  // Multiplies queries as they are loaded: the scale where scores are modified, else its sign alone, which
  // rounds nothing.
  query_scale: f32,
  // Log-sum-exp of a row that sees no key; WGSL has no literal for it.
  negative_infinity: f32,
  // Keys of a split, for decode.
  keys_per_split: u32,
  // Offset of the heads' sinks in modifier_data, where there are any (HAS_SINKS).
  sinks: u32,
  // Converts differences of scores to units of log 2. Includes the scale unless scores are modified: the
  // maximum is subtracted before anything rounds at the size of the scores.
  score_unit: f32,
  // Sixteen, as a number unknown to compilers, so that loops up to it are not unrolled: with modifiers in them
  // some compilers would take a minute.
  sixteen: u32,
  unused_0: u32,
  unused_1: u32,
  modifiers: array<vec4<u32>, 16>,
}

// The part of the work done by this dispatch.
struct Piece {
  first_unit: u32,
  units: u32,
  // For kernels that process keys in chunks: the slot of the first unit among those in flight, and the keys of
  // this chunk.
  first_slot: u32,
  first_key: u32,
  end_key: u32,
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
// Visible scores are clamped to it: a bias may be the lowest float, and must not hide its key.
const MIN_SCORE: f32 = -2.0e38;

// One row of the output: a query of a head of a batch element. A tile's last rows may not exist.
struct Row {
  batch: u32,
  head: u32,
  query: u32,
  exists: bool,
}

// Start of a head's rows in its binding. Correct even where the products wrap around.
fn head_start(stride: vec4<u32>, batch: u32, head: u32) -> u32 {
  return batch * stride.x + head * stride.y - stride.w;
}

fn query_start(row: Row) -> u32 {
  return head_start(parameters.query_stride, row.batch, row.head) + row.query * parameters.query_stride.z;
}

fn output_start(row: Row) -> u32 {
  return head_start(parameters.output_stride, row.batch, row.head) + row.query * parameters.output_stride.z;
}

// Whether a row sees a key; rows and keys past the end do not.
fn sees(row: Row, key: u32) -> bool {
  return row.exists && key < parameters.key_length && visible(row.batch, row.head, row.query, key);
}

// A score after the score modifiers and, in a mixed tile, the mask.
fn finished_score(score: f32, row: Row, key: u32, mixed: bool) -> f32 {
  // Modifiers index lists by query and key, so they must not be called for keys that do not exist.
  if (mixed && !sees(row, key)) {
    return HIDDEN_SCORE;
  }
  if (!SCORES_MODIFIED || !row.exists) {
    return score;
  }
  let modified = modify_score(score, row.batch, row.head, row.query, key);
  // NaN compares false, and stays NaN.
  return select(modified, MIN_SCORE, modified < MIN_SCORE);
}

// A tile that reaches past the last key is never fully visible: keys beyond it count as hidden.
fn clipped_state(state: u32, first_key: u32) -> u32 {
  return select(state, min(state, TILE_MIXED), first_key + TILE_KEYS > parameters.key_length);
}

// Keys in a stored row of scores, which is padded to whole tiles.
fn padded_key_length() -> u32 {
  return (parameters.key_length + TILE_KEYS - 1u) / TILE_KEYS * TILE_KEYS;
}

fn last_key_of_tile(first_key: u32) -> u32 {
  return min(first_key + TILE_KEYS, parameters.key_length) - 1u;
}
