import { Block } from './block';
import { outputsOf } from './few-rows';
import { multiplyAdd } from './vector';

/** Adds one row's weights times the values, 32 columns at a time and then eight. */
export function addRowValues(
  block: Block,
  row: i32,
  first: i32,
  count: i32,
  correction: f32,
): void {
  const stride = block.valueStride;
  const start = block.values + <usize>first * stride;
  const outputs = outputsOf(block, row);
  const size = (<usize>block.valueSize) << 2;
  const factor = f32x4.splat(correction);
  let column: usize = 0;
  for (; column + 128 <= size; column += 128) {
    addWide(block.scores, start + column, stride, count, factor, outputs + column);
  }
  for (; column < size; column += 32) {
    addNarrow(block.scores, start + column, stride, count, factor, outputs + column);
  }
}

function addWide(
  weights: usize,
  values: usize,
  stride: usize,
  count: i32,
  factor: v128,
  outputs: usize,
): void {
  let a = f32x4.mul(v128.load(outputs), factor);
  let b = f32x4.mul(v128.load(outputs, 16), factor);
  let c = f32x4.mul(v128.load(outputs, 32), factor);
  let d = f32x4.mul(v128.load(outputs, 48), factor);
  let e = f32x4.mul(v128.load(outputs, 64), factor);
  let f = f32x4.mul(v128.load(outputs, 80), factor);
  let g = f32x4.mul(v128.load(outputs, 96), factor);
  let h = f32x4.mul(v128.load(outputs, 112), factor);
  for (let i = 0; i < count; i++) {
    const weight = v128.load32_splat(weights);
    a = multiplyAdd(weight, v128.load(values), a);
    b = multiplyAdd(weight, v128.load(values, 16), b);
    c = multiplyAdd(weight, v128.load(values, 32), c);
    d = multiplyAdd(weight, v128.load(values, 48), d);
    e = multiplyAdd(weight, v128.load(values, 64), e);
    f = multiplyAdd(weight, v128.load(values, 80), f);
    g = multiplyAdd(weight, v128.load(values, 96), g);
    h = multiplyAdd(weight, v128.load(values, 112), h);
    weights += 4;
    values += stride;
  }
  v128.store(outputs, a);
  v128.store(outputs, b, 16);
  v128.store(outputs, c, 32);
  v128.store(outputs, d, 48);
  v128.store(outputs, e, 64);
  v128.store(outputs, f, 80);
  v128.store(outputs, g, 96);
  v128.store(outputs, h, 112);
}

function addNarrow(
  weights: usize,
  values: usize,
  stride: usize,
  count: i32,
  factor: v128,
  outputs: usize,
): void {
  let a = f32x4.mul(v128.load(outputs), factor);
  let b = f32x4.mul(v128.load(outputs, 16), factor);
  for (let i = 0; i < count; i++) {
    const weight = v128.load32_splat(weights);
    a = multiplyAdd(weight, v128.load(values), a);
    b = multiplyAdd(weight, v128.load(values, 16), b);
    weights += 4;
    values += stride;
  }
  v128.store(outputs, a);
  v128.store(outputs, b, 16);
}
