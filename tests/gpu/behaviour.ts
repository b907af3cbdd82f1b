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
import { type KernelCase, type KernelSuite, check, thrownBy } from '../support/suite';

/** What a caller meets besides numbers: cutting, cancelling, caching, counting, refusing. */
const cases: KernelCase[] = [
  ...kernels.flatMap(casesOf),
  {
    name: 'an unknown kernel is refused by name',
    async run(gpu) {
      const shape = shapeOf({ queryLength: 4 });
      const error = await thrownBy(() =>
        compute(gpu, shape, randomData(shape), { kernel: 'magic' }),
      );
      check(
        /kernel is "magic"; allowed: 'flash', 'flash-wide', 'flash-staged', 'flash-direct', 'flash-matrix', 'decode', 'decode-direct', 'three-pass'/.test(
          error.message,
        ),
        error.message,
      );
    },
  },
  {
    name: 'tensors that do not go together are refused by name',
    async run(gpu) {
      const query = await createTensor(gpu, [1, 2, 3, 4]);
      const key = await createTensor(gpu, [1, 2, 3, 5]);
      const error = await thrownBy(() => attention(gpu, { query, key, value: key }));
      check(/key row size is 5; allowed: 4/.test(error.message), error.message);
      query.destroy();
      key.destroy();
    },
  },
  {
    name: 'a failed compilation shows its line and is tried again',
    async run(gpu) {
      const request = { label: 'broken', code: 'fn main( {\n', bindings: {} };
      const compiled = gpu.pipelines.compilations;
      for (let attempt = 0; attempt < 2; attempt++) {
        const error = await thrownBy(() => gpu.pipelines.get(request));
        check(error.name === 'ShaderError', `threw ${error}`);
        check(error.message.includes('fn main('), `no source line in: ${error.message}`);
      }
      check(gpu.pipelines.compilations === compiled + 2, 'the failure was remembered');
    },
  },
  {
    name: 'two requests for one pipeline share its compilation',
    async run(gpu) {
      const code = '@compute @workgroup_size(1) fn main() {}';
      const compiled = gpu.pipelines.compilations;
      const request = { label: 'shared', code, bindings: {} };
      const [a, b] = await Promise.all([gpu.pipelines.get(request), gpu.pipelines.get(request)]);
      check(a === b && gpu.pipelines.compilations === compiled + 1, 'compiled twice');
    },
  },
  {
    name: 'one hundred calls leave as many buffers as one',
    async run(gpu) {
      const shape = shapeOf({ queryLength: 8 });
      const data = randomData(shape);
      await compute(gpu, shape, data);
      const { count, bytes } = gpu.buffers;
      for (let i = 0; i < 100; i++) await compute(gpu, shape, data);
      check(gpu.buffers.count === count, `${count} buffers became ${gpu.buffers.count}`);
      check(gpu.buffers.bytes === bytes, `${bytes} bytes became ${gpu.buffers.bytes}`);
    },
  },
];

const CUT = { batch: 2, heads: 3, headSize: 32 };

function casesOf(each: Kernel): KernelCase[] {
  const { name: kernel } = each;
  return [
    {
      name: `${kernel}: the same result in one piece or in many`,
      async run(gpu) {
        const shape = shapeOf({ ...CUT, queryLength: isDecodeKernel(each) ? 20 : 100 });
        const data = randomData(shape);
        const whole = await compute(gpu, shape, data, { kernel, mask: causal() });
        const pieces = await computeInPieces(gpu, kernel, shape, data);
        check(
          pieces.every((value, i) => value === whole.output[i]),
          'results differ with the size of the pieces',
        );
      },
    },
    {
      name: `${kernel}: cancelling stops it between pieces and frees what it held`,
      async run(gpu) {
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
        check(error.name === 'AbortError', `threw ${error}`);
        check(calls === 1, `it went on for ${calls} pieces`);
        // Staging buffers stay pooled: they are all that may remain.
        check(gpu.buffers.bytes - before <= 2 ** 20, `${gpu.buffers.bytes - before} bytes remain`);
      },
    },
    {
      name: `${kernel}: compiled once for lengths that differ`,
      async run(gpu) {
        await expectMatchesReference(gpu, { queryLength: 10, headSize: 28 }, { kernel });
        const compiled = gpu.pipelines.compilations;
        const queryLength = isDecodeKernel(each) ? 14 : 55;
        await expectMatchesReference(gpu, { queryLength, keyLength: 20, headSize: 28 }, { kernel });
        check(gpu.pipelines.compilations === compiled, 'another length compiled another shader');
      },
    },
  ];
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

export const behaviour: KernelSuite = { name: 'behaviour', cases };
