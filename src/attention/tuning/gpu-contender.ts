import type { Gpu } from '../../webgpu/device';
import { Pace, runInPieces } from '../../webgpu/submission';
import type { PassTimer } from '../../webgpu/timing';
import type { Execution } from '../kernels/kernel';
import type { OutputCheck, WrongResult } from './check';
import type { Contender } from './choose';
import type { SyntheticOperands } from './operands';

/** A sample should dwarf the steps of the clock: browsers' timestamps go by 0.1 ms. */
const SHORTEST_SAMPLE_MS = 5;
/** By the wall clock, also what submitting and waiting cost. */
const SHORTEST_WALL_MS = 20;
/** No submission much longer than this: the page must stay smooth. */
const LONGEST_SUBMISSION_MS = 40;
const MOST_REPEATS = 4096;
/** Less than this says nothing of the whole: a GPU is hardly busy with the first, small submissions. */
const TELLING_MS = 60;

/** What all candidates of one class share. */
export interface Bench {
  readonly gpu: Gpu;
  readonly operands: SyntheticOperands;
  readonly check: OutputCheck;
  readonly timer: PassTimer | null;
  readonly signal?: AbortSignal;
}

/** A candidate on the GPU: short calls are repeated in one submission, long ones cut into several. */
export class GpuContender implements Contender {
  readonly #pace = new Pace();
  #repeats = 0;

  private constructor(
    private readonly name: string,
    private readonly execution: Execution,
    private readonly bench: Bench,
    readonly compileMs: number,
  ) {}

  /** Computes one unit, as some drivers compile only then; takes over the execution. */
  static async create(name: string, execution: Execution, bench: Bench): Promise<GpuContender> {
    try {
      const { gpu, signal } = bench;
      const { wallMs } = await runInPieces(gpu, { ...execution, units: 1 }, { signal });
      return new GpuContender(name, execution, bench, execution.compileMs + wallMs);
    } catch (error) {
      execution.destroy();
      throw error;
    }
  }

  async runOnce(limitMs: number): Promise<{ ms: number; gaveUp: boolean }> {
    const { gpu, signal, operands } = this.bench;
    await operands.poisonOutput();
    const hopeless = new AbortController();
    const start = performance.now();
    let expected = 0;
    const onProgress = (fraction: number) => {
      const elapsed = performance.now() - start;
      expected = elapsed / fraction;
      if (elapsed > TELLING_MS && expected > limitMs && fraction < 1) hopeless.abort();
    };
    const either = signal ? AbortSignal.any([signal, hopeless.signal]) : hopeless.signal;
    try {
      const { wallMs } = await runInPieces(gpu, this.execution, {
        signal: either,
        onProgress,
        pace: this.#pace,
      });
      return { ms: wallMs, gaveUp: false };
    } catch (error) {
      if (!hopeless.signal.aborted || signal?.aborted) throw error;
      return { ms: expected, gaveUp: true };
    }
  }

  async check(): Promise<readonly WrongResult[]> {
    const { operands, check } = this.bench;
    return check.judge(this.name, await operands.readOutput());
  }

  async sample(): Promise<number | null> {
    if (this.#repeats === 0) await this.#calibrate();
    return this.#run(this.#repeats);
  }

  destroy(): void {
    this.execution.destroy();
  }

  /** Doubles until a sample is long enough, or would be too long; this warms it up as well. */
  async #calibrate(): Promise<void> {
    this.#repeats = 1;
    const { units, maxUnits } = this.execution;
    if (units > maxUnits || !this.#pace.fits(units)) return;
    const shortest = this.bench.timer ? SHORTEST_SAMPLE_MS : SHORTEST_WALL_MS;
    while (this.#repeats < MOST_REPEATS) {
      const ms = ((await this.#run(this.#repeats)) ?? 0) * this.#repeats;
      const factor = ms > 0 ? Math.min(8, Math.ceil(shortest / ms)) : 8;
      if (factor === 1 || ms * factor > LONGEST_SUBMISSION_MS) return;
      this.#repeats = Math.min(MOST_REPEATS, this.#repeats * factor);
    }
  }

  async #run(repeats: number): Promise<number | null> {
    const { gpu, signal, timer } = this.bench;
    const options = { signal, timer, pace: this.#pace, repeats };
    const { gpuMs, wallMs } = await runInPieces(gpu, this.execution, options);
    // A clock that did not move gave no reading.
    return timer ? gpuMs || null : wallMs;
  }
}
