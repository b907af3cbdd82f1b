import { kernels } from '../../src/attention/kernels/index';
import type { Kernel } from '../../src/attention/kernels/kernel';
import { planAttention } from '../../src/attention/plan';
import { createProblem } from '../../src/attention/problem';
import type { Gpu } from '../../src/webgpu/device';
import { shapeOf, defaultTypeFor } from '../support/problems';
import { type KernelCase, type KernelSuite, Skipped, check, thrownBy } from '../support/suite';

/** A suite whose cases skip kernels that the device cannot run, and say why. */
export const skipUnsupported = (suite: KernelSuite): KernelSuite => ({
  ...suite,
  cases: suite.cases.map(skipUnsupportedCase),
});

function skipUnsupportedCase(one: KernelCase): KernelCase {
  const kernel = kernels.find(({ name }) => one.name.startsWith(`${name}: `));
  return {
    ...one,
    async run(gpu) {
      const lack = kernel && missingFeature(kernel, gpu);
      if (!lack) return one.run(gpu);
      await expectRefused(gpu, kernel);
      throw new Skipped(`this device has no ${lack}`);
    },
  };
}

const missingFeature = (kernel: Kernel, gpu: Gpu): string | null =>
  kernel.missingFeature?.(gpu) ??
  (defaultTypeFor(kernel) === 'f16' && !gpu.device.features.has('shader-f16')
    ? 'shader-f16'
    : null);

/** What is skipped must not be there for users either: asked for by name, it is refused. */
async function expectRefused(gpu: Gpu, kernel: Kernel): Promise<void> {
  const problem = createProblem(shapeOf({ queryLength: 1 }), { type: defaultTypeFor(kernel) });
  const error = await thrownBy(async () => planAttention(problem, gpu, kernel.name));
  check(
    /allowed: /.test(error.message),
    `refused without saying what is allowed: ${error.message}`,
  );
}
