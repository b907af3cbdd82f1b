// Weights at single keys that say what a head does, computed by themselves: a few of a row cost less than
// looking out for them along the way.

// One a query; none past the list's end.
@group(0) @binding(10) var<storage, read> marks: array<u32>;

// No key has this number.
const NO_KEY: u32 = 0xffffffffu;
const PLACES: u32 = 4u;

// Of query 0, the key before it is NO_KEY.
fn key_at_place(place: u32, query: u32) -> u32 {
  switch place {
    case 0u: { return query; }
    case 1u: { return query - 1u; }
    case 2u: { return 0u; }
    default: {
      if (query >= arrayLength(&marks)) {
        return NO_KEY;
      }
      return marks[query];
    }
  }
}

// The sum of the products, in the order of the tiles: the same bits.
fn score_at(row: Row, kv_head: u32, key: u32) -> f32 {
  let query_start = query_start(row);
  let key_start = head_start(parameters.key_stride, row.batch, kv_head) + key * parameters.key_stride.z;
  var score = 0.0;
  for (var quad = 0u; quad < HEAD_QUADS; quad++) {
    let left = load_key(key_start, quad);
    let right = load_query(query_start, quad) * parameters.query_scale;
    score = fma(left.w, right.w, fma(left.z, right.z, fma(left.y, right.y, fma(left.x, right.x, score))));
  }
  return finished_score(score, row, key, true);
}

fn weight_at_place(place: u32, row: Row, kv_head: u32, maximum: f32) -> f32 {
  let key = key_at_place(place, row.query);
  if (!sees(row, key)) {
    return 0.0;
  }
  return exp2((score_at(row, kv_head, key) - maximum) * parameters.score_unit);
}
