import { destroyAfter } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { DeviceLostError } from '../../webgpu/errors';
import { PassTimer } from '../../webgpu/timing';
import { isSoftware } from '../kernels/tile';
import { rankKernels } from '../plan';
import type { Problem } from '../problem';
import { type Candidate, type TuningResult, allCandidates, isAble } from './choices';
import { OutputCheck } from './check';
import { choose, winnerOf } from './choose';
import { type TuningSetup, GpuKernelRunner, createOperands } from './gpu-runner';
import { representativeOf, shapeClassOf } from './shape-class';

export interface TuneOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for measuring, without compilation; by default 1 s, or 5 s on a software adapter. */
  readonly budgetMs?: number;
  /** Fraction done, 0 to 1, and the current candidate. */
  readonly onProgress?: (fraction: number, name: string) => void;
  /** Candidates to compare; all by default. */
  readonly candidates?: readonly Candidate[];
}

/** Upper bounds on a measured problem: a GPU takes milliseconds, a CPU a fraction of a second. */
const GPU_LIMITS = { operations: 4e9, bytes: 2 ** 25 };
const SOFTWARE_LIMITS = { operations: 5e8, bytes: 2 ** 24 };

/**
 * Measures which kernel is fastest on this device for a problem's class, on seeded operands of
 * bounded size. Each result is checked against float64 and the other candidates. Submissions stay
 * around 40 ms, and only compiled pipelines remain on the GPU.
 * @throws DeviceLostError; OutOfMemoryError; InputError for a type the device lacks; the signal's
 * reason.
 */
export async function tuneProblem(
  gpu: Gpu,
  problem: Problem,
  options: TuneOptions = {},
): Promise<TuningResult> {
  gpu.assertAlive();
  const software = isSoftware(gpu);
  const { signal, onProgress, budgetMs = software ? 5000 : 1000 } = options;
  signal?.throwIfAborted();
  const measured = representativeOf(problem, software ? SOFTWARE_LIMITS : GPU_LIMITS);
  return destroyAfter(async (owned) => {
    const operands = await createOperands(gpu, measured, owned);
    const timer = await PassTimer.create(gpu);
    if (timer) owned.add(timer);
    const check = new OutputCheck(measured, operands.host);
    const bench: TuningSetup = { gpu, operands, check, timer, signal };
    const able = inOrder(options.candidates ?? allCandidates, measured, gpu);
    const entries = able.map(({ name, kernel }) => ({
      name,
      prepare: async () =>
        GpuKernelRunner.create(name, await kernel.prepare(gpu, measured, operands.buffers), bench),
    }));
    const isFatal = (error: unknown) => error instanceof DeviceLostError;
    const chosen = await choose(entries, { budgetMs, signal, onProgress, isFatal });
    return {
      shapeClass: shapeClassOf(problem),
      shape: measured.shape,
      ...chosen,
      winner: winnerOf(chosen.candidates),
      usual: rankKernels(problem, gpu)[0].kernel.name,
    };
  });
}

/** The able candidates in the plan's order, so that unlikely ones are given up sooner. */
function inOrder(all: readonly Candidate[], problem: Problem, gpu: Gpu): readonly Candidate[] {
  const able = all.filter(({ kernel }) => isAble(kernel, problem, gpu));
  const ranked = rankKernels(problem, gpu).map(({ kernel }) => kernel);
  return [
    ...ranked.flatMap((kernel) => able.filter((candidate) => candidate.kernel === kernel)),
    ...able.filter(({ kernel }) => !ranked.includes(kernel)),
  ];
}
