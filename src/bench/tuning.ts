import { planAttention } from '../attention/plan';
import {
  type CandidateResult,
  type TuningResult,
  Tuning,
  useTuning,
} from '../attention/tuning/choices';
import { shapeClassOf } from '../attention/tuning/shape-class';
import type { TuningStore } from '../attention/tuning/stores';
import { tuneProblem } from '../attention/tuning/tune';
import type { ElementType } from '../numeric/float16';
import type { Gpu } from '../webgpu/device';
import { type BenchmarkCase, caseName, problemOfCase } from './case';
import type { Environment } from './environment';
import { attentionCase, findPreset } from './presets';

/** The kernel that the plan chooses for a case, and why. */
export interface PlannedKernel {
  readonly caseName: string;
  readonly shapeClass: string;
  /** Null where this device cannot run the case. */
  readonly kernel: string | null;
  readonly reason: string;
  readonly tuned: boolean;
}

/** A shape class with its measurements; `remembered`: of an earlier run. */
export interface TunedClass extends Pick<TuningResult, 'shapeClass' | 'winner' | 'usual'> {
  readonly caseName: string;
  readonly candidates: readonly CandidateResult[];
  readonly remembered: boolean;
  readonly spentMs: number;
}

export interface TuneCasesOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds per class; default: the tuner's own. */
  readonly budgetMs?: number;
  /** Whether classes measured before are not measured again. */
  readonly onlyNew?: boolean;
  readonly onProgress?: (progress: TuningProgress) => void;
  readonly onTuned?: (tuned: TunedClass) => void;
}

export interface TuningProgress {
  /** Share done, 0 to 1. */
  readonly fraction: number;
  readonly caseName: string;
  readonly candidate: string;
}

/** Reports which kernels the plan chooses on the device, and tunes the choice: one class after another. */
export class KernelChooser {
  readonly #tunings = new WeakMap<Gpu, Promise<Tuning>>();

  constructor(
    private readonly devices: Environment['devices'],
    private readonly store: TuningStore,
  ) {}

  /** @throws GpuUnavailableError, DeviceLostError. */
  async choices(cases: readonly BenchmarkCase[]): Promise<readonly PlannedKernel[]> {
    const { gpu, tuning } = await this.#open();
    return cases.map((item) => choiceFor(item, gpu, tuning));
  }

  /** Measures each class of these cases, and stores and reports each result at once. */
  async tune(cases: readonly BenchmarkCase[], options: TuneCasesOptions = {}): Promise<void> {
    const { gpu, tuning } = await this.#open();
    const runnable = cases.filter((item) => choiceFor(item, gpu, tuning).kernel !== null);
    const classes = new Map(runnable.map((item) => [shapeClassOf(problemOfCase(item)), item]));
    let done = 0;
    for (const item of classes.values()) {
      const name = caseName(item);
      const known = options.onlyNew && knownClass(item, gpu, tuning);
      if (known) options.onTuned?.(known);
      else {
        const result = await tuneProblem(gpu, problemOfCase(item), {
          signal: options.signal,
          budgetMs: options.budgetMs,
          onProgress(ofClass, candidate) {
            const fraction = (done + ofClass) / classes.size;
            options.onProgress?.({ fraction, caseName: name, candidate });
          },
        });
        await tuning.remember(result);
        options.onTuned?.({ ...result, caseName: name, remembered: false });
      }
      done++;
    }
  }

  async forget(): Promise<void> {
    await (await this.#open()).tuning.forget();
  }

  /** Problems of the store, as sentences. */
  async notes(): Promise<readonly string[]> {
    return (await this.#open()).tuning.notes;
  }

  async #open(): Promise<{ gpu: Gpu; tuning: Tuning }> {
    const gpu = await this.devices.acquire();
    let loading = this.#tunings.get(gpu);
    if (!loading) {
      loading = Tuning.load(gpu, this.store);
      this.#tunings.set(gpu, loading);
    }
    const tuning = await loading;
    useTuning(gpu, tuning);
    return { gpu, tuning };
  }
}

function choiceFor(item: BenchmarkCase, gpu: Gpu, tuning: Tuning): PlannedKernel {
  const problem = problemOfCase(item);
  const about = { caseName: caseName(item), shapeClass: shapeClassOf(problem) };
  try {
    const plan = planAttention(problem, gpu, undefined, tuning);
    const reason = plan.reasons.join(' ');
    return { ...about, kernel: plan.kernel.name, reason, tuned: plan.tuned === true };
  } catch (error) {
    // What does not fit is refused with its reason, as a call of `attention` would be.
    return { ...about, kernel: null, reason: (error as Error).message, tuned: false };
  }
}

/** The stored result of a class, in the form of a measured one. */
function knownClass(item: BenchmarkCase, gpu: Gpu, tuning: Tuning): TunedClass | null {
  const problem = problemOfCase(item);
  const shapeClass = shapeClassOf(problem);
  const choice = tuning.choice(shapeClass);
  if (!choice) return null;
  const candidates = choice.ranking.map(
    (ranked) => ({ ...ranked, status: 'timed', compileMs: null, verified: true }) as const,
  );
  const usual = planAttention(problem, gpu).kernel.name;
  const about = { shapeClass, caseName: caseName(item), candidates, usual };
  return { ...about, winner: candidates[0].name, remembered: true, spentMs: 0 };
}

/** The detail of a `tuning-request` event on the window, from a program that drives the page. */
export interface TuningRequest {
  readonly cases: readonly BenchmarkCase[];
  /** Milliseconds per class; null for the tuner's own default. */
  readonly budgetMs: number | null;
  /** Stored results of earlier runs, which are not measured again. */
  readonly remembered: readonly (readonly [key: string, value: unknown])[];
}

/** The details of `tuning-event`s on the window, in reply; `done` is the last. */
export type TuningEvent =
  | { readonly type: 'progress'; readonly progress: TuningProgress }
  | { readonly type: 'tuned'; readonly tuned: TunedClass }
  | {
      readonly type: 'done';
      readonly device: string;
      /** Results to store. */
      readonly entries: TuningRequest['remembered'];
      /** Why it stopped early. */
      readonly error?: string;
    };

/**
 * What `npm run tune` measures: common shapes, each of another class. Self-attention with and without a causal mask,
 * cross-attention and decoding.
 */
export const tuningGrid = (dtype: ElementType): readonly BenchmarkCase[] =>
  [
    ...findPreset('grid')!.cases,
    attentionCase({ heads: 32, kvHeads: 8, queryLength: 1, keyLength: 4096, headSize: 128 }),
  ].map((item) => ({ ...item, dtype }));
