import type { Distribution } from '../../numeric/random';
import { type BenchmarkCase, problemOfCase, rowsOf } from '../case';
import type { CpuProbe, CpuSamples } from '../roofline/cpu-probe';
import { allocateOperands, allocateStored } from './allocate';
import { WorkerThread } from './worker-thread';
import type { StoredOperands } from './protocol';

export interface HostOptions {
  readonly threads: number;
  readonly createWorker: () => Worker;
}

/** About 50 ms of reference work, in multiply-adds: so that progress moves and cancelling is quick. */
const BATCH_PRODUCTS = 2e7;

/**
 * The CPU side of a benchmark: makes the inputs, computes the float64 reference on all threads, and times
 * the plain path on one. All of it in workers, so the page never waits.
 */
export class CpuHost {
  readonly #threads: WorkerThread[];
  #case: BenchmarkCase | null = null;

  constructor(options: HostOptions) {
    this.#threads = Array.from(
      { length: options.threads },
      () => new WorkerThread(options.createWorker),
    );
  }

  /**
   * Makes a case's seeded inputs, in every worker, and returns them as they are to be uploaded.
   * @throws HostMemoryError where the host has no memory for them; WorkerCrashError.
   */
  async load(
    benchmarkCase: BenchmarkCase,
    seed: number,
    distribution: Distribution,
    signal?: AbortSignal,
  ): Promise<StoredOperands> {
    const shared = globalThis.crossOriginIsolated ? allocateShared(benchmarkCase) : null;
    const count = this.#threads.length;
    const answers = await Promise.all(
      this.#threads.map((thread, index) =>
        thread.call<'load'>(
          {
            task: 'load',
            benchmarkCase,
            seed,
            distribution,
            shared,
            part: { index, count },
            wantCopy: !shared && index === 0,
          },
          signal,
        ),
      ),
    );
    this.#case = benchmarkCase;
    return shared?.stored ?? answers[0]!;
  }

  /** Float64 results and bounds for these rows, computed on all threads. */
  async reference(
    rows: Int32Array,
    signal?: AbortSignal,
    onProgress?: (fraction: number) => void,
  ): Promise<{ output: Float64Array; bound: Float64Array }> {
    const problem = problemOfCase(this.#case!);
    const { keyLength, headSize, valueSize } = problem.shape;
    const perBatch = Math.max(1, Math.floor(BATCH_PRODUCTS / (keyLength * (headSize + valueSize))));
    const output = new Float64Array(rows.length * valueSize);
    const bound = new Float64Array(rows.length * valueSize);
    let next = 0;
    let done = 0;
    let failed = false;
    const takeBatches = async (thread: WorkerThread) => {
      while (next < rows.length && !failed) {
        const first = next;
        next = Math.min(rows.length, first + perBatch);
        const batch = rows.slice(first, next);
        const result = await thread.call<'reference'>({ task: 'reference', rows: batch }, signal);
        output.set(result.output, first * valueSize);
        bound.set(result.bound, first * valueSize);
        done += batch.length;
        onProgress?.(done / rows.length);
      }
    };
    const working = this.#threads.map((thread) =>
      takeBatches(thread).catch((error) => {
        failed = true;
        throw error;
      }),
    );
    await Promise.all(working);
    return { output, bound };
  }

  /** Runs the plain path on these rows, on one thread, and times it there. */
  plain(rows: Int32Array, signal?: AbortSignal) {
    return this.#threads[0].call<'plain'>({ task: 'plain', rows }, signal);
  }

  /** Loads all threads to their limit at the same time. @throws ProbeError as Error; WorkerCrashError. */
  loadToLimit(probe: CpuProbe, signal?: AbortSignal): Promise<CpuSamples[]> {
    return Promise.all(
      this.#threads.map((thread) => thread.call<'peak'>({ task: 'peak', probe }, signal)),
    );
  }

  /** Rows of the loaded case. */
  get rowCount(): number {
    return rowsOf(this.#case!);
  }

  destroy(): void {
    for (const thread of this.#threads) thread.destroy();
  }
}

function allocateShared({ shape, dtype }: BenchmarkCase) {
  const operands = allocateOperands(shape, true);
  return { operands, stored: allocateStored(operands, dtype, true) };
}
