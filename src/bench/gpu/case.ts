import { raceAbort } from '../../async/abort';
import { assertFits } from '../../attention/fit';
import type { Kernel } from '../../attention/kernels/kernel';
import { planAttention } from '../../attention/plan';
import { type Tensor, createTensor } from '../../attention/tensor';
import { toFloat16Bits } from '../../numeric/float16';
import { Cleanup } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { PassTimer } from '../../webgpu/timing';
import { fillBuffer, upload } from '../../webgpu/transfer';
import { type BenchmarkCase, problemOfCase } from '../case';
import type { EncodedOperands } from '../cpu/operands';
import { timerOf } from '../device-report';
import type { ElementType } from '../../numeric/float16';
import { GpuRunner } from './runner';

/** What kernels would need and this machine does not have, as a sentence; null where nothing is missing. */
export function missingForKernels(gpu: Gpu | null, dtype: ElementType): string | null {
  if (!gpu) return 'WebGPU is not available here.';
  if (dtype === 'f32' || gpu.device.features.has('shader-f16')) return null;
  return 'This device has no shader-f16, which float16 needs; float32 runs here.';
}

/** What this kernel alone would need and the device does not have, as a sentence; null where nothing is missing. */
export function missingForKernel(gpu: Gpu, { name, missingFeature: lacks }: Kernel): string | null {
  const lack = lacks?.(gpu);
  return lack ? `This device has no ${lack}, which ${name} needs.` : null;
}

/** NaN in every element of a float32 word: for float16, in both of its halves. */
const POISON: Readonly<Record<ElementType, number>> = {
  f32: NaN,
  f16: new Float32Array(new Uint16Array(2).fill(toFloat16Bits(NaN)).buffer)[0],
};

/** One case on the GPU: operands and one output, shared by all kernels that compete in it. */
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
      // A worker has encoded it: here that would hold up the page.
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
   * @throws what planning and preparing throw; the signal's reason, at once, though compiling goes on.
   */
  createRunner(name: string, signal?: AbortSignal): Promise<GpuRunner> {
    return raceAbort(this.#prepare(name), signal, (entrant) => entrant.destroy());
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
      const poison = () => this.#poisonOutput();
      return new GpuRunner(
        name,
        this.gpu,
        execution,
        timer,
        resolutionMs,
        output,
        valueSize,
        poison,
      );
    } catch (error) {
      execution.destroy();
      throw error;
    }
  }

  destroy(): void {
    this.owned.destroy();
  }

  /** Fills the output with NaN, so that whatever a kernel forgets to write is seen. */
  async #poisonOutput(): Promise<void> {
    await fillBuffer(this.gpu, this.tensors.output.buffer, POISON[this.benchmarkCase.dtype]);
  }
}
