import { InputError } from './input-error';
import { assertFits } from './fit';
import { decode } from './kernels/decode';
import { flash } from './kernels/flash';
import { findKernel, kernels } from './kernels/index';
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
  if (wanted !== undefined)
    return { kernel: kernelNamed(wanted, problem, limits), reasons: [`${wanted} was asked for.`] };
  const { queryLength, keyLength } = problem.shape;
  if (queryLength <= DECODE_QUERIES && keyLength >= DECODE_KEYS) {
    const reason = `${queryLength} queries leave most of flash's tile empty, and ${keyLength} keys are worth splitting: decode.`;
    return { kernel: decode, reasons: [reason] };
  }
  return {
    kernel: flash,
    reasons: ['flash holds any length and reads each key once for 32 queries.'],
  };
}

/** Few queries on keys worth splitting. */
const DECODE_QUERIES = 16;
const DECODE_KEYS = 512;

/** @throws InputError where there is no such kernel, or it cannot do this. */
function kernelNamed(name: string, problem: Problem, limits: GPUSupportedLimits): Kernel {
  const kernel = findKernel(name);
  if (!kernel) {
    throw new InputError('kernel', name, kernels.map((other) => `'${other.name}'`).join(', '));
  }
  assertSupported(kernel, problem);
  // Asking what it needs throws where that cannot be had.
  kernel.scratchBytes(problem, limits);
  return kernel;
}

/** @throws InputError naming what of the problem the kernel cannot do. */
export function assertSupported(kernel: Kernel, problem: Problem): void {
  const refusal = kernel.refuses?.(problem);
  if (refusal) throw new InputError(refusal.field, refusal.value, refusal.allowed);
}
