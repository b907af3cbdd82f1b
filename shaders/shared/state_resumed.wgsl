// Keys are processed in chunks, to keep submissions short: between chunks each thread's state is saved in its slot.
// Counterpart without state: state_new.wgsl.

@group(0) @binding(7) var<storage, read_write> saved_states: array<AttentionState>;

fn load_state(slot: u32) -> AttentionState {
  if (piece.first_key == 0u) {
    return initial_state();
  }
  return saved_states[slot];
}

fn save_state(slot: u32, attended: AttentionState) {
  saved_states[slot] = attended;
}
