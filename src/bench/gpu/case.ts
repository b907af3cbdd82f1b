import { raceAbort } from '../../async/abort';
import { assertFits } from '../../attention/fit';
import type { Kernel } from '../../attention/kernels/kernel';
import { planAttention } from '../../attention/plan';
import { type Tensor, createTensor } from '../../attention/tensor';
import type { ElementType } from '../../numeric/float16';
import { Cleanup } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { PassTimer } from '../../webgpu/timing';
import { upload } from '../../webgpu/transfer';
import { type BenchmarkCase, problemOfCase } from '../case';
import type { EncodedOperands } from '../cpu/operands';
import { timerOf } from '../device-report';
import { GpuRunner } from './runner';

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
    private readonly tensors: Record<'query' | 'key' | 'value' | 'output', Tensor>,
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
    const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = problem.shape;
    const owned = new Cleanup();
    const type = benchmarkCase.dtype;
    const make = async (label: string, shape: number[], data?: Float32Array | Uint16Array) => {
      const tensor = owned.add(await createTensor(gpu, shape, undefined, { label, type }));
      // Encoded by a worker already: encoding here would block the page.
      if (data) await upload(gpu, tensor.buffer, data);
      return tensor;
    };
    try {
      const tensors = {
        query: await make('query', [batch, heads, queryLength, headSize], operands.query),
        key: await make('key', [batch, kvHeads, keyLength, headSize], operands.key),
        value: await make('value', [batch, kvHeads, keyLength, valueSize], operands.value),
        output: await make('output', [batch, heads, queryLength, valueSize]),
      };
      return new GpuCase(gpu, benchmarkCase, tensors, owned);
    } catch (error) {
      owned.destroy();
      throw error;
    }
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
    const { query, key, value, output } = this.tensors;
    const execution = await kernel.prepare(this.gpu, problem, {
      query: query.buffer,
      key: key.buffer,
      value: value.buffer,
      output: output.buffer,
    });
    try {
      const { resolutionMs } = await timerOf(this.gpu);
      const timer = await PassTimer.create(this.gpu);
      const { valueSize } = problem.shape;
      return new GpuRunner(name, this.gpu, execution, timer, resolutionMs, output, valueSize);
    } catch (error) {
      execution.destroy();
      throw error;
    }
  }

  destroy(): void {
    this.owned.destroy();
  }
}
