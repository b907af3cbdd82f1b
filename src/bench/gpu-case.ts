import { type WorkOptions, raceAbort } from '../async/abort';
import { assertFits } from '../attention/fit';
import type { Execution, Kernel, OperandBuffers } from '../attention/kernels/kernel';
import { elementCounts } from '../attention/layout';
import { planAttention } from '../attention/plan';
import { type Tensor, createTensor } from '../attention/tensor';
import { type ElementType, decodeElements } from '../numeric/float16';
import { type Cleanup, destroyOnError } from '../webgpu/buffers';
import type { Gpu } from '../webgpu/device';
import { TimedWork } from '../webgpu/submission';
import { PassTimer } from '../webgpu/timing';
import { download, fillWithNaN, upload } from '../webgpu/transfer';
import { type BenchmarkCase, problemOfCase } from './case';
import type { EncodedOperands } from './cpu/operands';
import { timerOf } from './device-report';
import type { Runner, Sample } from './measure';
import { pickRows } from './verify';

/** Why no kernel can compute this dtype on this machine, as a sentence; null where they can. */
export function kernelsUnavailable(gpu: Gpu | null, dtype: ElementType): string | null {
  if (!gpu) return 'WebGPU is not available here.';
  if (dtype === 'f32' || gpu.device.features.has('shader-f16')) return null;
  return 'float16 needs the feature shader-f16, which this device does not have; float32 works.';
}

/** Why this kernel cannot run on this machine, as a sentence; null where it can. */
export function kernelUnavailable(
  gpu: Gpu | null,
  { name, missingFeature }: Kernel,
  dtype: ElementType,
): string | null {
  const reason = kernelsUnavailable(gpu, dtype);
  if (reason) return reason;
  const missing = missingFeature?.(gpu!);
  return missing ? `${name} needs ${missing}, which this device does not have.` : null;
}

/** One case on the GPU: operands and one output, shared by all kernels that run it. */
export class GpuCase {
  private constructor(
    private readonly gpu: Gpu,
    private readonly benchmarkCase: BenchmarkCase,
    private readonly buffers: OperandBuffers,
    private readonly output: Tensor,
    private readonly owned: Cleanup,
  ) {}

  /** @throws LimitError before anything is allocated; OutOfMemoryError; DeviceLostError. */
  static async create(
    gpu: Gpu,
    benchmarkCase: BenchmarkCase,
    operands: EncodedOperands,
  ): Promise<GpuCase> {
    const problem = problemOfCase(benchmarkCase);
    assertFits(problem, gpu.device.limits);
    const counts = elementCounts(problem.shape);
    const type = benchmarkCase.dtype;
    return destroyOnError(async (owned) => {
      const make = async (label: keyof OperandBuffers) =>
        owned.add(await createTensor(gpu, [counts[label]], undefined, { label, type }));
      const load = async (name: keyof EncodedOperands) => {
        const { buffer } = await make(name);
        // Encoded by a worker already: encoding here would block the page.
        await upload(gpu, buffer, operands[name]);
        return buffer;
      };
      const [query, key, value] = [await load('query'), await load('key'), await load('value')];
      const output = await make('output');
      const buffers = { query, key, value, output: output.buffer };
      return new GpuCase(gpu, benchmarkCase, buffers, output, owned);
    });
  }

  /**
   * Compiles a kernel for this case.
   * @throws what planning and preparing throw; the signal's reason, at once, though compilation goes on.
   */
  createRunner(name: string, signal?: AbortSignal): Promise<GpuRunner> {
    return raceAbort(this.#prepare(name), signal, (runner) => runner.destroy());
  }

  async #prepare(name: string): Promise<GpuRunner> {
    const problem = problemOfCase(this.benchmarkCase);
    const { kernel } = planAttention(problem, this.gpu, name);
    return destroyOnError(async (owned) => {
      const execution = owned.add(await kernel.prepare(this.gpu, problem, this.buffers));
      const { resolutionMs } = await timerOf(this.gpu);
      const timer = await PassTimer.create(this.gpu);
      const { valueSize } = problem.shape;
      return new GpuRunner(name, this.gpu, execution, timer, resolutionMs, this.output, valueSize);
    });
  }

  destroy(): void {
    this.owned.destroy();
  }
}

/** Minimum length of a sample, in steps of the clock. */
const MIN_CLOCK_STEPS = 50;
/** By the wall clock, a sample must also dwarf the cost of submitting and waiting. */
const MIN_WALL_MS = 20;

class GpuRunner implements Runner {
  readonly #timed: TimedWork;

  constructor(
    readonly name: string,
    private readonly gpu: Gpu,
    private readonly execution: Execution,
    private readonly timer: PassTimer | null,
    private readonly resolutionMs: number,
    private readonly output: Tensor,
    private readonly valueSize: number,
  ) {
    this.#timed = new TimedWork(gpu, execution, timer);
  }

  get compileMs(): number {
    return this.execution.compileMs;
  }

  get timing() {
    const timer = this.timer ? ('timestamps' as const) : ('wall' as const);
    return { timer, repeats: this.#timed.repeats };
  }

  async compute(rows: Int32Array, control: WorkOptions): Promise<Float32Array> {
    const { buffer, type } = this.output;
    await fillWithNaN(this.gpu, buffer, type);
    await this.#timed.run(1, control);
    const data = await download(this.gpu, buffer);
    // Only the rows to compare are decoded: decoding all would block the page.
    const whole = type === 'f32' ? new Float32Array(data) : new Uint16Array(data);
    const picked = pickRows(whole, rows, this.valueSize);
    return decodeElements(picked.buffer, type, rows.length * this.valueSize);
  }

  async warmUp(_sampleMs: number, control: WorkOptions): Promise<void> {
    const shortest = Math.max(MIN_CLOCK_STEPS * this.resolutionMs, this.timer ? 0 : MIN_WALL_MS);
    // Doubling warms up as it searches.
    await this.#timed.calibrate(shortest, 2, control);
  }

  async sample(control: WorkOptions): Promise<Sample | null> {
    const { gpuMs, wallMs } = await this.#timed.run(this.#timed.repeats, control);
    if (!this.timer) return { milliseconds: wallMs, wallMilliseconds: wallMs };
    return gpuMs === null ? null : { milliseconds: gpuMs, wallMilliseconds: wallMs };
  }

  destroy(): void {
    this.timer?.destroy();
    this.execution.destroy();
  }
}
