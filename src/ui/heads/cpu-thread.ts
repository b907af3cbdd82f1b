import type { MapReadOptions } from '../../attention/maps/weight-map';
import type { CpuTask, CpuTasks, FromCpuWorker, ToCpuWorker } from './cpu-protocol';
import type { HeadWork } from './maps-host';

type CallOptions = HeadWork & Pick<MapReadOptions, 'onPart'>;

interface Pending extends CallOptions {
  resolve(result: never): void;
  reject(error: unknown): void;
}

/** One worker that answers requests with promises, and lets go of a request when it is aborted. */
export class CpuThread {
  #nextId = 0;
  readonly #pending = new Map<number, Pending>();
  readonly #worker = new Worker(new URL('./cpu-worker.ts', import.meta.url), {
    type: 'module',
    name: 'attention-heads',
  });
  #stopped: Error | null = null;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromCpuWorker>) =>
      this.#take(data),
    );
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#stop(new Error(`The CPU worker crashed: ${event.message || 'no details'}`));
    });
  }

  /** A worker that crashed answers nothing any more. */
  get hasStopped(): boolean {
    return this.#stopped !== null;
  }

  /** @throws the signal's reason at once when aborted; what the worker throws, by its name and message. */
  call<T extends CpuTask>(
    task: T,
    request: CpuTasks[T]['request'],
    options: CallOptions = {},
  ): Promise<CpuTasks[T]['result']> {
    const { signal } = options;
    if (this.#stopped) return Promise.reject(this.#stopped);
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = this.#nextId++;
    const answer = new Promise<CpuTasks[T]['result']>((resolve, reject) => {
      this.#pending.set(id, { ...options, resolve, reject });
    });
    this.#post({ task, id, ...request } as ToCpuWorker);
    const abort = () => {
      this.#pending.get(id)?.reject(signal!.reason);
      this.#post({ abort: id });
    };
    signal?.addEventListener('abort', abort, { once: true });
    const settle = () => {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', abort);
    };
    answer.then(settle, settle);
    return answer;
  }

  destroy(): void {
    this.#stop(new Error('The CPU worker was stopped.'));
  }

  #post(message: ToCpuWorker): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromCpuWorker): void {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if ('progress' in message) pending.onProgress?.(message.progress);
    else if ('part' in message) pending.onPart?.(message.part);
    else if ('result' in message) pending.resolve(message.result as never);
    else pending.reject(Object.assign(new Error(message.error), { name: message.name }));
  }

  #stop(reason: Error): void {
    this.#stopped ??= reason;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}
