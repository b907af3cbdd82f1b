import { assert } from 'vitest';
import fc from 'fast-check';
import type { Kernel } from '../../src/attention/kernels/kernel';
import type { Shape } from '../../src/attention/layout';
import { causal } from '../../src/attention/modifiers/causal';
import { UNBOUNDED, slidingWindow } from '../../src/attention/modifiers/sliding-window';
import { tensorBias, tensorMask } from '../../src/attention/modifiers/tensor-mask';
import { createProblem } from '../../src/attention/problem';
import { reference } from '../../src/attention/reference';
import { compare } from '../../src/numeric/compare';
import type { Gpu } from '../../src/webgpu/device';
import {
  type HostData,
  type Options,
  roundedTo,
  compute,
  isDecodeKernel,
  shapeOf,
  withDefaultType,
} from '../support/problems';

/** Laws that hold for all inputs. Sizes of rows stay fixed, so that each law compiles few shaders. */
type Law = (gpu: Gpu, shape: Shape, data: HostData, kernel: string) => Promise<void>;

const SIZE = 12;

export const shapesFor = (kernel?: Kernel): fc.Arbitrary<Shape> =>
  fc
    .record({
      batch: fc.integer({ min: 1, max: 3 }),
      kvHeads: fc.integer({ min: 1, max: 3 }),
      sharing: fc.integer({ min: 1, max: 3 }),
      queryLength: fc.integer({ min: 1, max: kernel && isDecodeKernel(kernel) ? 32 : 90 }),
      keyLength: fc.integer({ min: 1, max: 200 }),
    })
    .map(({ sharing, ...rest }) =>
      shapeOf({ ...rest, heads: rest.kvHeads * sharing, headSize: SIZE, valueSize: SIZE }),
    );

/** Whether two results agree as closely as each must agree with the truth. */
function agree(shape: Shape, data: HostData, a: Float32Array, b: Float32Array, options: Options) {
  const { outputBound } = reference(createProblem(shape, withDefaultType(options)), data);
  const result = compare(
    a,
    b,
    outputBound.map((bound) => 2 * bound),
  );
  assert(result.passed, `differ by ${result.errorOverBound} of the bound at ${result.worst}`);
}

function same(a: Float32Array, b: Float32Array, message: string) {
  assert(a.length === b.length && a.every((value, i) => value === b[i]), message);
}

/** Rows of keys or values in another order, the same for both. */
function permuteRows(values: Float32Array, order: readonly number[]): Float32Array {
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += order.length * SIZE) {
    order.forEach((from, to) => {
      const row = values.subarray(start + from * SIZE, start + (from + 1) * SIZE);
      result.set(row, start + to * SIZE);
    });
  }
  return result;
}

export const LAWS: Readonly<Record<string, Law>> = {
  'permuting keys with their values changes nothing': async (gpu, shape, data, kernel) => {
    const order = Array.from({ length: shape.keyLength }, (_, i) => i).reverse();
    const [key, value] = [data.key, data.value].map((rows) => permuteRows(rows, order));
    const a = await compute(gpu, shape, data, { kernel });
    const b = await compute(gpu, shape, { ...data, key, value }, { kernel });
    agree(shape, data, a.output, b.output, { kernel });
  },
  'adding a constant to all scores changes nothing': async (gpu, shape, data, kernel) => {
    const bias = tensorBias([1], Float32Array.of(7.25));
    const a = await compute(gpu, shape, data, { kernel });
    const b = await compute(gpu, shape, data, { kernel, bias });
    agree(shape, data, a.output, b.output, { kernel, bias });
    const shifted = b.logSumExp.map((value) => value - 7.25);
    const { logSumExpBound } = reference(createProblem(shape, { bias }), data);
    assert(
      compare(
        shifted,
        a.logSumExp,
        logSumExpBound.map((bound) => 2 * bound),
      ).passed,
      'the log-sum-exp does not move by the constant',
    );
  },
  'a batch element computed alone gives the same': async (gpu, shape, data, kernel) => {
    const whole = await compute(gpu, shape, data, { kernel });
    const last = (values: Float32Array) =>
      values.slice((values.length / shape.batch) * (shape.batch - 1));
    const one = { ...shape, batch: 1 };
    const alone = { query: last(data.query), key: last(data.key), value: last(data.value) };
    const part = await compute(gpu, one, alone, { kernel });
    agree(one, alone, part.output, last(whole.output), { kernel });
  },
  'shared key heads give what repeated ones give': async (gpu, shape, data, kernel) => {
    const { batch, heads, kvHeads, keyLength } = shape;
    const repeat = (values: Float32Array) => {
      const rows = keyLength * SIZE;
      const result = new Float32Array(batch * heads * rows);
      for (let h = 0; h < batch * heads; h++) {
        const source = Math.floor(h / (heads / kvHeads)) * rows;
        result.set(values.subarray(source, source + rows), h * rows);
      }
      return result;
    };
    const repeated = { ...data, key: repeat(data.key), value: repeat(data.value) };
    const a = await compute(gpu, shape, data, { kernel });
    const b = await compute(gpu, { ...shape, kvHeads: heads }, repeated, { kernel });
    agree(shape, data, a.output, b.output, { kernel });
  },
  'causal is the mask that says so': async (gpu, shape, data, kernel) => {
    const { queryLength, keyLength } = shape;
    const values = Array.from(
      { length: queryLength * keyLength },
      (_, i) => i % keyLength <= Math.floor(i / keyLength) + 3,
    );
    const masks = [causal(3), tensorMask([queryLength, keyLength], values)];
    const [a, b] = [
      await compute(gpu, shape, data, { kernel, mask: masks[0] }),
      await compute(gpu, shape, data, { kernel, mask: masks[1] }),
    ];
    agree(shape, data, a.output, b.output, { kernel, mask: masks[0] });
  },
  'a window without bounds is none': async (gpu, shape, data, kernel) => {
    const a = await compute(gpu, shape, data, { kernel });
    const mask = slidingWindow(UNBOUNDED, UNBOUNDED);
    const b = await compute(gpu, shape, data, { kernel, mask });
    agree(shape, data, a.output, b.output, { kernel });
  },
  'values twice as large give outputs twice as large': async (gpu, shape, data, kernel) => {
    const { type } = withDefaultType({ kernel });
    const stored = roundedTo(data, type);
    const a = await compute(gpu, shape, stored, { kernel });
    const value = stored.value.map((x) => 2 * x);
    const b = await compute(gpu, shape, { ...stored, value }, { kernel });
    // But what is subnormal as it is stored is rounded more than its double.
    const isExact = (x: number) => type === 'f32' || Math.abs(x) >= 2 ** -14;
    same(
      a.output.map((x) => (isExact(x) ? 2 * x : 0)),
      b.output.map((x, i) => (isExact(a.output[i]) ? x : 0)),
      'doubling is exact, and so must the outputs be',
    );
  },
  'queries twice as large at half the scale give the same': async (gpu, shape, data, kernel) => {
    const scale = 0.3;
    const a = await compute(gpu, shape, data, { kernel, scale });
    const query = data.query.map((x) => 2 * x);
    const b = await compute(gpu, shape, { ...data, query }, { kernel, scale: scale / 2 });
    same(a.output, b.output, 'doubling is exact, and so must the outputs be');
  },
};
