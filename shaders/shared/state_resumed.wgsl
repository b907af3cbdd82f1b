// Keys are met part by part, so that no submission lasts long: what a thread has found waits in its slot. Its
// twin is attended_afresh.wgsl.

@group(0) @binding(7) var<storage, read_write> carried: array<Attended>;

fn attended_before(slot: u32) -> Attended {
  if (piece.first_key == 0u) {
    return nothing_attended();
  }
  return carried[slot];
}

fn carry(slot: u32, attended: Attended) {
  carried[slot] = attended;
}
