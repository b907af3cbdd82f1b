import { assert, describe } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import { MAP_KERNELS, type MapKernel } from '../../src/attention/maps/inputs';
import { alibi } from '../../src/attention/modifiers/alibi';
import { causal } from '../../src/attention/modifiers/causal';
import { and } from '../../src/attention/modifiers/combine';
import { keyLengths } from '../../src/attention/modifiers/key-lengths';
import { onnxAttention } from '../../src/attention/onnx/operator';
import { createTensor } from '../../src/attention/tensor';
import { bytesPerElement } from '../../src/numeric/float16';
import { Gpu } from '../../src/webgpu/device';
import { LimitError } from '../../src/webgpu/errors';
import {
  type Extents,
  type Options,
  expectMatchesReference,
  randomData,
  shapeOf,
  accepts,
  defaultTypeFor,
} from '../support/problems';
import { expectAllPassed, compareHeads, regionOf } from '../support/head-maps';
import { test, thrownBy } from '../support/gpu';

/**
 * The same device with a lower limit on bindings, which it then watches: whoever binds more is caught.
 * Counts the bindings that begin within a buffer.
 */
function withSmallBindings(gpu: Gpu, bindingBytes: number) {
  const seen = { offsets: 0 };
  const limits = new Proxy(gpu.device.limits, {
    get: (real, name) =>
      name === 'maxStorageBufferBindingSize' ? bindingBytes : Reflect.get(real, name, real),
  });
  const createBindGroup = (descriptor: GPUBindGroupDescriptor) => {
    for (const { resource } of descriptor.entries) {
      const { buffer, offset = 0, size = buffer.size - offset } = resource as GPUBufferBinding;
      assert(size <= bindingBytes, `${buffer.label}: ${size} bytes are bound of ${bindingBytes}`);
      if (offset > 0) seen.offsets++;
    }
    return gpu.device.createBindGroup(descriptor);
  };
  // Errors that nobody caught are the real device's business.
  const addEventListener = () => {};
  const replaced: Record<PropertyKey, unknown> = { limits, createBindGroup, addEventListener };
  const device = new Proxy(gpu.device, {
    get(real, name) {
      if (name in replaced) return replaced[name];
      const member = Reflect.get(real, name, real) as unknown;
      return typeof member === 'function' ? member.bind(real) : member;
    },
  });
  const adapter = { info: gpu.info, features: gpu.adapterFeatures } as unknown as GPUAdapter;
  const small = new Gpu(device, adapter);
  // What was compiled before need not be again.
  return { gpu: Object.assign(small, { pipelines: gpu.pipelines }), seen };
}

/** Bytes of a binding for float32, and problems whose operands are larger. */
const BINDING = 32 * 1024;
const LARGE: readonly [string, Extents, Options?][] = [
  ['many heads', { heads: 12, queryLength: 70, keyLength: 130, headSize: 40 }],
  ['rows of odd size', { batch: 3, heads: 5, queryLength: 33, keyLength: 101, headSize: 33 }],
  [
    'batch elements that share heads',
    { batch: 5, heads: 6, kvHeads: 2, queryLength: 29, keyLength: 150, headSize: 24 },
    { mask: and(causal([121, 0, 70, 5, -3]), keyLengths([150, 3, 99, 0, 64])) },
  ],
  [
    'one key head for all',
    { batch: 2, heads: 9, kvHeads: 1, queryLength: 30, keyLength: 77, valueSize: 20 },
    { scoreModifiers: [alibi([1, 0.5, 0.25, 0.125, 0.1, 0.3, 0.2, 0.7, 0.9])] },
  ],
  [
    'rows of all heads side by side',
    { batch: 4, heads: 3, kvHeads: 3, queryLength: 31, keyLength: 90, headSize: 20 },
    { layout: 'bshd', sinks: [0.5, -1, 2] },
  ],
];

