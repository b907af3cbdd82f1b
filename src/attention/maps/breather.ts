/** What a page can do without for one frame. */
const BUSY_MS = 12;

/** Lets long work on the main thread give way now and then. */
export class Breather {
  #since = performance.now();

  constructor(private readonly signal: AbortSignal | undefined) {}

  /** Whether it is time to `breathe`. */
  get isDue(): boolean {
    return performance.now() - this.#since >= BUSY_MS;
  }

  /** Gives others a turn. @throws the signal's reason when aborted. */
  async breathe(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.signal?.throwIfAborted();
    this.#since = performance.now();
  }
}
