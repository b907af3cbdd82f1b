// All keys in one submission: there is no state to save. Counterpart of state_resumed.wgsl.

fn load_softmax(_slot: u32, _thread: u32) -> Softmax {
  return initial_softmax();
}

fn save_softmax(_slot: u32, _thread: u32, _softmax: Softmax) {}

fn load_sums(_sums: ptr<function, Outputs>, _slot: u32, _subgroup: u32) {}

fn save_sums(_sums: ptr<function, Outputs>, _slot: u32, _subgroup: u32) {}

fn load_exact(_slot: u32, _thread: u32, _round: u32, _factor: f32) -> vec4<f32> {
  return vec4<f32>();
}

fn save_exact(_outputs: vec4<f32>, _slot: u32, _thread: u32, _round: u32) {}
