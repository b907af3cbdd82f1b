import { range } from 'd3-array';
import { RpcClient } from '../../async/rpc';
import type { Distribution } from '../../numeric/random';
import { type BenchmarkCase, problemOfCase } from '../case';
import type { CpuProbe, CpuSamples } from '../roofline/cpu-probe';
import {
  type EncodedOperands,
  type FillOptions,
  type HostOperands,
  HostMemoryError,
  allocateEncoded,
  allocateOperands,
} from './operands';

/** What a worker computes. It holds the operands of one case, the last that it loaded. */
export interface CpuTasks {
  load: {
    request: FillOptions & {
      readonly benchmarkCase: BenchmarkCase;
      /** Shared memory, of which each worker fills its part and keeps all; null lets the worker allocate its own. */
      readonly shared: {
        readonly operands: HostOperands;
        readonly encoded: EncodedOperands;
      } | null;
      /** Whether to return the operands for upload, where they are not shared. */
      readonly returnOperands: boolean;
    };
    result: EncodedOperands | null;
  };
  reference: {
    request: Int32Array;
    result: { readonly output: Float64Array; readonly bound: Float64Array };
  };
  plain: {
    request: Int32Array;
    result: { readonly output: Float32Array; readonly milliseconds: number };
  };
  peak: { request: CpuProbe; result: CpuSamples };
}

/** About 50 ms of reference work, in multiply-adds, so that progress moves and cancelling is quick. */
const BATCH_PRODUCTS = 2e7;

/**
 * The CPU side of a benchmark, in workers: makes the inputs, computes the float64 reference on all
 * threads, and times the plain path on one. A worker cannot be interrupted, so aborting ends it.
 */
export class CpuWorkers {
  readonly #workers: readonly RpcClient<CpuTasks>[];
  #case: BenchmarkCase | null = null;

  constructor(threads: number, createWorker: () => Worker) {
    const options = {
      name: 'CPU worker',
      onAbort: 'terminate',
      errors: [HostMemoryError],
    } as const;
    this.#workers = range(threads).map(() => new RpcClient(createWorker, options));
  }

  /**
   * Makes a case's seeded inputs, in every worker, and returns them encoded for upload.
   * @throws HostMemoryError where the host has no memory for them; WorkerCrashError.
   */
  async load(
    benchmarkCase: BenchmarkCase,
    seed: number,
    distribution: Distribution,
    signal?: AbortSignal,
  ): Promise<EncodedOperands> {
    const shared = globalThis.crossOriginIsolated ? allocateShared(benchmarkCase) : null;
    const count = this.#workers.length;
    const results = await Promise.all(
      this.#workers.map((worker, index) => {
        const part = { index, count };
        const returnOperands = !shared && index === 0;
        const request = { benchmarkCase, seed, distribution, shared, part, returnOperands };
        return worker.call('load', request, { signal });
      }),
    );
    this.#case = benchmarkCase;
    return shared?.encoded ?? results[0]!;
  }

  async reference(
    rows: Int32Array,
    signal?: AbortSignal,
    onProgress?: (fraction: number) => void,
  ): Promise<{ output: Float64Array; bound: Float64Array }> {
    const { keyLength, headSize, valueSize } = problemOfCase(this.#case!).shape;
    const perBatch = Math.max(1, Math.floor(BATCH_PRODUCTS / (keyLength * (headSize + valueSize))));
    const output = new Float64Array(rows.length * valueSize);
    const bound = new Float64Array(rows.length * valueSize);
    let next = 0;
    let done = 0;
    const takeBatches = async (worker: RpcClient<CpuTasks>) => {
      while (next < rows.length) {
        const first = next;
        next = Math.min(rows.length, first + perBatch);
        const batch = rows.slice(first, next);
        const result = await worker.call('reference', batch, { signal });
        output.set(result.output, first * valueSize);
        bound.set(result.bound, first * valueSize);
        done += batch.length;
        onProgress?.(done / rows.length);
      }
    };
    const working = this.#workers.map((worker) => takeBatches(worker));
    // After a failure, the others take no more.
    await Promise.all(working).finally(() => (next = rows.length));
    return { output, bound };
  }

  /** Computes these rows by the plain path, on one thread, and times it there. */
  plain(rows: Int32Array, signal?: AbortSignal) {
    return this.#workers[0].call('plain', rows, { signal });
  }

  /** Loads all threads to their limit at the same time. @throws ProbeError as Error; WorkerCrashError. */
  measurePeak(probe: CpuProbe, signal?: AbortSignal): Promise<CpuSamples[]> {
    return Promise.all(this.#workers.map((worker) => worker.call('peak', probe, { signal })));
  }

  destroy(): void {
    for (const worker of this.#workers) worker.destroy();
  }
}

function allocateShared({ shape, dtype }: BenchmarkCase) {
  const operands = allocateOperands(shape, true);
  return { operands, encoded: allocateEncoded(operands, dtype, true) };
}
