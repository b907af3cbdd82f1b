import type { Distribution } from '../../numeric/random';
import { type BenchmarkCase, problemOfCase, rowsOf } from '../case';
import type { CpuProbe, CpuSamples } from '../roofline/cpu-probe';
import {
  HostMemoryError,
  type CpuReply,
  type CpuRequest,
  type CpuResults,
  type CpuTask,
  allocateOperands,
  allocateStored,
  type StoredOperands,
} from './operands';

/** A worker died, or could not start. The next benchmark starts a new one. */
export class WorkerCrashError extends Error {
  override name = 'WorkerCrashError';
}

interface Pending {
  resolve(result: never): void;
  reject(error: unknown): void;
}

/**
 * One worker that answers requests with promises. It starts at the first request; once it has stopped,
 * for whatever reason, what it had loaded is gone, and so every later request is told that reason.
 */
export class WorkerThread {
  #worker: Worker | null = null;
  #stopped: { readonly reason: unknown } | null = null;
  #nextId = 0;
  readonly #pending = new Map<number, Pending>();

  constructor(private readonly createWorker: () => Worker) {}

  /**
   * Sends a request. Aborting ends the worker, for it cannot be interrupted.
   * @throws WorkerCrashError; Error with the worker's own message; the signal's reason.
   */
  async call<T extends CpuTask>(
    request: Extract<CpuRequest, { task: T }>,
    signal?: AbortSignal,
  ): Promise<CpuResults[T]> {
    signal?.throwIfAborted();
    if (this.#stopped) throw this.#stopped.reason;
    this.#worker ??= this.#start();
    const id = this.#nextId++;
    const answer = new Promise<CpuResults[T]>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    const abort = () => this.#stop(signal!.reason);
    signal?.addEventListener('abort', abort);
    try {
      this.#worker.postMessage({ id, ...request });
      return await answer;
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', abort);
    }
  }

  destroy(): void {
    this.#stop(new WorkerCrashError('The worker was stopped.'));
  }

  #start(): Worker {
    const worker = this.createWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<CpuReply>) => {
      const pending = this.#pending.get(data.id);
      if ('error' in data) pending?.reject(asThrown(data.name, data.error));
      else pending?.resolve(data.result as never);
    });
    const crashed = (what: string) =>
      this.#stop(new WorkerCrashError(`A CPU worker crashed: ${what || 'no details'}`));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      crashed(event.message);
    });
    worker.addEventListener('messageerror', () => crashed('a message could not be read'));
    return worker;
  }

  #stop(reason: unknown): void {
    this.#stopped ??= { reason };
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}

/** An error as the worker threw it: its class does not survive the message. */
function asThrown(name: string, message: string): Error {
  return name === 'HostMemoryError' ? new HostMemoryError(message) : new Error(message);
}

interface CpuWorkersOptions {
  readonly threads: number;
  readonly createWorker: () => Worker;
}

/** About 50 ms of reference work, in multiply-adds: so that progress moves and cancelling is quick. */
const BATCH_PRODUCTS = 2e7;

/**
 * The CPU side of a benchmark: makes the inputs, computes the float64 reference on all threads, and times
 * the plain path on one. All of it in workers, so the page never waits.
 */
export class CpuWorkers {
  readonly #threads: WorkerThread[];
  #case: BenchmarkCase | null = null;

  constructor(options: CpuWorkersOptions) {
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
  measurePeak(probe: CpuProbe, signal?: AbortSignal): Promise<CpuSamples[]> {
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
