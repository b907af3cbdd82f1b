import { Block, STRIP, STRIP_BYTES, columnGroups, stripCount, stripOutputs } from './block';

/**
 * Transposes and scales the queries: a strip becomes D × 8. Rows that are not in use are given by the
 * caller as any that are.
 */
export function packQueries(block: Block): void {
  const size = block.headSize;
  const scale = f32x4.splat(block.scale);
  const strips = stripCount(block);
  for (let i = 0; i < strips * STRIP; i += 4) {
    const rows = block.queryRows + ((<usize>i) << 2);
    const strip = <usize>((i / STRIP) * size) * STRIP_BYTES;
    const to = block.queries + strip + ((<usize>(i % STRIP)) << 2);
    packFour(
      load<usize>(rows),
      load<usize>(rows, 4),
      load<usize>(rows, 8),
      load<usize>(rows, 12),
      size,
      scale,
      to,
    );
  }
}

function packFour(a: usize, b: usize, c: usize, d: usize, size: i32, scale: v128, to: usize): void {
  const whole = (<usize>(size & ~3)) << 2;
  const end = (<usize>size) << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const w = f32x4.mul(v128.load(a + at), scale);
    const x = f32x4.mul(v128.load(b + at), scale);
    const y = f32x4.mul(v128.load(c + at), scale);
    const z = f32x4.mul(v128.load(d + at), scale);
    const wxLow = v128.shuffle<f32>(w, x, 0, 4, 1, 5);
    const wxHigh = v128.shuffle<f32>(w, x, 2, 6, 3, 7);
    const yzLow = v128.shuffle<f32>(y, z, 0, 4, 1, 5);
    const yzHigh = v128.shuffle<f32>(y, z, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(wxLow, yzLow, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(wxLow, yzLow, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<f32>(wxHigh, yzHigh, 0, 1, 4, 5), 64);
    v128.store(to, v128.shuffle<f32>(wxHigh, yzHigh, 2, 3, 6, 7), 96);
    to += 4 * STRIP_BYTES;
  }
  for (; at < end; at += 4) {
    let column = f32x4.splat(load<f32>(a + at));
    column = f32x4.replace_lane(column, 1, load<f32>(b + at));
    column = f32x4.replace_lane(column, 2, load<f32>(c + at));
    column = f32x4.replace_lane(column, 3, load<f32>(d + at));
    v128.store(to, f32x4.mul(column, scale));
    to += STRIP_BYTES;
  }
}

/** Divides by the sums and stores the rows. A row without a sum is zeros. */
export function storeOutputs(block: Block): void {
  const size = (<usize>block.valueSize) << 2;
  const whole = size & ~15;
  for (let i = 0; i < block.rows; i++) {
    const from = stripOutputs(block, i / STRIP) + <usize>(i % STRIP) * STRIP_BYTES;
    const to = load<usize>(block.outputRows + ((<usize>i) << 2));
    const sum = load<f32>(block.sums + ((<usize>i) << 2));
    const factor: f32 = 1 / (sum == 0 ? 1 : sum);
    const factors = f32x4.splat(factor);
    let column: usize = 0;
    for (; column < whole; column += 16) {
      const at = from + ((column >> 5) << 8) + (column & 31);
      v128.store(to + column, f32x4.mul(v128.load(at), factors));
    }
    for (; column < size; column += 4) {
      const at = from + ((column >> 5) << 8) + (column & 31);
      store<f32>(to + column, load<f32>(at) * factor);
    }
  }
}

/** Starts the outputs at zero. */
export function clearOutputs(block: Block): void {
  memory.fill(block.outputs, 0, (<usize>(stripCount(block) * columnGroups(block))) << 8);
}
