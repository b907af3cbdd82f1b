import type { Reply, Request, Results, Task } from './protocol';

/** A worker's other end, as browsers make it. */
export interface WorkerLike {
  postMessage(message: Request): void;
  addEventListener(type: string, listener: (event: any) => void): void;
  terminate(): unknown;
}

/** One thread of a pool. It is asked one thing at a time. */
export class PoolThread {
  #settle: { resolve(result: never): void; reject(error: unknown): void } | null = null;
  #failure: Error | null = null;

  constructor(private readonly worker: WorkerLike) {
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      const settle = this.#settle;
      this.#settle = null;
      if ('error' in data)
        settle?.reject(Object.assign(new Error(data.error), { name: data.name }));
      else settle?.resolve(data.result as never);
    });
    worker.addEventListener('error', (event: ErrorEvent) => {
      event.preventDefault?.();
      this.#fail(new Error(`A CPU worker crashed: ${event.message || 'no details'}`));
    });
    worker.addEventListener('messageerror', () =>
      this.#fail(new Error('A CPU worker crashed: a message could not be read')),
    );
  }

  /** Whether an answer is still to come. */
  get busy(): boolean {
    return this.#settle !== null;
  }

  call<T extends Task>(request: Extract<Request, { task: T }>): Promise<Results[T]> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.worker.postMessage(request);
    });
  }

  destroy(): void {
    this.#fail(new Error('The pool was destroyed.'));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.worker.terminate();
    this.#settle?.reject(error);
    this.#settle = null;
  }
}
