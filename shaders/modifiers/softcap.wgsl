// Soft cap: score -> cap * tanh(score / cap). Numbers: the cap, a float.

fn softcap_score(score: f32, batch: u32, head: u32, query: u32, key: u32, at: u32) -> f32 {
  let cap = modifier_float(at);
  return cap * softcap_tanh(score / cap);
}

// WGSL grants its own tanh an error of 2^-11, and most make it of exponentials that cancel near zero, where
// scores far below the cap are. This one is accurate to 7 units in the last place: by the polynomial of Cephes
// (Moshier, tanhf.c) where exponentials would cancel, else by an exponential.
fn softcap_tanh(x: f32) -> f32 {
  let size = abs(x);
  if (size < 0.625) {
    return x + x * softcap_tanh_tail(x * x);
  }
  // 1 to the last bit from 10 on. NaN compares false, and stays NaN.
  let tangent = 1.0 - 2.0 / (exp(2.0 * select(size, 10.0, size > 10.0)) + 1.0);
  return select(tangent, -tangent, x < 0.0);
}

// tanh(x) / x - 1, of the square of x.
fn softcap_tanh_tail(square: f32) -> f32 {
  let higher = -5.37397155531e-2 + square * (2.06390887954e-2 - square * 5.70498872745e-3);
  return square * (-3.33332819422e-1 + square * (1.33314422036e-1 + square * higher));
}
