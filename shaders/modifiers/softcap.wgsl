// Soft cap: score -> cap * tanh(score / cap). Numbers: the cap, a float.

fn softcap_score(score: f32, batch: u32, head: u32, query: u32, key: u32, at: u32) -> f32 {
  let cap = modifier_float(at);
  // Some implementations of tanh overflow far out, where its value is 1 to the last bit.
  return cap * tanh(clamp(score / cap, -10.0, 10.0));
}
