// Soft cap: score -> cap * tanh(score / cap). parameters.x = cap.

fn softcap_score(score: f32, batch: u32, head: u32, query: u32, key: u32, parameters: vec4<f32>) -> f32 {
  // Some implementations of tanh overflow far out, where its value is 1 to the last bit.
  return parameters.x * tanh(clamp(score / parameters.x, -10.0, 10.0));
}
