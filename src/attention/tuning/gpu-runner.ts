import { decodeElements, encodeElements } from '../../numeric/float16';
import { fillRandom } from '../../numeric/random';
import { type Cleanup, destroyOnError } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { TimedWork, runInPieces } from '../../webgpu/submission';
import type { PassTimer } from '../../webgpu/timing';
import { fillWithNaN, upload } from '../../webgpu/transfer';
import type { Execution, OperandBuffers } from '../kernels/kernel';
import { elementCounts } from '../layout';
import type { Problem } from '../problem';
import type { Operands } from '../reference';
import { type Tensor, createTensor } from '../tensor';
import type { OutputCheck, WrongResult } from './check';
import type { KernelRunner } from './choose';

/** Random values take time on the main thread, so they repeat; a prime period makes all rows differ. */
const DRAWN = 65521;
const SEED = 20;

/** Seeded operands of a problem in host and GPU memory, and one output that all candidates write in turn. */
export interface SyntheticOperands {
  /** The values after rounding to the storage type. */
  readonly host: Operands;
  readonly buffers: OperandBuffers;
  readonly output: Tensor;
}

/** `owned` receives the tensors. @throws OutOfMemoryError, DeviceLostError. */
export async function createOperands(
  gpu: Gpu,
  { shape, type }: Problem,
  owned: Cleanup,
): Promise<SyntheticOperands> {
  const counts = elementCounts(shape);
  const make = async (name: 'query' | 'key' | 'value' | 'output') => {
    const options = { label: `tuning ${name}`, type };
    return owned.add(await createTensor(gpu, [counts[name]], undefined, options));
  };
  const draw = async (name: 'query' | 'key' | 'value', stream: number) => {
    const { buffer } = await make(name);
    const drawn = fillRandom(new Float32Array(DRAWN), { seed: SEED, stream });
    const stored = encodeElements(drawn, type).subarray(0, DRAWN);
    await upload(gpu, buffer, repeat(stored, buffer.size / stored.BYTES_PER_ELEMENT));
    const rounded = decodeElements(stored.buffer as ArrayBuffer, type, DRAWN);
    return { buffer, values: repeat(rounded, counts[name]) };
  };
  const [query, key, value] = [
    await draw('query', 0),
    await draw('key', 1),
    await draw('value', 2),
  ];
  const output = await make('output');
  const host = { query: query.values, key: key.values, value: value.values };
  const inputs = { query: query.buffer, key: key.buffer, value: value.buffer };
  return { host, buffers: { ...inputs, output: output.buffer }, output };
}

function repeat<T extends Float32Array | Uint16Array>(values: T, length: number): T {
  const result = new (values.constructor as new (length: number) => T)(length);
  result.set(values.subarray(0, length));
  for (let done = Math.min(values.length, length); done < length; done *= 2) {
    result.copyWithin(done, 0, Math.min(done, length - done));
  }
  return result;
}

/** Browsers' timestamps have a resolution of 0.1 ms; a sample should be much longer. */
const MIN_SAMPLE_MS = 5;
/** Wall-clock samples also contain submission and waiting. */
const MIN_WALL_SAMPLE_MS = 20;
/** Most times as many repeats as before, while a sample is too short. */
const REPEATS_GROWTH = 8;
/** Shorter estimates are unreliable: the first, small submissions hardly load a GPU. */
const MIN_ESTIMATE_MS = 60;

/** What all candidates of one class share. */
export interface TuningSetup {
  readonly gpu: Gpu;
  readonly operands: SyntheticOperands;
  readonly check: OutputCheck;
  readonly timer: PassTimer | null;
  readonly signal?: AbortSignal;
}

/** A candidate on the GPU: short calls are repeated within a submission, long ones divided into several. */
export class GpuKernelRunner implements KernelRunner {
  readonly #timed: TimedWork;
  #isCalibrated = false;

  private constructor(
    private readonly name: string,
    private readonly execution: Execution,
    private readonly bench: TuningSetup,
    readonly compileMs: number,
  ) {
    this.#timed = new TimedWork(bench.gpu, execution, bench.timer);
  }

  /** Runs one unit, because some drivers finish compiling only then. Takes ownership of the execution. */
  static create(name: string, execution: Execution, bench: TuningSetup): Promise<GpuKernelRunner> {
    return destroyOnError(async (owned) => {
      owned.add(execution);
      const { gpu, signal } = bench;
      const { wallMs } = await runInPieces(gpu, { ...execution, units: 1 }, { signal });
      return new GpuKernelRunner(name, execution, bench, execution.compileMs + wallMs);
    });
  }

  async runOnce(limitMs: number): Promise<{ ms: number; gaveUp: boolean }> {
    const { gpu, signal, operands } = this.bench;
    await fillWithNaN(gpu, operands.output.buffer, operands.output.type);
    const hopeless = new AbortController();
    const start = performance.now();
    let expected = 0;
    const onProgress = (fraction: number) => {
      const elapsed = performance.now() - start;
      expected = elapsed / fraction;
      if (elapsed > MIN_ESTIMATE_MS && expected > limitMs && fraction < 1) hopeless.abort();
    };
    const either = signal ? AbortSignal.any([signal, hopeless.signal]) : hopeless.signal;
    try {
      const { wallMs } = await this.#timed.run(1, { signal: either, onProgress });
      return { ms: wallMs, gaveUp: false };
    } catch (error) {
      if (!hopeless.signal.aborted || signal?.aborted) throw error;
      return { ms: expected, gaveUp: true };
    }
  }

  async check(): Promise<readonly WrongResult[]> {
    const { operands, check } = this.bench;
    return check.check(this.name, await operands.output.read());
  }

  async sample(): Promise<number | null> {
    const { timer, signal } = this.bench;
    if (!this.#isCalibrated) {
      const shortest = timer ? MIN_SAMPLE_MS : MIN_WALL_SAMPLE_MS;
      await this.#timed.calibrate(shortest, REPEATS_GROWTH, { signal });
      this.#isCalibrated = true;
    }
    const { gpuMs, wallMs } = await this.#timed.run(this.#timed.repeats, { signal });
    // A clock that did not advance gave no reading.
    return timer ? gpuMs || null : wallMs;
  }

  destroy(): void {
    this.execution.destroy();
  }
}
