import { findKernel } from '../../src/attention/kernels/index';
import type { Kernel } from '../../src/attention/kernels/kernel';
import { causal } from '../../src/attention/modifiers/causal';
import { type Shape, elementCounts } from '../../src/attention/shape';
import { createTensor } from '../../src/attention/tensor';
import { type Problem, createProblem } from '../../src/attention/problem';
import { Cleanup } from '../../src/webgpu/buffers';
import type { Gpu } from '../../src/webgpu/device';
import { runInPieces } from '../../src/webgpu/submission';
import { type HostData, judge, randomData, shapeOf } from './problems';
import { type KernelCase, type KernelSuite, check } from './suite';

/** Long enough for several parts on a slow device; sums grow and maxima change from part to part. */
const LONG = shapeOf({ heads: 2, kvHeads: 1, queryLength: 70, keyLength: 4500, headSize: 200 });
const FEW = shapeOf({ heads: 2, kvHeads: 1, queryLength: 3, keyLength: 15_000, headSize: 200 });

/** Kernels that keep what tiles have found while other tiles have their turn, or other splits. */
const KEEPING: readonly (readonly [string, Shape])[] = [
  ['flash', LONG],
  ['flash-wide', LONG],
  ['flash-staged', LONG],
  ['flash-direct', LONG],
  ['decode', FEW],
  ['decode-direct', FEW],
];

/** Keys met part by part, as on devices where meeting all at once would take too long. */
const cases = KEEPING.map(([name, shape]): KernelCase => ({
  name: `${name}: the same bits whether keys are met at once or part by part`,
  async run(gpu) {
    const kernel = findKernel(name)!;
    const data = randomData(shape);
    const options = { mask: causal(shape.keyLength - 2 * shape.queryLength) };
    const problem = createProblem(shape, options);
    const whole = await run(as(gpu, 'hardware'), kernel, problem, data);
    const parts = await run(as(gpu, 'software'), kernel, problem, data);
    check(
      parts.submissions > whole.submissions,
      `${parts.submissions} submissions, ${whole.submissions} with all keys at once`,
    );
    const { output } = judge(shape, data, parts, options);
    check(output.passed, `off by ${output.errorOverBound} of the bound`);
    const same = (name: 'output' | 'logSumExp') =>
      parts[name].every((value, i) => value === whole[name][i]);
    check(same('output') && same('logSumExp'), 'results differ with the parts');
  },
}));

/** The same device, taken for a fast one or a slow one. */
function as(gpu: Gpu, architecture: string): Gpu {
  return new Proxy(gpu, {
    get(target, property) {
      if (property === 'info') {
        const { subgroupMinSize, subgroupMaxSize } = target.info;
        return { architecture, subgroupMinSize, subgroupMaxSize };
      }
      const value = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function run(gpu: Gpu, kernel: Kernel, problem: Problem, data: HostData) {
  const owned = new Cleanup();
  const make = async (values: Float32Array) =>
    owned.add(await createTensor(gpu, [values.length], values));
  try {
    const { shape } = problem;
    const counts = elementCounts(shape);
    const output = await make(new Float32Array(counts.output));
    const logSumExp = await make(new Float32Array(shape.heads * shape.queryLength));
    const execution = owned.add(
      await kernel.prepare(gpu, problem, {
        query: (await make(data.query)).buffer,
        key: (await make(data.key)).buffer,
        value: (await make(data.value)).buffer,
        output: output.buffer,
        logSumExp: logSumExp.buffer,
      }),
    );
    let submissions = 0;
    // Odd numbers of units: submissions begin and end anywhere.
    const pieces = { ...execution, maxUnits: Math.min(3, execution.maxUnits) };
    await runInPieces(gpu, pieces, { onProgress: () => submissions++ });
    return { output: await output.read(), logSumExp: await logSumExp.read(), submissions };
  } finally {
    owned.destroy();
  }
}

export const keyParts: KernelSuite = { name: 'keys part by part', cases };
