// A tensor added to the scores. Numbers: those of broadcast_index, and its offset. Keys where it is minus infinity,
// which must never enter the arithmetic, are hidden by bias_mask.wgsl.

fn bias_score(score: f32, batch: u32, head: u32, query: u32, key: u32, at: u32) -> f32 {
  if (!broadcast_covers(key, at)) {
    return score;
  }
  return score + listed_float(at + 5u, broadcast_index(batch, head, query, key, at));
}
