import type { Shape } from '../attention/layout';
import type { ElementType } from '../numeric/float16';
import type { TimerResolution } from '../webgpu/timing';
import type { PresetCase } from './presets';
import type { Settings } from './settings';

export type BenchmarkStage =
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
export interface BenchmarkProgress {
  readonly stage: BenchmarkStage;
  /** Index into `report.cases`; -1 before the first. */
  readonly caseIndex: number;
  readonly contestant: string | null;
  /** Share of the whole run that is done, 0 to 1; never falls. */
  readonly fraction: number;
  /** Estimate for the whole run; null while unknown. */
  readonly secondsLeft: number | null;
}

/** What a running benchmark reports to its listener. Reports are immutable snapshots. */
export type BenchmarkEvent =
  | { readonly type: 'progress'; readonly progress: BenchmarkProgress }
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'done'; readonly report: Report };

/** The result of one benchmark, as page and terminal show and export it (docs/report.md). */
export interface Report {
  readonly schema: 'attention-playground/benchmark';
  readonly version: 3;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly settings: Settings;
  /** Null where there is no WebGPU: then `message` says why and only CPU implementations ran. */
  readonly device: DeviceReport | null;
  /** Peak rates of this machine, measured in this run; empty until then. */
  readonly ceilings: readonly CeilingReport[];
  readonly status: 'running' | 'complete' | 'cancelled' | 'failed';
  /** Why it failed, or a remark on the whole run. */
  readonly message?: string;
  readonly cases: readonly CaseReport[];
  readonly durationSeconds: number;
}

export interface DeviceReport {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** Whether the adapter runs on the CPU, such as SwiftShader or lavapipe. */
  readonly software: boolean;
  readonly subgroupSizes: readonly [number, number] | null;
  readonly features: readonly string[];
  /** The device's limits that matter to attention, by WebGPU's names. */
  readonly limits: Readonly<Record<string, number>>;
  /** GPU timestamps at pass edges, or the wall clock from submission to completion. */
  readonly timer: TimerResolution;
  /** `crossOriginIsolated`: whether clocks are fine-grained and memory can be shared with workers. */
  readonly isolated: boolean;
  readonly userAgent: string;
  readonly logicalProcessors: number;
}

export type CeilingName =
  // Of the device
  | 'fma-f32' // fused multiply-adds, each counted as two operations
  | 'fma-f16'
  | 'fma-matrix' // the same on subgroup matrices, float16 added up in float32
  | 'memory' // reading a buffer that no cache holds
  | 'workgroup-memory' // reading workgroup memory
  // Of the CPU, all threads at once
  | 'cpu-fma'
  | 'cpu-memory';

/** A measured peak rate; or why it is unknown. */
export interface CeilingReport {
  readonly name: CeilingName;
  readonly unit: 'FLOP/s' | 'B/s';
  /** Operations or bytes per second: `work` over the shortest sample. Missing where the probe failed. */
  readonly perSecond?: number;
  /** Why there is no rate: a probe with a wrong result has none. */
  readonly message?: string;
  /** The fastest variant of the probe. */
  readonly variant?: string;
  readonly timer?: 'timestamps' | 'wall';
  /** Operations or bytes of one sample. */
  readonly work?: number;
  /** Milliseconds of each sample. */
  readonly samples?: readonly number[];
  /** First compilation of the probe on this device. */
  readonly compileMs?: number;
  /** CPU threads that ran in parallel. */
  readonly threads?: number;
}

export interface CaseReport extends PresetCase {
  /** A short name, unique in the report: "1·8·1024·64 causal". */
  readonly name: string;
  readonly dtype: ElementType;
  /** Floating-point operations of the two products: 2·(D + E) for each score that the mask leaves visible. */
  readonly flops: number;
  /** Compulsory traffic: bytes of query, key and value read once and of the output written once. */
  readonly bytes: number;
  /** The suite's own shape, where the time budget changed its length. */
  readonly sizedFrom?: Shape;
  /** One for each implementation that supports the case, in the settings' order; if none does, all of them,
   *  refused with the reason. */
  readonly entries: readonly EntryReport[];
}

