// A team is a quad of four lanes that share rows. Each lane scores sixteen keys of its own, then accumulates its own
// value columns with all lanes' weights, so each key and value is loaded once, by one lane. For
// decode_split_direct.wgsl and decode_split_single.wgsl.

@group(0) @binding(7) var<storage, read_write> partial_outputs: array<vec4<f32>>;
@group(0) @binding(9) var<storage, read_write> partial_states: array<vec2<f32>>;

const THREADS: u32 = 4u * PARTS;
const HEAD_QUADS: u32 = (HEAD_SIZE + 3u) / 4u;
const VALUE_QUADS: u32 = (VALUE_SIZE + 3u) / 4u;
// Keys of a lane, and of a team, in one step. TILE_KEYS counts all teams' keys.
const LANE_KEYS: u32 = 16u;
const TEAM_KEYS: u32 = 64u;

fn team_maxima(own: vec4<f32>) -> vec4<f32> {
  let two = max(own, quadSwapX(own));
  return max(two, quadSwapY(two));
}

fn team_sums(own: vec4<f32>) -> vec4<f32> {
  let two = own + quadSwapX(own);
  return two + quadSwapY(two);
}

// Columns are keys.
fn key_columns(start: u32, key: u32, quad: u32) -> mat4x4<f32> {
  return mat4x4<f32>(
    key_quad(start, key, quad),
    key_quad(start, key + 1u, quad),
    key_quad(start, key + 2u, quad),
    key_quad(start, key + 3u, quad),
  );
}

fn value_block(start: u32, key: u32, quad: u32) -> mat4x4<f32> {
  return mat4x4<f32>(
    value_quad(start, key, quad),
    value_quad(start, key + 1u, quad),
    value_quad(start, key + 2u, quad),
    value_quad(start, key + 3u, quad),
  );
}

// The values held by one lane of the team.
fn of_lane_0(own: mat4x4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    quadBroadcast(own[0], 0u), quadBroadcast(own[1], 0u), quadBroadcast(own[2], 0u), quadBroadcast(own[3], 0u),
  );
}

fn of_lane_1(own: mat4x4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    quadBroadcast(own[0], 1u), quadBroadcast(own[1], 1u), quadBroadcast(own[2], 1u), quadBroadcast(own[3], 1u),
  );
}

fn of_lane_2(own: mat4x4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    quadBroadcast(own[0], 2u), quadBroadcast(own[1], 2u), quadBroadcast(own[2], 2u), quadBroadcast(own[3], 2u),
  );
}

fn of_lane_3(own: mat4x4<f32>) -> mat4x4<f32> {
  return mat4x4<f32>(
    quadBroadcast(own[0], 3u), quadBroadcast(own[1], 3u), quadBroadcast(own[2], 3u), quadBroadcast(own[3], 3u),
  );
}
