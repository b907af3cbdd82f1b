import { sum } from 'd3-array';
import { errorMessage } from '../async/error-message';
import { WorkerCrashError } from '../async/rpc';
import { yieldToMain } from '../async/yield';
import { InputError } from '../attention/input-error';
import { findKernel } from '../attention/kernels/index';
import { assertSupported } from '../attention/plan';
import { rowCount } from '../attention/reference';
import type { Gpu } from '../webgpu/device';
import { DeviceLostError, LimitError, OutOfMemoryError } from '../webgpu/errors';
import { type BenchmarkCase, isKernel, operationsOf, problemOfCase } from './case';
import { type EncodedOperands, HostMemoryError } from './cpu/operands';
import { PlainRunner, SimdRunner } from './cpu/runners';
import type { CpuWorkers } from './cpu/workers';
import { GpuCase, kernelUnavailable } from './gpu-case';
import { type Runner, WANTED_SAMPLES, measure } from './measure';
import { assertEnoughMemory } from './memory';
import type { Recorder } from './recorder';
import type { BenchmarkStage, EntryReport } from './report';
import type { Schedule, UpdateProgress } from './schedule';
import type { Settings } from './settings';
import { secondsOf } from './sizing';
import { timingOf } from './timing';
import { type ExpectedRows, rowsToVerify, verify } from './verify';

export interface CaseContext {
  readonly settings: Settings;
  readonly gpu: Gpu | null;
  readonly cpu: CpuWorkers;
  readonly memoryBytes: number;
  readonly recorder: Recorder;
  readonly schedule: Schedule;
  readonly signal: AbortSignal;
}

/** A CPU sample shorter than this is mostly noise. */
const MIN_CPU_SAMPLE_MS = 200;

/** FLOP/s assumed for time estimates before anything was measured; results do not depend on them. */
export const GUESSED_RATE = { software: 5e8, hardware: 1e12, cpu: 1e9, reference: 5e8 };

type Step = ReturnType<Schedule['add']>;

/** Schedules a case's steps. `overhead`: expected seconds besides timing; `weight`: its share of the time for timing. */
export function addSteps(
  { schedule, settings }: CaseContext,
  benchmarkCase: BenchmarkCase,
  rates: ReadonlyMap<string, number>,
) {
  const once = secondsOf(benchmarkCase, [...rates.values()]);
  const rows = rowsToVerify(benchmarkCase, settings.seed);
  const checked =
    (operationsOf(benchmarkCase) * rows.length) / rowCount(problemOfCase(benchmarkCase));
  const reference = checked / GUESSED_RATE.reference;
  const verify = settings.contestants.map((name) => {
    const rate = rates.get(name);
    return rate ? secondsOf(benchmarkCase, [rate]) + 0.5 : checked / GUESSED_RATE.cpu;
  });
  return {
    rows,
    inputs: schedule.add(0.1),
    reference: schedule.add(reference),
    verify: verify.map((seconds) => schedule.add(seconds)),
    timing: schedule.add(Math.max(settings.budget / 10, once)),
    overhead: reference + 0.1 + sum(verify),
    weight: Math.max(once, 0.05),
  };
}

/** Runs one case: inputs, the reference, a check of every implementation, then timing of those that passed. */
export class CaseRun {
  readonly #flops: number;
  readonly #runners: Runner[] = [];
  /** Seconds of each implementation's first whole call. */
  readonly #callSeconds = new Map<string, number>();
  #gpuCase: GpuCase | null = null;
  #operands: EncodedOperands | null = null;

  constructor(
    private readonly context: CaseContext,
    private readonly index: number,
    private readonly benchmarkCase: BenchmarkCase,
    private readonly steps: ReturnType<typeof addSteps>,
  ) {
    this.#flops = context.recorder.report.cases[index].flops;
  }

