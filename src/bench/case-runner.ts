import { findKernel } from '../attention/kernels/index';
import { assertSupported } from '../attention/plan';
import type { Gpu } from '../webgpu/device';
import { type BenchmarkCase, isKernel, problemOfCase } from './case';
import { timeEntrants } from './case-timing';
import { CpuEntrant } from './cpu/entrant';
import type { CpuHost } from './cpu/host';
import type { StoredOperands } from './cpu/protocol';
import { SimdEntrant } from './cpu/simd-entrant';
import type { Entrant } from './entrant';
import { GpuCase } from './gpu/case';
import { missingForKernel, missingForKernels } from './gpu/missing';
import { assertRoom } from './memory';
import { outcomeOf } from './outcome';
import type { Recorder } from './recorder';
import type { Schedule, Update } from './schedule';
import type { Stage } from './events';
import type { Settings } from './settings-types';
import { timingOf } from './timing';
import { type Expectation, verify } from './verify';

export interface CaseContext {
  readonly settings: Settings;
  readonly gpu: Gpu | null;
  readonly host: CpuHost;
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
export class CaseRunner {
  readonly #flops: number;
  readonly #entrants: Entrant[] = [];
  /** Seconds that each contestant's first whole call took. */
  readonly #callSeconds = new Map<string, number>();
  #gpuCase: GpuCase | null = null;
  #operands: StoredOperands | null = null;

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
          assertRoom(this.benchmarkCase, { memoryBytes, gpu: needs });
        });
      });
  }

  /** Makes inputs, uploads them and computes the truth; null when that failed for everyone. */
  async #prepare(contestants: readonly string[]): Promise<Expectation | null> {
    const { host, gpu, settings, signal } = this.context;
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
    expected: Expectation,
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
  async #check(contestant: string, order: number, expected: Expectation): Promise<void> {
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

  async #enter(contestant: string): Promise<Entrant> {
    const { host, settings, signal } = this.context;
    if (isKernel(contestant)) return this.#gpuCase!.enter(contestant, signal);
    if (contestant === 'cpu-simd') {
      return SimdEntrant.create(this.benchmarkCase, this.#operands!, settings.seed);
    }
    return new CpuEntrant(host, this.benchmarkCase, settings.seed);
  }

  async #time(seconds: number, update: Update): Promise<void> {
    const { signal, settings } = this.context;
    await timeEntrants(this.#entrants, {
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
    stage: Stage,
    contestant: string | null,
    work: (update: Update) => Promise<T>,
  ): Promise<T> {
    return this.context.schedule.run(step, { stage, caseIndex: this.index, contestant }, work);
  }

  #entry(contestant: string, change: Parameters<Recorder['entry']>[2]): void {
    this.context.recorder.entry(this.index, contestant, change);
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
