import { InputError } from '../attention/input-error';
import { findKernel } from '../attention/kernels/index';
import { assertSupported } from '../attention/plan';
import type { Gpu } from '../webgpu/device';
import { DeviceLostError, LimitError, OutOfMemoryError } from '../webgpu/errors';
import { isKernel, type BenchmarkCase, problemOfCase } from './case';
import { HostMemoryError, type EncodedOperands } from './cpu/operands';
import { PlainRunner, SimdRunner } from './cpu/runners';
import { WorkerCrashError } from '../async/rpc';
import type { CpuWorkers } from './cpu/workers';
import { GpuCase, missingForKernel, missingForKernels } from './gpu/case';
import { type Runner, type MeasureOptions, WANTED_SAMPLES, measure } from './measure';
import { assertEnoughMemory } from './memory';
import type { Recorder } from './recorder';
import type { EntryReport, BenchmarkStage } from './report';
import type { UpdateProgress, Schedule } from './schedule';
import type { Settings } from './settings';
import { timingOf } from './timing';
import { type ExpectedRows, verify } from './verify';

/**
 * What an error means for the entry it happened in. After a cancellation, and after errors that leave
 * nothing to go on with, it is thrown on.
 */
export function outcomeOf(
  error: unknown,
  signal: AbortSignal,
): Pick<EntryReport, 'status' | 'message'> {
  if (signal.aborted || endsTheRun(error)) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return { status: isRefusal(error) ? 'refused' : 'failed', message };
}

const endsTheRun = (error: unknown): boolean =>
  error instanceof DeviceLostError || error instanceof WorkerCrashError;

/** It did not fit, or is not to be computed at all. */
const isRefusal = (error: unknown): boolean =>
  error instanceof LimitError ||
  error instanceof OutOfMemoryError ||
  error instanceof HostMemoryError ||
  error instanceof InputError;

/** A CPU sample shorter than this is mostly noise. */
const MIN_CPU_SAMPLE_MS = 200;

interface CaseTiming extends Pick<
  MeasureOptions,
  'seconds' | 'seed' | 'signal' | 'onSamples' | 'onFailure'
> {
  readonly update: UpdateProgress;
  /** Seconds that each entrant's first whole call took. */
  readonly callSeconds: ReadonlyMap<string, number>;
}

/** Warms the entrants up, then samples them in turn, telling what is under way and how much is left. */
async function timeRunners(entrants: readonly Runner[], timing: CaseTiming) {
  const { seconds, signal } = timing;
  const share = seconds / entrants.length;
  const sampleMs = Math.max(MIN_CPU_SAMPLE_MS, (1000 * share) / (WANTED_SAMPLES + 1));
  const tick = startClock(entrants, share, timing);
  const ready: Runner[] = [];
  for (const entrant of entrants) {
    tick({ stage: 'warming', contestant: entrant.name });
    try {
      await entrant.warmUp(sampleMs, { signal, onProgress: () => tick() });
      ready.push(entrant);
    } catch (error) {
      timing.onFailure(entrant, error);
    }
  }
  await measure(ready, {
    ...timing,
    onProgress: () => tick(),
    onRunner: ({ name }) => tick({ stage: 'timing', contestant: name }),
  });
}

/** Progress by the clock: everyone has a share of the time, or one call where that is longer. */
function startClock(
  entrants: readonly Runner[],
  share: number,
  { callSeconds, update }: CaseTiming,
): (what?: Parameters<UpdateProgress>[1]) => void {
  const expected = entrants.reduce((total, { name }) => {
    const call = isKernel(name) ? (callSeconds.get(name) ?? 0) : 0;
    return total + Math.max(share, call);
  }, 0);
  const start = performance.now();
  return (what) => update((performance.now() - start) / 1000 / Math.max(expected, 0.01), what);
}

export interface CaseContext {
  readonly settings: Settings;
  readonly gpu: Gpu | null;
  readonly cpu: CpuWorkers;
  readonly memoryBytes: number;
  readonly recorder: Recorder;
  readonly schedule: Schedule;
  readonly signal: AbortSignal;
}

type Step = ReturnType<Schedule['add']>;

/** The steps of one case, as the schedule knows them. */
export interface CaseSteps {
  readonly inputs: Step;
  readonly reference: Step;
  readonly verify: readonly Step[];
  readonly timing: Step;
  /** The output rows that will be checked. */
  readonly rows: Int32Array;
}

/** Runs one case: inputs, reference, a check of every contestant, and then the clock for those that passed. */
export class CaseRun {
  readonly #flops: number;
  readonly #entrants: Runner[] = [];
  /** Seconds that each contestant's first whole call took. */
  readonly #callSeconds = new Map<string, number>();
  #gpuCase: GpuCase | null = null;
  #operands: EncodedOperands | null = null;

  constructor(
    private readonly context: CaseContext,
    private readonly index: number,
    private readonly benchmarkCase: BenchmarkCase,
    private readonly steps: CaseSteps,
  ) {
    this.#flops = context.recorder.report.cases[index].flops;
  }

