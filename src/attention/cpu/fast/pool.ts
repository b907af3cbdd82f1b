import type { WorkOptions } from '../../../async/abort';
import { RpcClient, type WorkerLike } from '../../../async/rpc';
import { InputError } from '../../input-error';
import type { Problem } from '../../problem';
import {
  CONTROL,
  CONTROL_WORDS,
  type StoredOperands,
  areShared,
  fillMemory,
  type MemoryPlan,
  allocate,
  planMemory,
  type FastResult,
  copyResults,
  viewsOf,
} from './memory';
import { compileFast } from './module';
import { type NodeThread, nodeThreads } from './node-threads';
import { type PlainProblem, splitProblem, Units } from './problem';
import type { PoolTasks } from './serve';

/** A thread of Node that looks like a browser's worker. */
class NodeWorker implements WorkerLike {
  readonly #thread: NodeThread;

  constructor(url: URL) {
    this.#thread = new nodeThreads!.Worker(url);
  }

  postMessage(message: unknown): void {
    this.#thread.postMessage(message);
  }

  addEventListener(type: string, listener: (event: unknown) => void): void {
    this.#thread.on(type, (value) =>
      listener(type === 'message' ? { data: value } : { message: String(value) }),
    );
  }

  terminate(): void {
    this.#thread.terminate();
  }
}

/** A module worker; in Node, a worker thread. Bundlers look for this very expression, and only once. */
function createPoolWorker(): WorkerLike {
  const Worker = (globalThis.Worker ?? NodeWorker) as new (
    url: URL,
    options: WorkerOptions,
  ) => WorkerLike;
  return new Worker(new URL('./pool-worker.ts', import.meta.url), {
    type: 'module',
    name: 'attention-simd',
  });
}

export interface PoolOptions {
  /** By default the number of processors, and at most eight. */
  readonly threads?: number;
  readonly createWorker?: () => WorkerLike;
}

export interface RunOptions extends WorkOptions {
  /** Units to compute (see `Units`); all by default. */
  readonly units?: Int32Array;
}

const MAX_THREADS = 8;
const PROGRESS_MS = 50;
const PIECES = 32;

/**
 * The fast CPU path on several threads, which share memory and take units of work from one counter. A page that
 * is not cross-origin isolated cannot share memory: there it is one thread, to which operands are copied.
 */
export class FastPool {
  readonly threads: number;
  readonly #shared = globalThis.crossOriginIsolated ?? nodeThreads !== undefined;
  readonly #workers: RpcClient<PoolTasks>[];
  #loaded: { problem: PlainProblem; plan: MemoryPlan; memory: WebAssembly.Memory | null } | null =
    null;

  constructor({ threads, createWorker = createPoolWorker }: PoolOptions = {}) {
    const count = threads ?? Math.min(MAX_THREADS, globalThis.navigator?.hardwareConcurrency ?? 1);
    this.threads = this.#shared ? Math.max(1, count) : 1;
    this.#workers = Array.from(
      { length: this.threads },
      () => new RpcClient<PoolTasks>(createWorker, { name: 'CPU worker' }),
    );
  }

  /**
   * Loads a problem: copies its operands to WebAssembly's memory, on all threads if they are shared, and fills
   * the output with NaN, so that anything left out is visible.
   * @throws SimdUnavailableError; LimitError beyond 4 GiB; RangeError where there is no memory; InputError
   * for masks with gaps in a row and for score modifiers, whose functions cannot be sent to other threads
   * (`fastAttention` accepts them).
   */
  async load(problem: Problem, operands: StoredOperands): Promise<void> {
    this.#expectIdle();
    const { plain, functions } = splitProblem(problem);
    if (functions) {
      const what = functions.scoreModifiers.length > 0 ? 'scoreModifiers' : 'mask';
      throw new InputError(what, 'a function of each score', 'masks of one run of keys a row');
    }
    const plan = planMemory(problem.shape, this.threads);
    const { module } = await compileFast(this.#shared);
    const memory = this.#shared ? allocate(plan, true) : null;
    const copyHere = memory && !areShared(operands);
    if (copyHere)
      fillMemory(viewsOf(problem.shape, plan, memory), operands, { index: 0, count: 1 });
    this.#loaded = { problem: plain, plan, memory };
    await Promise.all(
      this.#workers.map((worker, thread) =>
        worker.call('load', {
          module,
          plan,
          problem: plain,
          thread,
          memory,
          operands: copyHere ? null : operands,
          part: { index: thread, count: this.threads },
        }),
      ),
    );
  }

  get units(): Units {
    return new Units(this.#require().problem.shape);
  }

  /**
   * Computes, and returns the time from the first unit's start to the last one's end.
   * @throws the signal's reason, once all threads have stopped.
   */
  async run(options: RunOptions = {}): Promise<{ milliseconds: number }> {
    options.signal?.throwIfAborted();
    const { memory } = this.#require();
    this.#expectIdle();
    const milliseconds = await (memory
      ? this.#runTogether(memory, options)
      : this.#runAlone(options));
    options.signal?.throwIfAborted();
    options.onProgress?.(1);
    return { milliseconds };
  }

  /** All threads take units from one counter, until none are left or the run is stopped. */
  async #runTogether(
    memory: WebAssembly.Memory,
    { units, signal, onProgress }: RunOptions,
  ): Promise<number> {
    const control = new Int32Array(memory.buffer, 0, CONTROL_WORDS);
    Atomics.store(control, CONTROL.stop, 0);
    Atomics.store(control, CONTROL.next, 0);
    const stop = () => void Atomics.store(control, CONTROL.stop, 1);
    const total = units?.length ?? this.units.count;
    const report = () => onProgress?.(Math.min(1, Atomics.load(control, CONTROL.next) / total));
    const timer = onProgress && setInterval(report, PROGRESS_MS);
    signal?.addEventListener('abort', stop);
    try {
      const times = await Promise.all(this.#workers.map((worker) => this.#compute(worker, units)));
      const start = Math.min(...times.map((time) => time.start));
      return Math.max(...times.map((time) => time.end)) - start;
    } finally {
      clearInterval(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** A thread with its own memory receives no messages while it works, so it gets a piece at a time. */
  async #runAlone({ units, signal, onProgress }: RunOptions): Promise<number> {
    const all = units ?? Int32Array.from({ length: this.units.count }, (_, i) => i);
    const piece = onProgress || signal ? Math.ceil(all.length / PIECES) : all.length;
    let milliseconds = 0;
    for (let first = 0; first < all.length; first += piece) {
      signal?.throwIfAborted();
      const { start, end } = await this.#compute(this.#workers[0], all.slice(first, first + piece));
      milliseconds += end - start;
      onProgress?.(first / all.length);
    }
    return milliseconds;
  }

  #compute(worker: RpcClient<PoolTasks>, units: Int32Array | undefined) {
    return worker.call('run', { units: units ?? null });
  }

  /** Copies the results so far, of all rows or of some (flat indices). */
  async read(rows: Int32Array | null = null): Promise<FastResult> {
    const { memory, problem, plan } = this.#require();
    if (!memory) return this.#workers[0].call('read', { rows });
    return copyResults(viewsOf(problem.shape, plan, memory), problem, rows);
  }

  destroy(): void {
    for (const worker of this.#workers) worker.destroy();
    this.#loaded = null;
  }

  /** Concurrent calls would share one counter and one output. */
  #expectIdle(): void {
    if (this.#workers.some(({ isBusy }) => isBusy)) {
      throw new Error('the pool is busy with another call');
    }
  }

  #require() {
    if (!this.#loaded) throw new Error('no problem is loaded');
    return this.#loaded;
  }
}
