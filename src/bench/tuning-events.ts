import type { BenchmarkCase } from './case';
import type { TunedClass, TuningProgress } from './kernel-chooser';

/** What a program that drives the page may ask for, as a `tuning-request` on the window. */
export interface TuningRequest {
  readonly cases: readonly BenchmarkCase[];
  /** Milliseconds for each class; null for the tuner's own default. */
  readonly budgetMs: number | null;
  /** What that program remembers of earlier runs: not measured again. */
  readonly remembered: readonly (readonly [key: string, value: unknown])[];
}

/** The answers, as `tuning-event`s on the window; `done` is the last. */
export type TuningEvent =
  | { readonly type: 'progress'; readonly progress: TuningProgress }
  | { readonly type: 'tuned'; readonly tuned: TunedClass }
  | {
      readonly type: 'done';
      readonly device: string;
      /** To be remembered. */
      readonly entries: TuningRequest['remembered'];
      /** Why it broke off. */
      readonly error?: string;
    };
