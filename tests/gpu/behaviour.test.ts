import { assert, describe } from 'vitest';
import { attention } from '../../src/attention/attention';
import { kernels } from '../../src/attention/kernels/index';
import type { Kernel } from '../../src/attention/kernels/kernel';
import type { Shape } from '../../src/attention/layout';
import { causal } from '../../src/attention/modifiers/causal';
import { createProblem } from '../../src/attention/problem';
import { createTensor } from '../../src/attention/tensor';
import type { Gpu } from '../../src/webgpu/device';
import { runInPieces } from '../../src/webgpu/submission';
import {
  type HostData,
  compute,
  expectMatchesReference,
  isDecodeKernel,
  randomData,
  shapeOf,
  defaultTypeFor,
} from '../support/problems';
import { test, thrownBy } from '../support/gpu';

const CUT = { batch: 2, heads: 3, headSize: 32 };

/** What a caller meets besides numbers: cutting, cancelling, caching, counting, refusing. */
describe('behaviour', () => {
  for (const kernel of kernels) testKernel(kernel);

  test('an unknown kernel is refused by name', async ({ gpu }) => {
    const shape = shapeOf({ queryLength: 4 });
    const error = await thrownBy(() => compute(gpu, shape, randomData(shape), { kernel: 'magic' }));
    const names = kernels.map(({ name }) => `'${name}'`).join(', ');
    assert(error.message.includes(`kernel is "magic"; allowed: ${names}`), error.message);
  });

  test('tensors that do not go together are refused by name', async ({ gpu }) => {
    const query = await createTensor(gpu, [1, 2, 3, 4]);
    const key = await createTensor(gpu, [1, 2, 3, 5]);
    const error = await thrownBy(() => attention(gpu, { query, key, value: key }));
    assert(/key row size is 5; allowed: 4/.test(error.message), error.message);
    query.destroy();
    key.destroy();
  });

  test('a failed compilation shows its line and is tried again', async ({ gpu }) => {
    const request = { label: 'broken', code: 'fn main( {\n', bindings: {} };
    const compiled = gpu.pipelines.compilations;
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await thrownBy(() => gpu.pipelines.get(request));
      assert(error.name === 'ShaderError', `threw ${error}`);
      assert(error.message.includes('fn main('), `no source line in: ${error.message}`);
    }
    assert(gpu.pipelines.compilations === compiled + 2, 'the failure was remembered');
  });

  test('two requests for one pipeline share its compilation', async ({ gpu }) => {
    const code = '@compute @workgroup_size(1) fn main() {}';
    const compiled = gpu.pipelines.compilations;
    const request = { label: 'shared', code, bindings: {} };
    const [a, b] = await Promise.all([gpu.pipelines.get(request), gpu.pipelines.get(request)]);
    assert(a === b && gpu.pipelines.compilations === compiled + 1, 'compiled twice');
  });

  test('one hundred calls leave as many buffers as one', async ({ gpu }) => {
    const shape = shapeOf({ queryLength: 8 });
    const data = randomData(shape);
    await compute(gpu, shape, data);
    const { count, bytes } = gpu.buffers;
    for (let i = 0; i < 100; i++) await compute(gpu, shape, data);
    assert(gpu.buffers.count === count, `${count} buffers became ${gpu.buffers.count}`);
    assert(gpu.buffers.bytes === bytes, `${bytes} bytes became ${gpu.buffers.bytes}`);
  });
});

function testKernel(each: Kernel): void {
  const { name: kernel } = each;
  test(`${kernel}: the same result in one piece or in many`, async ({ gpu }) => {
    const shape = shapeOf({ ...CUT, queryLength: isDecodeKernel(each) ? 20 : 100 });
    const data = randomData(shape);
    const whole = await compute(gpu, shape, data, { kernel, mask: causal() });
    const pieces = await computeInPieces(gpu, kernel, shape, data);
    assert(
      pieces.every((value, i) => value === whole.output[i]),
      'results differ with the size of the pieces',
    );
  });

  test(`${kernel}: cancelling stops it between pieces and frees what it held`, async ({ gpu }) => {
    const before = gpu.buffers.bytes;
    const few = { batch: 60, queryLength: 30, keyLength: 600 };
    const many = { heads: 8, queryLength: 600 };
    const shape = shapeOf({ ...(isDecodeKernel(each) ? few : many), headSize: 64 });
    const controller = new AbortController();
    let calls = 0;
    const error = await thrownBy(() =>
      compute(gpu, shape, randomData(shape), {
        kernel,
        signal: controller.signal,
        onProgress: () => {
          calls++;
          controller.abort();
        },
      }),
    );
    assert(error.name === 'AbortError', `threw ${error}`);
    assert(calls === 1, `it went on for ${calls} pieces`);
    // Staging buffers stay pooled: they are all that may remain.
    assert(gpu.buffers.bytes - before <= 2 ** 20, `${gpu.buffers.bytes - before} bytes remain`);
  });

  test(`${kernel}: compiled once for lengths that differ`, async ({ gpu }) => {
    await expectMatchesReference(gpu, { queryLength: 10, headSize: 28 }, { kernel });
    const compiled = gpu.pipelines.compilations;
    const queryLength = isDecodeKernel(each) ? 14 : 55;
    await expectMatchesReference(gpu, { queryLength, keyLength: 20, headSize: 28 }, { kernel });
    assert(gpu.pipelines.compilations === compiled, 'another length compiled another shader');
  });
}

/** The same work with every piece a single unit. */
async function computeInPieces(
  gpu: Gpu,
  kernelName: string,
  shape: Shape,
  { query, key, value }: HostData,
): Promise<Float32Array> {
  const kernel = kernels.find(({ name }) => name === kernelName)!;
  const type = defaultTypeFor(kernel);
  const problem = createProblem(shape, { mask: causal(), type });
  const tensors = await Promise.all(
    [query, key, value, new Float32Array(query.length)].map((data) =>
      createTensor(gpu, [data.length], data, { type }),
    ),
  );
  const [q, k, v, output] = tensors.map(({ buffer }) => buffer);
  const execution = await kernel.prepare(gpu, problem, { query: q, key: k, value: v, output });
  await runInPieces(gpu, { ...execution, maxUnits: 1 });
  const result = await tensors[3].read();
  execution.destroy();
  for (const tensor of tensors) tensor.destroy();
  return result;
}
