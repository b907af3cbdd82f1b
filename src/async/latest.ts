/**
 * Runs one piece of work at a time, for the latest request alone: a new one aborts what runs, takes the place
 * of what waits, and starts as soon as the old one has let go. So however fast requests come, no stale work
 * queues up, and nothing of an older request happens after a newer one began.
 */
export class Latest<Request> {
  #waiting: { readonly request: Request } | null = null;
  #running: { readonly abort: AbortController; readonly since: number } | null = null;

  /**
   * `work` must end soon after its signal is aborted; what it throws then is dropped, else it goes to `failed`.
   * Work that is younger than `patienceMs` is left alone until it is as old: while requests come faster than
   * anything can be done, some of it is done all the same. `idle` is told when nothing runs or waits any more.
   */
  constructor(
    private readonly work: (request: Request, signal: AbortSignal) => Promise<void>,
    private readonly failed: (error: unknown, request: Request) => void,
    private readonly patienceMs = 0,
    private readonly idle: () => void = () => {},
  ) {}

  get isRunning(): boolean {
    return this.#running !== null;
  }

  request(request: Request): void {
    const isFirst = this.#waiting === null;
    this.#waiting = { request };
    const running = this.#running;
    if (!running) {
      void this.#run();
      return;
    }
    if (!isFirst) return;
    const abort = () =>
      running.abort.abort(new DOMException('A newer request came.', 'AbortError'));
    const wait = running.since + this.patienceMs - performance.now();
    if (wait > 0) setTimeout(abort, wait);
    else abort();
  }

  /** Ends what runs, and forgets what waits. */
  stop(): void {
    this.#waiting = null;
    this.#running?.abort.abort(new DOMException('Stopped.', 'AbortError'));
  }

  async #run(): Promise<void> {
    while (this.#waiting) {
      const { request } = this.#waiting;
      this.#waiting = null;
      const abort = new AbortController();
      this.#running = { abort, since: performance.now() };
      try {
        await this.work(request, abort.signal);
      } catch (error) {
        if (!abort.signal.aborted) this.failed(error, request);
      }
    }
    this.#running = null;
    this.idle();
  }
}
