import { InputError } from './input-error';
import { assertFits } from './fit';
import { kernels } from './kernels/index';
import type { Kernel } from './kernels/kernel';
import type { Problem } from './problem';
import { assertType } from './tensor';

/** Which kernel computes a problem, and why. */
export interface Plan {
  readonly kernel: Kernel;
  readonly reasons: readonly string[];
}

/**
 * Chooses a kernel for a problem on a device with these limits and features, before any GPU work.
 * @throws InputError for a kernel that does not exist, or a type the device lacks; LimitError for a problem that does not fit.
 */
export function planAttention(
  problem: Problem,
  { limits, features }: Pick<GPUDevice, 'limits' | 'features'>,
  wanted?: string,
): Plan {
  assertType(problem.type, { features });
  assertFits(problem, limits);
  if (wanted !== undefined) {
    const kernel = kernels.find(({ name }) => name === wanted);
    if (!kernel) {
      throw new InputError('kernel', wanted, kernels.map(({ name }) => `'${name}'`).join(', '));
    }
    kernel.scratchBytes(problem, limits);
    return { kernel, reasons: [`${kernel.name} was asked for.`] };
  }
  const [kernel] = kernels;
  return {
    kernel,
    reasons: [`${kernel.name} holds any length and reads each key once for 32 queries.`],
  };
}
