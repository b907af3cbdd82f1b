// All keys are met in one submission: nothing is carried from one to the next. Its twin is
// attended_carried.wgsl.

fn attended_before(_slot: u32) -> Attended {
  return nothing_attended();
}

fn carry(_slot: u32, _attended: Attended) {}
