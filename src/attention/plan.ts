import { InputError } from './input-error';
import { assertFits } from './fit';
import { decode } from './kernels/decode';
import { decodeDirect } from './kernels/decode';
import { flash, flashStaged, flashWide } from './kernels/flash';
import { flashDirect } from './kernels/flash-direct';
import { flashMatrix } from './kernels/flash-matrix';
import { findKernel, kernels } from './kernels/index';
import type { Kernel } from './kernels/kernel';
import { type Target, isSoftware } from './kernels/tile';
import type { Problem } from './problem';
import { assertType } from './tensor';
import { findCandidate, isAble } from './tuning/choices';
import type { TunedChoices } from './tuning/choices';
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

/** Few queries on keys worth splitting. */
const DECODE_QUERIES = 16;
const DECODE_KEYS = 512;

/** What could compute a problem on a device, the likely fastest first, each with the reasons for its place. */
export function rankKernels(problem: Problem, target: Target): readonly Plan[] {
  const { queryLength, keyLength } = problem.shape;
  const few = queryLength <= DECODE_QUERIES && keyLength >= DECODE_KEYS;
  const software = isSoftware(target);
  const plans: Plan[] = [];
  const add = (kernel: Kernel, ...reasons: string[]) => plans.push({ kernel, reasons });
  if (few) {
    const queries = queryLength === 1 ? '1 query leaves' : `${queryLength} queries leave`;
    const why = `${queries} most of flash's tile empty, and ${keyLength} keys are worth splitting: decode.`;
    if (software) add(decodeDirect, why, DIRECT);
    add(decode, why);
  }
  if (software) add(flashDirect, FUSED, DIRECT);
  add(flash, FUSED);
  if (!software) {
    add(flashWide, FUSED, WIDE);
    add(flashStaged, FUSED, STAGED);
    add(flashMatrix, FUSED, MATRICES);
  }
  return plans.filter(
    ({ kernel }) => !kernel.refuses?.(problem) && !kernel.missingFeature?.(target),
  );
}

const FUSED = 'flash holds any length and stores no scores.';
const WIDE =
  'Eight rows a thread load less and hold more registers: perhaps faster, for tuning to find out.';
const STAGED =
  'Values through workgroup memory are loaded once for all rows, for more barriers: perhaps faster, for tuning to find out.';
const MATRICES =
  'float16 on a device with subgroup matrices: perhaps faster, for tuning to find out.';
const DIRECT =
  'A software adapter: barriers and workgroup memory cost more there than registers and broadcasts.';

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
  const refusal = kernel.refuses?.(problem);
  if (refusal) throw new InputError(refusal.field, refusal.value, refusal.allowed);
}