  /** Calls `seconds` when timing starts, for the time that it may take. @throws only what ends the run. */
  async run(seconds: () => number): Promise<void> {
    try {
      const names = await this.#runnable();
      if (names.length === 0) return;
      const expected = await this.#prepare(names);
      if (!expected) return;
      for (const [i, name] of names.entries()) {
        this.#update(name, { status: 'running' });
        await this.#attempt(name, () => this.#check(name, i, expected));
      }
      if (this.#runners.length === 0) return;
      const time = seconds();
      await this.#step(this.steps.timing, 'timing', null, (update) => this.#time(time, update));
    } finally {
      for (const runner of this.#runners) runner.destroy();
      this.#gpuCase?.destroy();
      const { inputs, reference, verify, timing } = this.steps;
      for (const step of [inputs, reference, ...verify, timing]) this.context.schedule.skip(step);
    }
  }

  /** Implementations that run on this machine; the others are refused before anything is allocated. */
  async #runnable(): Promise<readonly string[]> {
    const { gpu, memoryBytes, recorder } = this.context;
    const names: string[] = [];
    for (const { contestant: name } of recorder.report.cases[this.index].entries) {
      const kernel = findKernel(name);
      const message = kernel && kernelUnavailable(gpu, kernel, this.benchmarkCase.dtype);
      if (message) {
        this.#update(name, { status: 'refused', message });
        continue;
      }
      await this.#attempt(name, () => {
        if (kernel) assertSupported(kernel, problemOfCase(this.benchmarkCase));
        const limits = kernel ? { kernel, limits: gpu!.device.limits } : null;
        assertEnoughMemory(this.benchmarkCase, { memoryBytes, gpu: limits });
        names.push(name);
      });
    }
    return names;
  }

  /** Makes and uploads the inputs and computes the reference; null where that failed for all. */
  async #prepare(names: readonly string[]): Promise<ExpectedRows | null> {
    const { cpu, gpu, settings, signal } = this.context;
    const { seed, distribution } = settings;
    try {
      await this.#step(this.steps.inputs, 'inputs', null, async () => {
        const operands = await cpu.load(this.benchmarkCase, seed, distribution, signal);
        this.#operands = operands;
        if (gpu && names.some(isKernel)) {
          this.#gpuCase = await GpuCase.create(gpu, this.benchmarkCase, operands);
        }
      });
      const { rows } = this.steps;
      const result = await this.#step(this.steps.reference, 'reference', null, (update) =>
        cpu.reference(rows, signal, update),
      );
      return { rows, ...result };
    } catch (error) {
      const outcome = outcomeOf(error, signal);
      for (const name of names) this.#update(name, outcome);
      return null;
    }
  }

  /** Compiles one implementation, runs it once and compares; its runner is kept if it passes. */
  async #check(name: string, order: number, expected: ExpectedRows): Promise<void> {
    const { signal } = this.context;
    const stage = isKernel(name) ? 'compiling' : 'verifying';
    await this.#step(this.steps.verify[order], stage, name, async (onProgress) => {
      const runner = await this.#createRunner(name);
      onProgress(0, { stage: 'verifying' });
      try {
        const start = performance.now();
        const output = await runner.compute(expected.rows, { signal, onProgress });
        this.#callSeconds.set(name, (performance.now() - start) / 1000);
        // Copying, comparing and reporting millions of values would together block the page.
        await yieldToMain();
        const verification = verify(this.benchmarkCase, output, expected);
        await yieldToMain();
        const status = verification.passed ? 'verified' : 'wrong';
        const compileMs = runner.compileMs === undefined ? {} : { compileMs: runner.compileMs };
        this.#update(name, { status, verification, ...compileMs });
        if (verification.passed) this.#runners.push(runner);
      } finally {
        if (!this.#runners.includes(runner)) runner.destroy();
      }
    });
  }

  async #createRunner(name: string): Promise<Runner> {
    const { cpu, settings, signal } = this.context;
    if (isKernel(name)) return this.#gpuCase!.createRunner(name, signal);
    return name === 'cpu-simd'
      ? SimdRunner.create(this.benchmarkCase, this.#operands!, settings.seed)
      : new PlainRunner(cpu, this.benchmarkCase, settings.seed);
  }

  async #time(seconds: number, update: UpdateProgress): Promise<void> {
    const { signal, settings } = this.context;
    const share = seconds / this.#runners.length;
    const sampleMs = Math.max(MIN_CPU_SAMPLE_MS, (1000 * share) / (WANTED_SAMPLES + 1));
    // Progress by the clock: each has its share of the time, or one call where that is longer.
    const expected = this.#runners.reduce((total, { name }) => {
      const call = isKernel(name) ? (this.#callSeconds.get(name) ?? 0) : 0;
      return total + Math.max(share, call);
    }, 0);
    const start = performance.now();
    const tick = (activity?: Parameters<UpdateProgress>[1]) =>
      update((performance.now() - start) / 1000 / Math.max(expected, 0.01), activity);
    const ready: Runner[] = [];
    for (const runner of this.#runners) {
      const { name: contestant } = runner;
      tick({ stage: 'warming', contestant });
      await yieldToMain();
      await this.#attempt(contestant, async () => {
        await runner.warmUp(sampleMs, { signal, onProgress: () => tick() });
        ready.push(runner);
      });
    }
    await measure(ready, {
      seconds,
      signal,
      seed: settings.seed,
      onProgress: () => tick(),
      onRunner: ({ name }) => tick({ stage: 'timing', contestant: name }),
      onSamples: (runner, samples) =>
        this.#update(runner.name, { timing: timingOf(runner, samples, this.#flops) }),
      onFailure: (runner, error) => this.#update(runner.name, outcomeOf(error, signal)),
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

  #update(name: string, change: Partial<EntryReport>): void {
    this.context.recorder.updateEntry(this.index, name, change);
  }

  async #attempt(name: string, work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#update(name, outcomeOf(error, this.context.signal));
    }
  }
}

/**
 * What an error means for the entry in which it happened.
 * @throws the error after a cancellation, and where the run cannot go on.
 */
export function outcomeOf(
  error: unknown,
  signal: AbortSignal,
): Pick<EntryReport, 'status' | 'message'> {
  const endsRun = error instanceof DeviceLostError || error instanceof WorkerCrashError;
  if (signal.aborted || endsRun) throw error;
  const message = errorMessage(error);
  return { status: isRefusal(error) ? 'refused' : 'failed', message };
}

const isRefusal = (error: unknown): boolean =>
  error instanceof LimitError ||
  error instanceof OutOfMemoryError ||
  error instanceof HostMemoryError ||
  error instanceof InputError;
