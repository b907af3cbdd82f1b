// How many fused multiply-adds a second the device can do: its arithmetic ceiling.
//
// Eight chains of updates that depend on nothing but themselves, enough to fill the pipelines of a core. They
// are written as straight-line code: a loop whose body updates each loop-carried variable once is bound by
// what the loop costs (SwiftShader keeps each such variable in memory from round to round: a tenth of its
// arithmetic speed). So a round of the loop does 64 updates of every chain, and carries none of them over.
//
// Every chain counts its updates: with a factor and an addend of 1, which the compiler cannot know, it ends at
// its start plus 64. Starts differ between chains, lanes, threads and rounds, so that no two are merged and none
// leaves the loop. All numbers stay whole and small: exact in float16, and their totals exact in float32.
//
// The prelude gives: Element, Vector (Element or a vector of it), Wide (the same in float32), LANES (0, 1, …).

struct Probe {
  rounds: u32,
  factor: f32,
  addend: f32,
}

struct Chains {
  a: Vector,
  b: Vector,
  c: Vector,
  d: Vector,
  e: Vector,
  f: Vector,
  g: Vector,
  h: Vector,
}

@group(0) @binding(0) var<uniform> probe: Probe;
@group(0) @binding(1) var<storage, read_write> results: array<Wide>;

fn update(x: Chains, factor: Vector, addend: Vector) -> Chains {
  return Chains(
    fma(x.a, factor, addend),
    fma(x.b, factor, addend),
    fma(x.c, factor, addend),
    fma(x.d, factor, addend),
    fma(x.e, factor, addend),
    fma(x.f, factor, addend),
    fma(x.g, factor, addend),
    fma(x.h, factor, addend),
  );
}

fn update_4(x: Chains, factor: Vector, addend: Vector) -> Chains {
  let once = update(x, factor, addend);
  let twice = update(once, factor, addend);
  let thrice = update(twice, factor, addend);
  return update(thrice, factor, addend);
}

fn update_16(x: Chains, factor: Vector, addend: Vector) -> Chains {
  let once = update_4(x, factor, addend);
  let twice = update_4(once, factor, addend);
  let thrice = update_4(twice, factor, addend);
  return update_4(thrice, factor, addend);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let factor = Vector(Element(probe.factor));
  let addend = Vector(Element(probe.addend));
  var total: Wide;
  for (var round = 0u; round < probe.rounds; round++) {
    let start = LANES + Vector(Element((round + id.x) & 7u));
    var x = Chains(
      start,
      start + Vector(4),
      start + Vector(8),
      start + Vector(12),
      start + Vector(16),
      start + Vector(20),
      start + Vector(24),
      start + Vector(28),
    );
    x = update_16(x, factor, addend);
    x = update_16(x, factor, addend);
    x = update_16(x, factor, addend);
    x = update_16(x, factor, addend);
    total += Wide(((x.a + x.b) + (x.c + x.d)) + ((x.e + x.f) + (x.g + x.h)));
  }
  results[id.x] = total;
}
