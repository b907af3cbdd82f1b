// All keys are met in one submission: nothing is carried from one to the next. Twin of carried.wgsl.

fn softmax_before(_slot: u32, _thread: u32) -> Softmax {
  return nothing_weighed();
}

fn carry_softmax(_slot: u32, _thread: u32, _softmax: Softmax) {}

fn load_sums(_sums: ptr<function, Outputs>, _slot: u32, _subgroup: u32) {}

fn carry_sums(_sums: ptr<function, Outputs>, _slot: u32, _subgroup: u32) {}

fn exact_before(_slot: u32, _thread: u32, _round: u32, _factor: f32) -> vec4<f32> {
  return vec4<f32>();
}

fn carry_exactly(_outputs: vec4<f32>, _slot: u32, _thread: u32, _round: u32) {}
