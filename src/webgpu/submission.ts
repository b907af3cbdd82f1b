import { raceAbort } from '../async/abort';
import type { Gpu } from './device';
import type { PassTimer } from './timing';

/** Work that can be cut: `units` independent parts, encoded a range at a time. */
export interface DivisibleWork {
  readonly label: string;
  readonly units: number;
  /** The most units one submission can hold, by memory or by the dispatch limit. */
  readonly maxUnits: number;
  /** The most units from `first` on that one submission can hold, where that depends on the place. */
  maxUnitsFrom?(first: number): number;
  /** Writes what the range needs into uniforms. Runs before `encode`, on the queue's own order. */
  prepare(first: number, count: number): void;
  encode(pass: GPUComputePassEncoder, first: number, count: number): void;
}

export interface SubmissionOptions {
  readonly signal?: AbortSignal;
  /** Share done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  readonly timer?: PassTimer | null;
  readonly pace?: Pace;
  /** Encode everything this many times in one pass: for timing work shorter than the clock's step. */
  readonly repeats?: number;
}

export interface SubmissionTimes {
  /** Wall-clock milliseconds from the first submission to the last completion, for one repeat. */
  readonly wallMs: number;
  /** The passes' own time by timestamps, for one repeat; null without a timer or after a bad reading. */
  readonly gpuMs: number | null;
}

/** Where a submission should end: short enough for pages that draw and for watchdogs. */
const TARGET_MS = 30;
const MAX_GROWTH = 4;

/** Learns how many units fit into one submission. Keep it as long as the work, so later runs start right. */
export class Pace {
  #unitsPerMs: number | null = null;
  #last = 0;

  next(remaining: number, maxUnits: number): number {
    const wanted =
      this.#unitsPerMs === null
        ? FIRST_UNITS
        : Math.min(this.#unitsPerMs * TARGET_MS, Math.max(this.#last, 1) * MAX_GROWTH);
    this.#last = Math.max(1, Math.min(Math.floor(wanted), remaining, maxUnits));
    return this.#last;
  }

  /** Notes that `units` took `ms`. */
  learn(units: number, ms: number): void {
    this.#unitsPerMs = units / Math.max(ms, 0.05);
  }

  /** Whether `units` fit into one submission at the pace seen last. */
  fits(units: number): boolean {
    return this.#unitsPerMs !== null && units <= this.#unitsPerMs * TARGET_MS;
  }
}

const FIRST_UNITS = 4;

/**
 * Runs the work in submissions of about 30 ms each, so that the page stays smooth, watchdogs stay quiet,
 * progress moves and `signal` can stop it.
 * @throws DeviceLostError; the signal's reason when aborted.
 */
export async function runInPieces(
  gpu: Gpu,
  work: DivisibleWork,
  options: SubmissionOptions = {},
): Promise<SubmissionTimes> {
  const { signal, onProgress, timer = null, pace = new Pace(), repeats = 1 } = options;
  const start = performance.now();
  let gpuMs: number | null = timer ? 0 : null;
  for (let first = 0; first < work.units;) {
    gpu.assertAlive();
    signal?.throwIfAborted();
    const rest = work.maxUnitsFrom?.(first) ?? work.units - first;
    const count = repeats > 1 ? work.units : pace.next(rest, work.maxUnits);
    const piece = await submitPiece(gpu, work, first, count, { repeats, timer, signal });
    if (repeats === 1) pace.learn(count, piece.gpuMs || piece.wallMs);
    gpuMs = gpuMs === null || piece.gpuMs === null ? null : gpuMs + piece.gpuMs;
    first += count;
    onProgress?.(first / work.units);
  }
  const wallMs = (performance.now() - start) / repeats;
  return { wallMs, gpuMs: gpuMs === null ? null : gpuMs / repeats };
}

/**
 * Submits part of the work, and waits for it. Whatever `prepare` writes and `encode` binds is submitted before
 * anyone else has a turn.
 * @throws DeviceLostError; the signal's reason when aborted.
 */
export async function submitPiece(
  gpu: Gpu,
  work: Pick<DivisibleWork, 'label' | 'prepare' | 'encode'>,
  first: number,
  count: number,
  {
    repeats = 1,
    timer = null,
    signal,
  }: Pick<SubmissionOptions, 'repeats' | 'timer' | 'signal'> = {},
): Promise<SubmissionTimes> {
  const staging = timer && (await timer.acquireStaging());
  try {
    const start = performance.now();
    work.prepare(first, count);
    const encoder = gpu.device.createCommandEncoder({ label: work.label });
    const pass = encoder.beginComputePass({
      label: work.label,
      timestampWrites: timer?.timestampWrites,
    });
    for (let i = 0; i < repeats; i++) work.encode(pass, first, count);
    pass.end();
    if (timer && staging) timer.resolve(encoder, staging);
    gpu.device.queue.submit([encoder.finish()]);
    // What was submitted cannot be called back, but nobody has to wait for it.
    const edges = timer && staging ? await raceAbort(timer.read(staging), signal) : null;
    if (!edges) {
      await raceAbort(gpu.raceLoss(gpu.device.queue.onSubmittedWorkDone()), signal);
    }
    return { wallMs: performance.now() - start, gpuMs: edges && elapsedMs(edges) };
  } finally {
    if (staging) gpu.staging.release(staging);
  }
}

/** Clocks can run backwards when the GPU changes its state: such a reading is dropped. */
function elapsedMs([begin, end]: [bigint, bigint]): number | null {
  return end >= begin ? Number(end - begin) / 1e6 : null;
}
