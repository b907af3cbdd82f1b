// All keys in one submission: there is no state to save. Counterpart of state_resumed.wgsl.

fn load_state(_slot: u32) -> AttentionState {
  return initial_state();
}

fn save_state(_slot: u32, _attended: AttentionState) {}
