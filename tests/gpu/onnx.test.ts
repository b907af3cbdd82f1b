import { assert, describe } from 'vitest';
import { concatenate } from '../../src/attention/concatenate';
import {
  type OnnxAttributes,
  type OnnxInputs,
  onnxAttention,
} from '../../src/attention/onnx/operator';
import { type Tensor, createTensor } from '../../src/attention/tensor';
import { fillRandom } from '../../src/numeric/random';
import { Cleanup } from '../../src/webgpu/buffers';
import type { Gpu } from '../../src/webgpu/device';
import { test, thrownBy } from '../support/gpu';

type Extra = Omit<OnnxInputs, 'Q' | 'K' | 'V'>;

const random = (gpu: Gpu, shape: readonly number[], stream: number) => {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return createTensor(gpu, shape, fillRandom(new Float32Array(count), { seed: 4, stream }));
};

/** Y of a small problem: 2 batch elements, 4 heads that share 2, 5 queries, 7 keys. */
async function output(gpu: Gpu, extra: Extra = {}, attributes: OnnxAttributes = {}) {
  const owned = new Cleanup();
  try {
    const Q = owned.add(await random(gpu, [2, 4, 5, 8], 0));
    const K = owned.add(await random(gpu, [2, 2, 7, 8], 1));
    const V = owned.add(await random(gpu, [2, 2, 7, 6], 2));
    const results = await onnxAttention(gpu, { Q, K, V, ...extra }, attributes);
    for (const tensor of Object.values(results)) if (tensor) owned.add(tensor as Tensor);
    return await results.Y.read();
  } finally {
    owned.destroy();
  }
}

/** Two ways to ask for the same. */
const same = (
  name: string,
  one: readonly [Extra?, OnnxAttributes?],
  other: readonly [Extra?, OnnxAttributes?],
) =>
  test(name, async ({ gpu }) => {
    const [a, b] = [await output(gpu, ...one), await output(gpu, ...other)];
    assert(
      a.every((value, i) => value === b[i]),
      'they differ',
    );
  });

const mask = (dims: readonly number[], type: 'bool' | 'float', values: ArrayLike<number>) => ({
  attn_mask: { dims, type, values },
});

/** The ONNX operator's inputs, in the forms that people have them. */
describe('ONNX inputs', () => {
  same(
    'windows as wide as int32 allows are none',
    [],
    [{}, { left_window_size: 2 ** 31 - 1, right_window_size: 2 ** 31 - 1 }],
  );
  same(
    'key lengths may be int64',
    [{ nonpad_kv_seqlen: [7, 3] }],
    [{ nonpad_kv_seqlen: BigInt64Array.of(7n, 3n) }],
  );
  same(
    'a last extent of 1 is short: the other keys are hidden',
    [mask([1], 'bool', [1])],
    [mask([7], 'bool', [1, 0, 0, 0, 0, 0, 0])],
  );
  same(
    'also in an additive mask',
    [mask([5, 1], 'float', [1, 2, 3, 4, 5])],
    [mask([7], 'bool', [1, 0, 0, 0, 0, 0, 0])],
  );
  same(
    'a mask may be any list of numbers',
    [mask([7], 'float', [0, -1, 2, 0, 0, 0, 0.5])],
    [mask([7], 'float', Float32Array.of(0, -1, 2, 0, 0, 0, 0.5))],
  );
  same('a soft cap of 0 is none', [], [{}, { softcap: 0 }]);
  same('heads may be repeated for 4-D inputs', [], [{}, { q_num_heads: 4, kv_num_heads: 2 }]);
  test('a cache that is still empty is none', async ({ gpu }) => {
    const past_key = await createTensor(gpu, [2, 2, 0, 8]);
    const past_value = await createTensor(gpu, [2, 2, 0, 6]);
    const a = await output(gpu, { past_key, past_value }, { is_causal: 1 });
    const b = await output(gpu, {}, { is_causal: 1 });
    assert((await past_key.read()).length === 0, 'it holds something');
    past_key.destroy();
    past_value.destroy();
    assert(
      a.every((value, i) => value === b[i]),
      'they differ',
    );
  });
  test('a destroyed tensor is refused by name', async ({ gpu }) => {
    const past_key = await createTensor(gpu, [2, 2, 3, 8]);
    const past_value = await createTensor(gpu, [2, 2, 3, 6]);
    past_key.destroy();
    const error = await thrownBy(() => output(gpu, { past_key, past_value }));
    past_value.destroy();
    assert(/past_key is "destroyed"/.test(error.message), error.message);
  });
  test('joining leaves no buffer behind when it fails half-way', async ({ gpu }) => {
    const tensor = await createTensor(gpu, [1, 1, 4, 8]);
    // Compiled before: what fails is what comes after the result is allocated.
    (await concatenate(gpu, null, tensor)).destroy();
    const { bytes } = gpu.buffers;
    const error = await thrownBy(() => concatenate(withoutBindGroups(gpu), null, tensor));
    assert(error.message === 'no bind groups', error.message);
    assert(gpu.buffers.bytes === bytes, `${gpu.buffers.bytes - bytes} bytes remain`);
    tensor.destroy();
  });
});

/** The same device, but it makes no bind group. */
function withoutBindGroups(gpu: Gpu): Gpu {
  const replace = <T extends object>(real: T, name: string, replacement: unknown): T =>
    new Proxy(real, {
      get(target, property) {
        if (property === name) return replacement;
        const member: unknown = Reflect.get(target, property, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  const fail = () => {
    throw new Error('no bind groups');
  };
  return replace(gpu, 'device', replace(gpu.device, 'createBindGroup', fail));
}
