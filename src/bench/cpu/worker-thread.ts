import { HostMemoryError } from './allocate';
import type { Reply, Request, Results, Task } from './protocol';

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
  async call<T extends Task>(
    request: Extract<Request, { task: T }>,
    signal?: AbortSignal,
  ): Promise<Results[T]> {
    signal?.throwIfAborted();
    if (this.#stopped) throw this.#stopped.reason;
    this.#worker ??= this.#start();
    const id = this.#nextId++;
    const answer = new Promise<Results[T]>((resolve, reject) => {
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
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
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
