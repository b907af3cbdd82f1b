// The keys are split, and each workgroup takes one split: of all keys, or of the part that this submission meets.

fn split_count() -> u32 {
  return (parameters.key_length + parameters.key_stretch - 1u) / parameters.key_stretch;
}

fn split_of(workgroup: u32) -> u32 {
  return piece.first_key / parameters.key_stretch + workgroup;
}

// Place of a split's results: splits of a unit are side by side, units under way one after another.
fn split_place(unit_of_piece: u32, split: u32) -> u32 {
  return (piece.first_slot + unit_of_piece) * split_count() + split;
}
