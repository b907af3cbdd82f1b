/**
 * Calls to a worker, as promises: many at a time, each with progress, abort and transfer. One channel
 * serves every worker of the project, in browsers and in Node.
 *
 * Both sides share a type that lists the tasks:
 *
 *     interface Tasks {
 *       load: { request: Source; result: void };
 *       rows: { request: { first: number }; result: Float32Array; progress: number };
 *     }
 */
export type TaskMap<Tasks> = { [Name in keyof Tasks]: Task };

interface Task {
  readonly request: unknown;
  readonly result: unknown;
  readonly progress?: unknown;
}

type ProgressOf<T extends Task> = T extends { readonly progress: infer P } ? P : never;

/** The page's end of a channel: a `Worker`, or what looks like one. */
export interface WorkerLike {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: string, listener: (event: any) => void): void;
  terminate(): unknown;
}

/** The worker's end of a channel: its global scope, or a port. */
export interface RpcPort {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: any) => void): void;
}

interface ErrorClass {
  readonly name: string;
  new (message: string): Error;
}

export interface RpcOptions {
  /** Named in messages: "The files worker crashed: …". */
  readonly name: string;
  /**
   * What an aborted signal does. `cancel` asks the worker to end that call. `terminate` ends the worker, and
   * with it every other call: for work that cannot be interrupted.
   */
  readonly onAbort?: 'cancel' | 'terminate';
  /** Errors that keep their class on the way back; others become `Error`s with the same name and message. */
  readonly errors?: readonly ErrorClass[];
}

export interface CallOptions<Progress> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly transfer?: Transferable[];
}

/** A worker died, could not start, or was stopped. */
export class WorkerCrashError extends Error {
  override name = 'WorkerCrashError';
}

type ToWorker =
  { readonly id: number; readonly task: string; readonly request: unknown } | { abort: number };

type FromWorker = { readonly id: number } & (
  { progress: unknown } | { result: unknown } | { error: { name: string; message: string } }
);

interface PendingCall {
  resolve(result: any): void;
  reject(error: unknown): void;
  onProgress?(progress: any): void;
}

/**
 * Calls one worker, which starts at the first call. Once it has stopped, for whatever reason, what it had
 * loaded is gone, so every later call rejects with that reason: make a new client.
 */
export class RpcClient<Tasks extends TaskMap<Tasks>> {
  #worker: WorkerLike | null = null;
  #stopped: { readonly reason: unknown } | null = null;
  #nextId = 0;
  readonly #pending = new Map<number, PendingCall>();

  constructor(
    private readonly createWorker: () => WorkerLike,
    private readonly options: RpcOptions,
  ) {}

  /** Whether an answer is still to come. */
  get isBusy(): boolean {
    return this.#pending.size > 0;
  }

  get hasStopped(): boolean {
    return this.#stopped !== null;
  }

  /**
   * @throws the signal's reason, at once; WorkerCrashError; what the task throws (see `errors`);
   * DataCloneError for a request that cannot be sent.
   */
  async call<Name extends keyof Tasks & string>(
    task: Name,
    request: Tasks[Name]['request'],
    { signal, onProgress, transfer }: CallOptions<ProgressOf<Tasks[Name]>> = {},
  ): Promise<Tasks[Name]['result']> {
    signal?.throwIfAborted();
    if (this.#stopped) throw this.#stopped.reason;
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    const answer = new Promise<Tasks[Name]['result']>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onProgress });
    });
    const abort = () => {
      if (this.options.onAbort === 'terminate') return this.#stop(signal!.reason);
      this.#pending.get(id)?.reject(signal!.reason);
      worker.postMessage({ abort: id } satisfies ToWorker);
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      worker.postMessage({ id, task, request } satisfies ToWorker, transfer);
      return await answer;
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', abort);
    }
  }

  destroy(): void {
    this.#stop(new WorkerCrashError(`The ${this.options.name} was stopped.`));
  }

  #start(): WorkerLike {
    const worker = this.createWorker();
    const crash = (detail: string | undefined) =>
      this.#stop(
        new WorkerCrashError(`The ${this.options.name} crashed: ${detail || 'no details'}`),
      );
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#receive(data));
    worker.addEventListener('error', (event: ErrorEvent) => {
      event.preventDefault?.();
      crash(event.message);
    });
    worker.addEventListener('messageerror', () => crash('a message could not be read'));
    return worker;
  }

  #receive(message: FromWorker): void {
    const call = this.#pending.get(message.id);
    if (!call) return;
    if ('progress' in message) call.onProgress?.(message.progress);
    else if ('error' in message) call.reject(this.#revive(message.error));
    else call.resolve(message.result);
  }

  #revive({ name, message }: { name: string; message: string }): Error {
    const known = this.options.errors?.find((one) => one.name === name);
    return known ? new known(message) : Object.assign(new Error(message), { name });
  }

  #stop(reason: unknown): void {
    this.#stopped ??= { reason };
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}

export interface CallContext<Progress> {
  /** Aborted when the caller's is, provided that the task gives the worker a chance to hear of it. */
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
  /** Push what the result hands over instead of copying. */
  readonly transfer: Transferable[];
}

export type TaskHandlers<Tasks extends TaskMap<Tasks>> = {
  [Name in keyof Tasks]: (
    request: Tasks[Name]['request'],
    context: CallContext<ProgressOf<Tasks[Name]>>,
  ) => Tasks[Name]['result'] | Promise<Tasks[Name]['result']>;
};

/** Answers a client's calls, in a worker. */
export function serveRpc<Tasks extends TaskMap<Tasks>>(
  port: RpcPort,
  handlers: TaskHandlers<Tasks>,
): void {
  const running = new Map<number, AbortController>();
  port.addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
    if ('abort' in data) {
      running.get(data.abort)?.abort();
      return;
    }
    const { id, task, request } = data;
    const abort = new AbortController();
    running.set(id, abort);
    const reply = (message: FromWorker, transfer: Transferable[] = []) =>
      port.postMessage(message, transfer);
    try {
      const transfer: Transferable[] = [];
      const result = await handlers[task as keyof Tasks](request, {
        signal: abort.signal,
        progress: (progress: unknown) => reply({ id, progress }),
        transfer,
      });
      reply({ id, result }, transfer);
    } catch (error) {
      const { name = 'Error', message = String(error) } = (error ?? {}) as Error;
      reply({ id, error: { name, message } });
    } finally {
      running.delete(id);
    }
  });
}
