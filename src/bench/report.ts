import type { Shape } from '../attention/layout';
import type { ElementType } from '../numeric/float16';
import type { MaskName } from '../attention/modifiers/index';
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

/** What a running benchmark tells its listener. Reports are immutable snapshots. */
export type BenchmarkEvent =
  | { readonly type: 'progress'; readonly progress: BenchmarkProgress }
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'done'; readonly report: Report };

/** The result of one benchmark, as the page shows it and both page and terminal write it (docs/report.md). */
export interface Report {
  readonly schema: 'attention-playground/benchmark';
  readonly version: 3;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly settings: Settings;
  /** Null where there is no WebGPU: then `message` says why and only CPU contestants ran. */
  readonly device: DeviceReport | null;
  /** What this machine can do at most, measured in this run; empty until then. */
  readonly ceilings: readonly CeilingReport[];
  readonly status: 'running' | 'complete' | 'cancelled' | 'failed';
  /** Why it failed, or what a reader should know of the whole run. */
  readonly message?: string;
  readonly cases: readonly CaseReport[];
  readonly durationSeconds: number;
}

export interface DeviceReport {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** Whether the adapter is a CPU in disguise, such as SwiftShader or lavapipe. */
  readonly software: boolean;
  readonly subgroupSizes: readonly [number, number] | null;
  readonly features: readonly string[];
  /** The device's limits that matter to attention, by WebGPU's names. */
  readonly limits: Readonly<Record<string, number>>;
  readonly timer: TimerReport;
  /** `crossOriginIsolated`: whether clocks are fine-grained and memory can be shared with workers. */
  readonly isolated: boolean;
  readonly userAgent: string;
  readonly logicalProcessors: number;
}

interface TimerReport {
  /** GPU timestamps at pass edges, or the wall clock from submission to completion. */
  readonly kind: 'timestamps' | 'wall';
  /** The smallest step seen between two readings. */
  readonly resolutionMs: number;
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

/** The most that something was seen to do, and how that was measured; or why it is not known. */
export interface CeilingReport {
  readonly name: CeilingName;
  readonly unit: 'FLOP/s' | 'B/s';
  /** Operations or bytes a second: `work` over the shortest sample. Missing where the probe failed. */
  readonly perSecond?: number;
  /** Why there is no number. A probe whose result was wrong has none. */
  readonly message?: string;
  /** The form of the probe that did best. */
  readonly variant?: string;
  readonly timer?: 'timestamps' | 'wall';
  /** Operations or bytes of one sample. */
  readonly work?: number;
  /** Milliseconds of each sample. */
  readonly samples?: readonly number[];
  /** First compilation of the probe on this device. */
  readonly compileMs?: number;
  /** Threads that computed at the same time, on the CPU. */
  readonly threads?: number;
}

export interface CaseReport {
  /** A short name, unique in the report: "1·8·1024·64 causal". */
  readonly name: string;
  readonly shape: Shape;
  readonly mask: MaskName;
  /** Keys that a query sees to its left (and under `window` to its right), where the mask has a width. */
  readonly window?: number;
  readonly dtype: ElementType;
  /** Floating-point operations of the two products, hidden scores left out: 2·(D + E) for each visible score. */
  readonly flops: number;
  /** Bytes that cannot be avoided: query, key and value read once, the output written once, as stored. */
  readonly bytes: number;
  /** Set where the time budget changed the length that the suite asked for. */
  readonly sizedFrom?: Shape;
  /** One for each contestant that can compute the case, in the settings' order; if none can, all of them,
   *  refused with the reason. */
  readonly entries: readonly EntryReport[];
}

export type EntryStatus =
  | 'pending' // not reached yet
  | 'running'
  | 'verified' // right, and timed (unless `timing` is missing: then cancelled after the check)
  | 'wrong' // computed, but outside the bound: shown, never timed or ranked
  | 'refused' // not run: nothing was allocated; `message` names what is missing, or the limit and what fits
  | 'failed' // an error; `message` says which
  | 'cancelled';

export interface EntryReport {
  readonly contestant: string;
  readonly status: EntryStatus;
  readonly message?: string;
  /** First compilation of this contestant's pipelines; 0 when they were cached. */
  readonly compileMs?: number;
  readonly verification?: Verification;
  readonly timing?: Timing;
}

/** A result against the float64 reference on the same inputs. */
export interface Verification {
  readonly passed: boolean;
  /** Output rows compared, of all there are; `sampled` when not all (a seeded choice). */
  readonly rows: number;
  readonly rowsTotal: number;
  readonly sampled: boolean;
  /** Largest absolute error. */
  readonly maxError: number;
  /** The largest error as a share of its own derived bound; the check passes at 1 or less. */
  readonly errorOverBound: number;
  /** Relative error in the Frobenius norm. */
  readonly relativeError: number;
  /** The element nearest to, or furthest beyond, its bound. */
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
  /** Milliseconds for one attention call, in the order measured. */
  readonly samples: readonly number[];
  readonly median: number;
  /** An interval for the median from order statistics, and the confidence it really has (0.95 from six
   *  samples on; less with fewer; null for a single sample). */
  readonly low: number | null;
  readonly high: number | null;
  readonly confidence: number | null;
  readonly timer: 'timestamps' | 'wall';
  /** Calls in each sample, chosen so that one sample is far longer than the timer's step. */
  readonly repeats: number;
  /** Wall-clock median of the same calls: a check on the timestamps. */
  readonly wallMedian: number;
  /** Set where only some rows were computed and the time scaled by visible scores. */
  readonly extrapolatedFrom?: { readonly rows: number; readonly rowsTotal: number };
  /** 1e9 floating-point operations a second, at the median. */
  readonly gflops: number;
  /** What bounds it, where the ceilings are known. */
  readonly roof?: Roof;
  /** Median of the faster CPU contestant over this one, where one was timed on the same case. */
  readonly speedup?: number;
  /** Against the fastest verified contestant of the case. Where intervals overlap, or one is missing,
   *  these samples cannot tell: `unclear`, for the one with the least median too. */
  readonly verdict?: 'fastest' | 'slower' | 'unclear';
}

/** The most that a contestant could reach on a case: its place under the roofline. */
export interface Roof {
  /** 1e9 operations a second: the lesser of the arithmetic peak and memory's share of it. */
  readonly gflops: number;
  readonly boundBy: 'arithmetic' | 'memory';
  /** GFLOP/s reached over this bound. */
  readonly share: number;
}

/** A report before anything is known. */
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

/** The report when nothing more will come: what was not reached is cancelled. */
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