  /** @throws only what ends the whole run. `seconds()` is asked for the time to measure when that is due. */
  async run(seconds: () => number): Promise<void> {
    try {
      const contestants = this.#affordable();
      if (contestants.length > 0) {
        const expected = await this.#prepare(contestants);
        if (expected) await this.#compete(contestants, expected, seconds);
      }
    } finally {
      for (const entrant of this.#entrants) entrant.destroy();
      this.#gpuCase?.destroy();
      const { inputs, reference, verify, timing } = this.steps;
      for (const step of [inputs, reference, ...verify, timing]) this.context.schedule.skip(step);
    }
  }

  /** Contestants that fit; the others are refused before anything is allocated. */
  #affordable(): readonly string[] {
    const { gpu, memoryBytes, recorder } = this.context;
    const entries = recorder.report.cases[this.index].entries;
    return entries
      .map(({ contestant }) => contestant)
      .filter((contestant) => {
        const kernel = findKernel(contestant);
        const missing =
          kernel &&
          (missingForKernels(gpu, this.benchmarkCase.dtype) ?? missingForKernel(gpu!, kernel));
        if (missing) {
          this.#entry(contestant, { status: 'refused', message: missing });
          return false;
        }
        const needs = kernel ? { kernel, limits: gpu!.device.limits } : null;
        return this.#attempt(contestant, () => {
          if (kernel) assertSupported(kernel, problemOfCase(this.benchmarkCase));
          assertEnoughMemory(this.benchmarkCase, { memoryBytes, gpu: needs });
        });
      });
  }

  /** Makes inputs, uploads them and computes the truth; null when that failed for everyone. */
  async #prepare(contestants: readonly string[]): Promise<ExpectedRows | null> {
    const { cpu: host, gpu, settings, signal } = this.context;
    const { seed, distribution } = settings;
    try {
      await this.#step(this.steps.inputs, 'inputs', null, async () => {
        const operands = await host.load(this.benchmarkCase, seed, distribution, signal);
        this.#operands = operands;
        if (gpu && contestants.some(isKernel)) {
          this.#gpuCase = await GpuCase.create(gpu, this.benchmarkCase, operands);
        }
      });
      const { rows } = this.steps;
      const truth = await this.#step(this.steps.reference, 'reference', null, (update) =>
        host.reference(rows, signal, update),
      );
      return { rows, ...truth };
    } catch (error) {
      const outcome = outcomeOf(error, this.context.signal);
      for (const contestant of contestants) this.#entry(contestant, outcome);
      return null;
    }
  }

  async #compete(
    contestants: readonly string[],
    expected: ExpectedRows,
    seconds: () => number,
  ): Promise<void> {
    for (const [i, contestant] of contestants.entries()) {
      this.#entry(contestant, { status: 'running' });
      await this.#attemptAsync(contestant, () => this.#check(contestant, i, expected));
    }
    if (this.#entrants.length === 0) return;
    const time = seconds();
    await this.#step(this.steps.timing, 'timing', null, (update) => this.#time(time, update));
  }

  /** Compiles one contestant, runs it once and compares; whoever passes is an entrant. */
  async #check(contestant: string, order: number, expected: ExpectedRows): Promise<void> {
    const { signal } = this.context;
    const stage = isKernel(contestant) ? 'compiling' : 'verifying';
    await this.#step(this.steps.verify[order], stage, contestant, async (onProgress) => {
      const entrant = await this.#enter(contestant);
      onProgress(0, { stage: 'verifying' });
      try {
        const start = performance.now();
        const output = await entrant.compute(expected.rows, { signal, onProgress });
        this.#callSeconds.set(contestant, (performance.now() - start) / 1000);
        const verification = verify(this.benchmarkCase, output, expected);
        const status = verification.passed ? 'verified' : 'wrong';
        const compileMs = entrant.compileMs === undefined ? {} : { compileMs: entrant.compileMs };
        this.#entry(contestant, { status, verification, ...compileMs });
        if (verification.passed) this.#entrants.push(entrant);
      } finally {
        if (!this.#entrants.includes(entrant)) entrant.destroy();
      }
    });
  }

  async #enter(contestant: string): Promise<Runner> {
    const { cpu: host, settings, signal } = this.context;
    if (isKernel(contestant)) return this.#gpuCase!.createRunner(contestant, signal);
    if (contestant === 'cpu-simd') {
      return SimdRunner.create(this.benchmarkCase, this.#operands!, settings.seed);
    }
    return new PlainRunner(host, this.benchmarkCase, settings.seed);
  }

  async #time(seconds: number, update: UpdateProgress): Promise<void> {
    const { signal, settings } = this.context;
    await timeRunners(this.#entrants, {
      seconds,
      signal,
      update,
      seed: settings.seed,
      callSeconds: this.#callSeconds,
      onSamples: (entrant, samples) =>
        this.#entry(entrant.name, { timing: timingOf(entrant, samples, this.#flops) }),
      onFailure: (entrant, error) => this.#entry(entrant.name, outcomeOf(error, signal)),
    });
  }

  #step<T>(
    step: Step,
    stage: BenchmarkStage,
    contestant: string | null,
    work: (update: UpdateProgress) => Promise<T>,
  ): Promise<T> {
    return this.context.schedule.run(step, { stage, caseIndex: this.index, contestant }, work);
  }

  #entry(contestant: string, change: Parameters<Recorder['updateEntry']>[2]): void {
    this.context.recorder.updateEntry(this.index, contestant, change);
  }

  #attempt(contestant: string, work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      this.#entry(contestant, outcomeOf(error, this.context.signal));
      return false;
    }
  }

  async #attemptAsync(contestant: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#entry(contestant, outcomeOf(error, this.context.signal));
    }
  }
}