export type EntryStatus =
  | 'pending' // not reached yet
  | 'running'
  | 'verified' // correct, and timed (unless cancelled before: then `timing` is missing)
  | 'wrong' // outside the error bound: shown, but never timed or ranked
  | 'refused' // not run, nothing allocated; `message` names what is missing, or the limit and what would fit
  | 'failed' // an error, named by `message`
  | 'cancelled';

export interface EntryReport {
  readonly contestant: string;
  readonly status: EntryStatus;
  readonly message?: string;
  /** First compilation of this implementation's pipelines; 0 when they were cached. */
  readonly compileMs?: number;
  readonly verification?: Verification;
  readonly timing?: Timing;
}

/** Comparison with the float64 reference on the same inputs. */
export interface Verification {
  readonly passed: boolean;
  /** Output rows compared, of `rowsTotal`; `sampled` when only a seeded sample was. */
  readonly rows: number;
  readonly rowsTotal: number;
  readonly sampled: boolean;
  /** Largest absolute error. */
  readonly maxError: number;
  /** The largest ratio of an element's error to its own derived bound; the check passes at 1 or less. */
  readonly errorOverBound: number;
  /** Relative error in the Frobenius norm. */
  readonly relativeError: number;
  /** The element with the largest error relative to its bound. */
  readonly worst: {
    readonly batch: number;
    readonly head: number;
    readonly query: number;
    readonly column: number;
    readonly got: number;
    readonly want: number;
    readonly bound: number;
  } | null;
}

export interface Timing {
  /** Milliseconds of one attention call, in the order measured. */
  readonly samples: readonly number[];
  readonly median: number;
  /** An interval for the median from order statistics, and its actual confidence (0.95 from six samples on;
   *  less with fewer; null for a single sample). */
  readonly low: number | null;
  readonly high: number | null;
  readonly confidence: number | null;
  readonly timer: 'timestamps' | 'wall';
  /** Calls per sample, so many that a sample is far longer than the timer's resolution. */
  readonly repeats: number;
  /** Wall-clock median of the same calls, to check the timestamps. */
  readonly wallMedian: number;
  /** Set where only some rows were computed, and the time was scaled by the number of visible scores. */
  readonly extrapolatedFrom?: { readonly rows: number; readonly rowsTotal: number };
  /** 1e9 floating-point operations per second, at the median. */
  readonly gflops: number;
  /** The roofline bound, where the ceilings are known. */
  readonly roof?: Roof;
  /** Median of the faster CPU implementation over this one, where one was timed on the same case. */
  readonly speedup?: number;
  /** Compared with the fastest verified implementation of the case. `unclear` where intervals overlap or one is
   *  missing, also for the one with the smallest median. */
  readonly verdict?: 'fastest' | 'slower' | 'unclear';
}

/** The roofline bound on an implementation for one case. */
export interface Roof {
  /** 1e9 operations per second: the minimum of the arithmetic peak and intensity times bandwidth. */
  readonly gflops: number;
  readonly boundBy: 'arithmetic' | 'memory';
  /** Achieved GFLOP/s over this bound. */
  readonly share: number;
}

export function createReport(settings: Settings): Report {
  return {
    schema: 'attention-playground/benchmark',
    version: 3,
    createdAt: new Date().toISOString(),
    settings,
    device: null,
    ceilings: [],
    status: 'running',
    cases: [],
    durationSeconds: 0,
  };
}

/** The final report: what was not reached is cancelled. */
export function finishReport(
  report: Report,
  status: 'complete' | 'cancelled' | 'failed',
  message?: string,
): Report {
  const close = (entry: EntryReport): EntryReport =>
    entry.status === 'pending' || entry.status === 'running'
      ? { ...entry, status: 'cancelled' }
      : entry;
  const cases = report.cases.map((one) => ({ ...one, entries: one.entries.map(close) }));
  return { ...report, status, cases, ...(message !== undefined && { message }) };
}

/** What was timed: each implementation on each case. */
export const timedEntries = ({ cases }: Report) =>
  cases.flatMap((reported) =>
    reported.entries.flatMap(({ contestant, timing }) =>
      timing ? { reported, contestant, timing } : [],
    ),
  );
