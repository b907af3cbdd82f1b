import { Block, STRIP_BYTES, columnGroups, stripOutputs } from './block';
import { multiplyAdd } from './vector';

/** Bytes of four rows of eight columns. */
const HALF_GROUP: usize = 128;

/**
 * Adds a strip's weights times the values of keys `first` … `first + count − 1` to its outputs, which are
 * corrected on the way. Four rows by eight columns are summed in registers. The last group of columns may
 * read past the end of a value row, and there must be memory; what comes of it is never stored.
 */
export function addValues(block: Block, strip: i32, first: i32, count: i32): void {
  const groups = columnGroups(block);
  const stride = block.valueStride;
  let values = block.values + <usize>first * stride;
  let outputs = stripOutputs(block, strip);
  for (let group = 0; group < groups; group++) {
    addFour(block.scores, values, stride, count, block.corrections, outputs);
    addFour(block.scores + 16, values, stride, count, block.corrections + 16, outputs + HALF_GROUP);
    values += STRIP_BYTES;
    outputs += 2 * HALF_GROUP;
  }
}

function addFour(
  weights: usize,
  values: usize,
  stride: usize,
  count: i32,
  corrections: usize,
  outputs: usize,
): void {
  const ca = v128.load32_splat(corrections);
  const cb = v128.load32_splat(corrections, 4);
  const cc = v128.load32_splat(corrections, 8);
  const cd = v128.load32_splat(corrections, 12);
  let a0 = f32x4.mul(v128.load(outputs), ca);
  let a1 = f32x4.mul(v128.load(outputs, 16), ca);
  let b0 = f32x4.mul(v128.load(outputs, 32), cb);
  let b1 = f32x4.mul(v128.load(outputs, 48), cb);
  let c0 = f32x4.mul(v128.load(outputs, 64), cc);
  let c1 = f32x4.mul(v128.load(outputs, 80), cc);
  let d0 = f32x4.mul(v128.load(outputs, 96), cd);
  let d1 = f32x4.mul(v128.load(outputs, 112), cd);
  for (let i = 0; i < count; i++) {
    const low = v128.load(values);
    const high = v128.load(values, 16);
    const x = v128.load32_splat(weights);
    a0 = multiplyAdd(x, low, a0);
    a1 = multiplyAdd(x, high, a1);
    const y = v128.load32_splat(weights, 4);
    b0 = multiplyAdd(y, low, b0);
    b1 = multiplyAdd(y, high, b1);
    const z = v128.load32_splat(weights, 8);
    c0 = multiplyAdd(z, low, c0);
    c1 = multiplyAdd(z, high, c1);
    const w = v128.load32_splat(weights, 12);
    d0 = multiplyAdd(w, low, d0);
    d1 = multiplyAdd(w, high, d1);
    weights += STRIP_BYTES;
    values += stride;
  }
  v128.store(outputs, a0);
  v128.store(outputs, a1, 16);
  v128.store(outputs, b0, 32);
  v128.store(outputs, b1, 48);
  v128.store(outputs, c0, 64);
  v128.store(outputs, c1, 80);
  v128.store(outputs, d0, 96);
  v128.store(outputs, d1, 112);
}

/** Whether all values of these keys are finite: then a weight of 0 hides them well enough. */
export function areFinite(block: Block, first: i32, count: i32): bool {
  const stride = block.valueStride;
  const size = (<usize>block.valueSize) << 2;
  // x − x is 0, or NaN; sums keep NaN. Past a row's end there may be anything: then the answer is "no" too often.
  let differences = f32x4.splat(0);
  let row = block.values + <usize>first * stride;
  for (let key = 0; key < count; key++) {
    for (let column: usize = 0; column < size; column += 16) {
      const value = v128.load(row + column);
      differences = f32x4.add(differences, f32x4.sub(value, value));
    }
    row += stride;
  }
  return i32x4.all_true(f32x4.eq(differences, f32x4.splat(0)));
}

/** As `addValues`, passing over keys of weight 0: for values that may be NaN or infinite. */
export function addVisibleValues(block: Block, strip: i32, first: i32, count: i32): void {
  const stride = block.valueStride;
  const outputs = stripOutputs(block, strip);
  for (let row: usize = 0; row < 8; row++) {
    const correction = load<f32>(block.corrections + (row << 2));
    for (let e = 0; e < block.valueSize; e++) {
      const column = (<usize>e) << 2;
      const at = outputs + ((<usize>(e >> 3)) << 8) + (row << 5) + (column & 31);
      let sum = load<f32>(at) * correction;
      for (let key = 0; key < count; key++) {
        const weight = load<f32>(block.scores + ((<usize>key) << 5) + (row << 2));
        if (weight == 0) continue;
        sum += weight * load<f32>(block.values + <usize>(first + key) * stride + column);
      }
      store<f32>(at, sum);
    }
  }
}
