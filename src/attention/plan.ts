import { InputError } from './input-error';
import { assertFits } from './fit';
import { findKernel, kernels } from './kernels/index';
import type { Kernel } from './kernels/kernel';
import type { Target } from './kernels/tile';
import type { Problem } from './problem';
import { assertType } from './tensor';
import { type TunedChoices, findCandidate, isAble } from './tuning/choices';
import { shapeClassOf } from './tuning/shape-class';

/** Which kernel computes a problem, and why. */
export interface Plan {
  readonly kernel: Kernel;
  readonly reasons: readonly string[];
  /** Whether measurements on this device decided, not rules. */
  readonly tuned?: boolean;
}

/**
 * Chooses a kernel for a problem on a device with these limits and features, before any GPU work: the one
 * wanted, else the fastest by `tuned` that can, else the likeliest.
 * @throws InputError for a kernel that does not exist, or a type the device lacks; LimitError for a problem that does not fit.
 */
export function planAttention(
  problem: Problem,
  target: Target,
  wanted?: string,
  tuned?: TunedChoices,
): Plan {
  assertType(problem.type, target.device);
  assertFits(problem, target.device.limits);
  if (wanted !== undefined)
    return { kernel: kernelNamed(wanted, problem, target), reasons: [`${wanted} was asked for.`] };
  const [first] = rankKernels(problem, target);
  return (tuned && tunedPlan(problem, target, tuned)) ?? first;
}

/** The first of a class's ranking that can: kernels may have gone since, or not take this problem. */
function tunedPlan(problem: Problem, target: Target, tuned: TunedChoices): Plan | null {
  const shapeClass = shapeClassOf(problem);
  const able = (tuned.choice(shapeClass)?.ranking ?? []).flatMap(({ name, ms }) => {
    const kernel = findCandidate(name)?.kernel;
    return kernel && isAble(kernel, problem, target) ? [{ name, ms, kernel }] : [];
  });
  if (able.length === 0) return null;
  const [{ name, ms, kernel }, next] = able;
  const lead = next
    ? `${name} was ${(next.ms / ms).toPrecision(2)} × as fast as the next (${next.name})`
    : `${name} was clearly the fastest`;
  return { kernel, reasons: [`Tuned on this device: ${lead} for ${shapeClass}.`], tuned: true };
}

/** What could compute a problem on a device, the likely fastest first, each with the reasons for its place. */
export function rankKernels(problem: Problem, target: Target): readonly Plan[] {
  const ranked = kernels.flatMap((kernel) => {
    if (kernel.unsupported?.(problem) || kernel.missingFeature?.(target)) return [];
    const ranking = kernel.rank?.(problem, target);
    return ranking ? [{ kernel, ...ranking }] : [];
  });
  return ranked
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ kernel, reasons }) => ({ kernel, reasons }));
}

/** @throws InputError where there is no such kernel, or it cannot do this. */
function kernelNamed(name: string, problem: Problem, target: Target): Kernel {
  const kernel = findKernel(name);
  if (!kernel) {
    throw new InputError('kernel', name, kernels.map((other) => `'${other.name}'`).join(', '));
  }
  assertSupported(kernel, problem);
  const lack = kernel.missingFeature?.(target);
  if (lack)
    throw new InputError('kernel', name, `one that does without ${lack}, which this device lacks`);
  // Asking what it needs throws where that cannot be had.
  kernel.scratchBytes(problem, target.device.limits);
  return kernel;
}

/** @throws InputError naming what of the problem the kernel cannot do. */
export function assertSupported(kernel: Kernel, problem: Problem): void {
  const refusal = kernel.unsupported?.(problem);
  if (refusal) throw new InputError(refusal.field, refusal.value, refusal.allowed);
}
