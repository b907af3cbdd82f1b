import { errorMessage } from './error-message';

/** An element that shows what a task computes. Lit's `ReactiveControllerHost` is one. */
export interface TaskHost {
  addController(controller: { hostConnected?(): void; hostDisconnected?(): void }): void;
  requestUpdate(): void;
}

export interface TaskContext<Value> {
  readonly signal: AbortSignal;
  /** Sets `value`, once or several times while it grows. What a superseded run publishes is dropped. */
  readonly publish: (value: Value) => void;
}

export interface LatestTaskOptions<Request> {
  /**
   * A younger run is not aborted before it is this old: while requests come faster than anything can be
   * computed, some results are shown all the same. Milliseconds; 0 by default.
   */
  readonly minRunMs?: number;
  /** Whether two requests mean the same, so that the second changes nothing. Identity by default. */
  readonly isSame?: (a: Request, b: Request) => boolean;
  /** Called for each failure that no newer request has superseded, after `error` is set. */
  readonly onError?: (error: unknown, request: Request) => void;
}

/**
 * Runs one request at a time, the latest alone: a new request aborts the current run, replaces any that waits,
 * and starts as soon as the old run has ended. So no stale work queues up, and nothing of an older request
 * happens after a newer one began. The last value stays until there is a newer one. A run that its element's
 * removal cut short starts again when the element comes back.
 */
export class LatestTask<Request, Value = void> {
  value: Value | null = null;
  error: unknown = null;
  #latest: { readonly request: Request; state: 'open' | 'published' | 'done' } | null = null;
  #isWaiting = false;
  #running: { readonly abort: AbortController; readonly since: number } | null = null;

  /** `work` must end soon after its signal is aborted. What it throws then is dropped. */
  constructor(
    private readonly host: TaskHost,
    private readonly work: (request: Request, context: TaskContext<Value>) => Promise<void>,
    private readonly options: LatestTaskOptions<Request> = {},
  ) {
    host.addController(this);
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** The latest request; null before the first, and after `reset`. */
  get request(): Request | null {
    return this.#latest?.request ?? null;
  }

  /** Whether `value` belongs to the latest request. */
  get isCurrent(): boolean {
    return this.#latest !== null && this.#latest.state !== 'open';
  }

  /** Whether the latest request was carried out to its end. */
  get isDone(): boolean {
    return this.#latest?.state === 'done';
  }

  /** The failure in words; empty where there is none. */
  get message(): string {
    return this.error === null ? '' : errorMessage(this.error);
  }

  /** Runs this request, unless it is the same as the latest. */
  run(request: Request): void {
    const isSame = this.options.isSame ?? Object.is;
    if (this.#latest && isSame(this.#latest.request, request)) return;
    this.#start(request);
  }

  /** Runs the latest request once more. */
  retry(): void {
    if (this.#latest) this.#start(this.#latest.request);
  }

  /** Aborts the current run and forgets the request, its value and its failure. */
  reset(): void {
    this.stop();
    this.#latest = null;
    this.value = null;
    this.error = null;
    this.host.requestUpdate();
  }

  /** Aborts the current run, and drops a request that waits for it. */
  stop(): void {
    this.#isWaiting = false;
    this.#running?.abort.abort(new DOMException('Stopped.', 'AbortError'));
  }

  hostConnected(): void {
    if (this.#latest && !this.isDone && this.error === null) this.#start(this.#latest.request);
  }

  hostDisconnected(): void {
    this.stop();
  }

  #start(request: Request): void {
    this.error = null;
    this.#latest = { request, state: 'open' };
    this.host.requestUpdate();
    const isFirst = !this.#isWaiting;
    this.#isWaiting = true;
    const running = this.#running;
    if (!running) {
      void this.#runAll();
      return;
    }
    if (!isFirst) return;
    const abort = () =>
      running.abort.abort(new DOMException('Superseded by a newer request.', 'AbortError'));
    const wait = running.since + (this.options.minRunMs ?? 0) - performance.now();
    if (wait > 0) setTimeout(abort, wait);
    else abort();
  }

  async #runAll(): Promise<void> {
    while (this.#isWaiting) {
      this.#isWaiting = false;
      const current = this.#latest!;
      const abort = new AbortController();
      const { signal } = abort;
      this.#running = { abort, since: performance.now() };
      const publish = (value: Value) => {
        if (signal.aborted) return;
        this.value = value;
        current.state = 'published';
        this.host.requestUpdate();
      };
      try {
        await this.work(current.request, { signal, publish });
        if (!signal.aborted) current.state = 'done';
      } catch (error) {
        if (!signal.aborted) {
          this.error = error;
          this.options.onError?.(error, current.request);
        }
      }
    }
    this.#running = null;
    this.host.requestUpdate();
  }
}
