import { type NodeThread, nodeThreads } from './node-threads';
import type { WorkerLike } from './pool-thread';

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
export function createPoolWorker(): WorkerLike {
  const Worker = (globalThis.Worker ?? NodeWorker) as new (
    url: URL,
    options: WorkerOptions,
  ) => WorkerLike;
  return new Worker(new URL('./pool-worker.ts', import.meta.url), {
    type: 'module',
    name: 'attention-simd',
  });
}
