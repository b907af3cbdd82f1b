import type { Report } from './report';

export type Stage =
  | 'device'
  | 'sizing'
  | 'inputs'
  | 'reference'
  | 'compiling'
  | 'verifying'
  | 'warming'
  | 'timing'
  | 'ceilings';

/** What is running now. */
export interface Progress {
  readonly stage: Stage;
  /** Index into `report.cases`; -1 before the first. */
  readonly caseIndex: number;
  readonly contestant: string | null;
  /** Share of the whole run that is done, 0 to 1; never falls. */
  readonly fraction: number;
  /** Estimate for the whole run; null while unknown. */
  readonly secondsLeft: number | null;
}

/** What a running benchmark tells its listener. Reports are immutable snapshots. */
export type BenchmarkEvent =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'done'; readonly report: Report };
