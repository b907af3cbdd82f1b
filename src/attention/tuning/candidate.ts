import { kernels } from '../kernels/index';
import type { Kernel } from '../kernels/kernel';
import type { Target } from '../kernels/target';
import type { Problem } from '../problem';

/** A kernel that may be chosen; one with options is a candidate for each of their values, named apart. */
export interface Candidate {
  /** Unique, and stored: the kernel's own name, with its options behind it where it has any. */
  readonly name: string;
  readonly kernel: Kernel;
}

export const allCandidates: readonly Candidate[] = kernels.map((kernel) => ({
  name: kernel.name,
  kernel,
}));

export const findCandidate = (name: string): Candidate | undefined =>
  allCandidates.find((candidate) => candidate.name === name);

/** Whether a kernel can compute a problem on a device, memory between its passes included. */
export function isAble(kernel: Kernel, problem: Problem, target: Target): boolean {
  if (kernel.refuses?.(problem) || kernel.lacks?.(target)) return false;
  try {
    // Asking what it needs throws where that cannot be had.
    kernel.scratchBytes(problem, target.device.limits);
    return true;
  } catch {
    return false;
  }
}
