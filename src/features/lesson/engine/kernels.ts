import { LatestTask, type TaskHost } from '../../../async/latest-task';
import { raceAbort } from '../../../async/abort';
import { attention } from '../../../attention/attention';
import { dimensions, type Layouts, layoutOf } from '../../../attention/layout';
import type { Problem } from '../../../attention/problem';
import { type Operands, reference } from '../../../attention/reference';
import { createTensor, type Tensor } from '../../../attention/tensor';
import { compare, type Comparison } from '../../../numeric/compare';
import { Cleanup } from '../../../webgpu/buffers';
import { type Gpu, DeviceSource } from '../../../webgpu/device';
import { GpuUnavailableError } from '../../../webgpu/errors';
import type { LessonProblem } from '../model/attention-problems';
import { type Attend, headsLayout } from '../model/seq2seq/attend';

/** An attention problem's output, the kernel that computed it, and its error against the float64 reference. */
export interface KernelAnswer {
  /** Head by head, whatever the layout: (B, H, S, E). */
  readonly output: ArrayLike<number>;
  /** The kernel's name; null where there is no GPU and the reference itself answers. */
  readonly kernel: string | null;
  /** Against the reference from the same float32 operands, within the derived bound. */
  readonly check: Comparison;
}

interface KernelOptions {
  /** Layouts of the operands, bhsd by default; outputs are always head by head. */
  readonly layout?: Layouts;
  readonly signal?: AbortSignal;
}

/**
 * Computes the lesson's attention problems with the kernels that the benchmark measures, and compares each answer
 * with the float64 reference. Without WebGPU the reference is the answer.
 */
export class LessonKernels {
  /** Why there is no GPU; empty while one is available or none was requested. */
  unavailable = '';

  constructor(
    private readonly devices: Pick<DeviceSource, 'acquire'> = new DeviceSource({
      onUncapturedError: (error) => globalThis.reportError(error),
    }),
  ) {}

  /**
   * @throws InputError, LimitError, OutOfMemoryError, DeviceLostError (the next call opens a new device); the
   * signal's reason.
   */
  async run(
    { problem, operands }: LessonProblem,
    options: KernelOptions = {},
  ): Promise<KernelAnswer> {
    const stored = toFloat32(operands);
    const want = reference(problem, stored);
    const gpu = await raceAbort(this.#acquire(), options.signal);
    if (!gpu) {
      const check = compare(want.output, want.output, want.outputBound);
      return { output: reference(problem, operands).output, kernel: null, check };
    }
    const { output, kernel } = await runOnGpu(gpu, problem, stored, options);
    return { output, kernel, check: compare(output, want.output, want.outputBound) };
  }

  /** For the encoder and decoder, whose heads are side by side. */
  attend(signal?: AbortSignal, onAnswer?: (answer: KernelAnswer) => void): Attend {
    return async (problem, operands) => {
      const answer = await this.run({ problem, operands }, { layout: headsLayout, signal });
      onAnswer?.(answer);
      return answer.output;
    };
  }

  async #acquire(): Promise<Gpu | null> {
    if (this.unavailable) return null;
    try {
      return await this.devices.acquire();
    } catch (error) {
      if (!(error instanceof GpuUnavailableError)) throw error;
      this.unavailable = error.message;
      return null;
    }
  }
}

const toFloat32 = ({ query, key, value }: Operands) => ({
  query: Float32Array.from(query),
  key: Float32Array.from(key),
  value: Float32Array.from(value),
});

async function runOnGpu(
  gpu: Gpu,
  { shape, scale, mask, scoreModifiers, sinks }: Problem,
  { query, key, value }: ReturnType<typeof toFloat32>,
  { layout, signal }: KernelOptions,
): Promise<{ output: Float32Array; kernel: string }> {
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  const owned = new Cleanup();
  const tensor = async (
    operand: 'query' | 'key' | 'value',
    extents: readonly [heads: number, length: number, size: number],
    data: Float32Array,
  ): Promise<Tensor> => {
    const extent = dimensions(layoutOf(layout, operand), batch, ...extents);
    return owned.add(await createTensor(gpu, extent, data, { label: `lesson ${operand}` }));
  };
  try {
    const result = await attention(gpu, {
      query: await tensor('query', [heads, queryLength, headSize], query),
      key: await tensor('key', [kvHeads, keyLength, headSize], key),
      value: await tensor('value', [kvHeads, keyLength, valueSize], value),
      scale,
      mask,
      scoreModifiers,
      sinks: sinks && [...sinks],
      layout,
      signal,
    });
    owned.add(result.output);
    const output = await raceAbort(result.output.read(), signal);
    return { output, kernel: result.plan.kernel.name };
  } finally {
    owned.destroy();
  }
}

/** While a handle is dragged, some intermediate answers are shown. */
export const MIN_RUN_MS = 100;

/** Computes the latest attention problem of an element. */
export const kernelTask = (host: TaskHost, kernels: () => LessonKernels) =>
  new LatestTask<LessonProblem, KernelAnswer>(
    host,
    async (problem, { signal, publish }) => publish(await kernels().run(problem, { signal })),
    { minRunMs: MIN_RUN_MS },
  );
