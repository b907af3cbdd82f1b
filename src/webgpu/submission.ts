import { type WorkOptions, raceAbort } from '../async/abort';
import type { Gpu } from './device';
import { type PassTimer, submitPass } from './timing';

/** Work of `units` independent parts that can be encoded in ranges. */
export interface DivisibleWork {
  readonly label: string;
  readonly units: number;
  /** Most units in one submission, limited by memory or dispatch size. */
  readonly maxUnits: number;
  /** Most units in one submission that starts at `first`, if that varies. */
  maxUnitsFrom?(first: number): number;
  /** Writes the range's uniforms. Called before `encode`, in queue order. */
  prepare(first: number, count: number): void;
  encode(pass: GPUComputePassEncoder, first: number, count: number): void;
}

export interface SubmissionOptions extends WorkOptions {
  readonly timer?: PassTimer | null;
  readonly pace?: Pace;
  /** Encodes everything this many times in one pass, to time work shorter than the clock's resolution. */
  readonly repeats?: number;
}

export interface SubmissionTimes {
  /** Wall-clock milliseconds from the first submission to the last completion, per repeat. */
  readonly wallMs: number;
  /** Milliseconds of the passes by timestamps, per repeat; null without a timer or after a bad reading. */
  readonly gpuMs: number | null;
}

/** Target length of a submission, short enough for smooth pages and watchdogs. */
const TARGET_MS = 30;
const MAX_GROWTH = 4;

/**
 * Learns how many units fit into one submission. Keep it as long as the work, so that later runs start at the
 * right size.
 */
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

  /** Records that `units` took `ms`. */
  learn(units: number, ms: number): void {
    this.#unitsPerMs = units / Math.max(ms, 0.05);
  }

  /** Whether `units` fit into one submission at the last pace. */
  fits(units: number): boolean {
    return this.#unitsPerMs !== null && units <= this.#unitsPerMs * TARGET_MS;
  }
}

const FIRST_UNITS = 4;

/**
 * Runs the work in submissions of about 30 ms, so that the page stays responsive, watchdogs do not
 * fire, progress is reported and `signal` takes effect.
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

/** Longest submission of repeated work, so that the page stays responsive. */
const MAX_REPEATED_MS = 40;
const MAX_REPEATS = 4096;

/** Work to be timed: short calls are repeated in one submission, long ones are split over several. */
export class TimedWork {
  readonly #pace = new Pace();
  repeats = 1;

  constructor(
    private readonly gpu: Gpu,
    private readonly work: DivisibleWork,
    private readonly timer: PassTimer | null,
  ) {}

  run(repeats: number, options: WorkOptions): Promise<SubmissionTimes> {
    const { gpu, work, timer } = this;
    return runInPieces(gpu, work, { ...options, timer, pace: this.#pace, repeats });
  }

  /**
   * Multiplies the repeats, by `growth` at most, until a sample is long enough or would be too long; also warms
   * up. Call it after a run, from which the pace is known.
   */
  async calibrate(shortestMs: number, growth: number, options: WorkOptions): Promise<void> {
    this.repeats = 1;
    const { units, maxUnits } = this.work;
    if (units > maxUnits || !this.#pace.fits(units)) return;
    while (this.repeats < MAX_REPEATS) {
      const { gpuMs, wallMs } = await this.run(this.repeats, options);
      const ms = (gpuMs ?? wallMs) * this.repeats;
      const factor = ms > 0 ? Math.min(growth, Math.ceil(shortestMs / ms)) : growth;
      if (factor === 1 || ms * factor > MAX_REPEATED_MS) return;
      this.repeats = Math.min(MAX_REPEATS, this.repeats * factor);
    }
  }
}

/**
 * Submits a range of the work and waits for it. Runs synchronously up to the submission, so nothing
 * comes between `prepare` and `encode`.
 * @throws DeviceLostError; the signal's reason when aborted.
 */
export async function submitPiece(
  gpu: Gpu,
  work: Pick<DivisibleWork, 'label' | 'prepare' | 'encode'>,
  first: number,
  count: number,
  { repeats = 1, timer, signal }: Pick<SubmissionOptions, 'repeats' | 'timer' | 'signal'> = {},
): Promise<SubmissionTimes> {
  const timing = timer ? { timer, staging: await timer.acquireStaging() } : null;
  try {
    const start = performance.now();
    work.prepare(first, count);
    submitPass(gpu, work.label, timing, (pass) => {
      for (let i = 0; i < repeats; i++) work.encode(pass, first, count);
    });
    // A submission cannot be cancelled, but the caller need not wait for it.
    const edges = timing && (await raceAbort(timing.timer.read(timing.staging), signal));
    if (!edges) await raceAbort(gpu.raceLoss(gpu.device.queue.onSubmittedWorkDone()), signal);
    return { wallMs: performance.now() - start, gpuMs: edges && elapsedMs(edges) };
  } finally {
    if (timing) gpu.staging.release(timing.staging);
  }
}

/** GPU clocks can jump back when the power state changes; such readings are dropped. */
function elapsedMs([begin, end]: [bigint, bigint]): number | null {
  return end >= begin ? Number(end - begin) / 1e6 : null;
}