/** A cache and new rows of more than a binding each, seen through `present`. */
async function expectCachesJoined(gpu: Gpu, threeDimensional: boolean) {
  const small = withSmallBindings(gpu, BINDING);
  const [batch, heads, past, added, size] = [3, 4, 90, 50, 27];
  const data = randomData(
    shapeOf({ batch, heads, queryLength: past, keyLength: added, headSize: size }),
  );
  const make = (shape: readonly number[], values: Float32Array) =>
    createTensor(small.gpu, shape, values);
  const fresh = threeDimensional ? [batch, added, heads * size] : [batch, heads, added, size];
  const past_key = await make([batch, heads, past, size], data.query);
  const K = await make(fresh, data.key);
  const inputs = { Q: K, K, V: K, past_key, past_value: past_key };
  const attributes = threeDimensional ? { q_num_heads: heads, kv_num_heads: heads } : {};
  const outputs = await onnxAttention(small.gpu, inputs, attributes);
  const got = await outputs.present_key.read();
  for (let b = 0, i = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let row = 0; row < past + added; row++) {
        for (let d = 0; d < size; d++, i++) {
          const n = row - past;
          const at = threeDimensional
            ? ((b * added + n) * heads + h) * size + d
            : ((b * heads + h) * added + n) * size + d;
          const want = n < 0 ? data.query[((b * heads + h) * past + row) * size + d] : data.key[at];
          assert(got[i] === want, `present_key[${i}] is ${got[i]}, not ${want}`);
        }
      }
    }
  }
  assert(small.seen.offsets > 0, 'nothing was bound in parts: the case is too small');
  const { Y, present_key, present_value } = outputs;
  for (const tensor of [past_key, K, Y, present_key, present_value]) tensor.destroy();
}

/** Heads that are bound one after another: the lists that maps bind whole are larger than `BINDING`. */
async function expectMapsRight(gpu: Gpu, kernel: MapKernel) {
  const small = withSmallBindings(gpu, 4 * BINDING);
  const shape = shapeOf({ heads: 12, kvHeads: 6, queryLength: 70, keyLength: 130, headSize: 40 });
  const heads = [
    [0, 11],
    [0, 4],
  ] as const;
  const regions = [regionOf(0, 0, 70, 130), regionOf(0, 64, 70, 66, 8, 32)];
  const judged = await compareHeads(
    small.gpu,
    shape,
    randomData(shape),
    { kernel },
    heads,
    regions,
  );
  expectAllPassed(judged);
  assert(small.seen.offsets > 0, 'nothing was bound in parts: the case is too small');
}

/** Operands larger than what a binding may hold, on a device whose limit is lowered. */
describe('bindings', () => {
  for (const kernel of kernels) {
    for (const [title, extents, options] of LARGE) {
      if (!accepts(kernel, extents)) continue;
      test(`${kernel.name}: ${title}`, async ({ gpu }) => {
        const bytes = (BINDING / 4) * bytesPerElement[defaultTypeFor(kernel)];
        const small = withSmallBindings(gpu, bytes);
        await expectMatchesReference(small.gpu, extents, { ...options, kernel: kernel.name });
        assert(small.seen.offsets > 0, 'nothing was bound in parts: the case is too small');
      });
    }
  }

  test.for(MAP_KERNELS)('maps of single heads, %s', (kernel, { gpu }) =>
    expectMapsRight(gpu, kernel),
  );
  test('caches are joined, 4-D', ({ gpu }) => expectCachesJoined(gpu, false));
  test('caches are joined, 3-D', ({ gpu }) => expectCachesJoined(gpu, true));
  test('one sequence beyond a binding is refused, with the longest that is not', async ({
    gpu,
  }) => {
    const small = withSmallBindings(gpu, BINDING);
    const refused = (keyLength: number) =>
      thrownBy(() =>
        expectMatchesReference(small.gpu, { heads: 2, queryLength: 1, keyLength, headSize: 64 }),
      );
    const error = await refused(130);
    assert(error instanceof LimitError, String(error));
    const longest = Number(/largest keyLength that fits is (\d+)/.exec(error.message)?.[1]);
    assert((await refused(longest + 1)) instanceof LimitError, 'one more fits');
    await expectMatchesReference(small.gpu, {
      heads: 2,
      queryLength: 1,
      keyLength: longest,
      headSize: 64,
    });
  });
});
