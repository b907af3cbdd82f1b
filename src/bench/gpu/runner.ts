import type { Execution } from '../../attention/kernels/kernel';
import type { Tensor } from '../../attention/tensor';
import { type ElementType, decodeElements, toFloat16Bits } from '../../numeric/float16';
import type { Gpu } from '../../webgpu/device';
import { Pace, type SubmissionTimes, runInPieces } from '../../webgpu/submission';
import type { PassTimer } from '../../webgpu/timing';
import { download, fillBuffer } from '../../webgpu/transfer';
import type { Runner, RunControl, Sample } from '../measure';
import { pickRows } from '../verify';

/** Minimum length of a sample, in steps of the clock. */
const MIN_CLOCK_STEPS = 50;
/** By the wall clock, a sample must also dwarf the cost of submitting and waiting. */
const MIN_WALL_MS = 20;
/** Submissions are hardly longer than this, so that the page stays responsive. */
const MAX_SUBMISSION_MS = 45;
const MAX_REPEATS = 4096;

/** A float32 word with NaN in every element: for float16, in both halves. */
const NAN_WORD: Readonly<Record<ElementType, number>> = {
  f32: NaN,
  f16: new Float32Array(new Uint16Array(2).fill(toFloat16Bits(NaN)).buffer)[0],
};

/** A kernel on the GPU. Short calls are repeated in one submission; long ones are split over several. */
export class GpuRunner implements Runner {
  readonly #pace = new Pace();
  #repeats = 1;

  constructor(
    readonly name: string,
    private readonly gpu: Gpu,
    private readonly execution: Execution,
    private readonly timer: PassTimer | null,
    private readonly resolutionMs: number,
    private readonly output: Tensor,
    private readonly valueSize: number,
  ) {}

  get compileMs(): number {
    return this.execution.compileMs;
  }

  get timing() {
    return {
      timer: this.timer ? ('timestamps' as const) : ('wall' as const),
      repeats: this.#repeats,
    };
  }

  async compute(rows: Int32Array, control: RunControl): Promise<Float32Array> {
    const { buffer, type } = this.output;
    // NaN reveals elements that a kernel does not write.
    await fillBuffer(this.gpu, buffer, NAN_WORD[type]);
    await this.#run(1, control);
    const data = await download(this.gpu, buffer);
    // Only the rows to compare are decoded: decoding all would block the page.
    const whole = type === 'f32' ? new Float32Array(data) : new Uint16Array(data);
    const picked = pickRows(whole, rows, this.valueSize);
    return decodeElements(picked.buffer, type, rows.length * this.valueSize);
  }

  async warmUp(_sampleMs: number, control: RunControl): Promise<void> {
    this.#repeats = 1;
    const { units, maxUnits } = this.execution;
    if (units > maxUnits || !this.#pace.fits(units)) return;
    const shortest = Math.max(MIN_CLOCK_STEPS * this.resolutionMs, this.timer ? 0 : MIN_WALL_MS);
    // Doubling warms up as it searches; it ends when a sample is long enough, or would be too long.
    for (;;) {
      const { gpuMs, wallMs } = await this.#run(this.#repeats, control);
      const total = (gpuMs ?? wallMs) * this.#repeats;
      if (total >= shortest || total * 2 > MAX_SUBMISSION_MS) return;
      if (this.#repeats >= MAX_REPEATS) return;
      this.#repeats *= 2;
    }
  }

  async sample(control: RunControl): Promise<Sample | null> {
    const { gpuMs, wallMs } = await this.#run(this.#repeats, control);
    if (!this.timer) return { milliseconds: wallMs, wallMilliseconds: wallMs };
    return gpuMs === null ? null : { milliseconds: gpuMs, wallMilliseconds: wallMs };
  }

  destroy(): void {
    this.timer?.destroy();
    this.execution.destroy();
  }

  #run(repeats: number, control: RunControl): Promise<SubmissionTimes> {
    const options = { ...control, timer: this.timer, pace: this.#pace, repeats };
    return runInPieces(this.gpu, this.execution, options);
  }
}
