// Linear biases: score - slope[head] * |query + offset - key|. Numbers: the offset, the offset of the slopes' list.

fn alibi_score(score: f32, batch: u32, head: u32, query: u32, key: u32, at: u32) -> f32 {
  let distance = abs(i32(query) + modifier_integer(at) - i32(key));
  return score - listed_float(at + 1u, head) * f32(distance);
}
