/** Longest that work blocks its thread before it yields. */
const SLICE_MS = 12;

/** Lets the event loop handle what waits: input, painting, messages. Browsers delay nested timers, but not messages. */
export const yieldToMain = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Divides long work into slices, so that its thread stays responsive: ask after each short piece. */
export class TimeSlice {
  #since = performance.now();

  constructor(private readonly signal?: AbortSignal) {}

  get isOver(): boolean {
    return performance.now() - this.#since >= SLICE_MS;
  }

  /**
   * Yields once the slice is over; undefined, so that nothing need be awaited, while it is not.
   * @throws the signal's reason when aborted.
   */
  yieldIfOver(): Promise<void> | undefined {
    this.signal?.throwIfAborted();
    return this.isOver ? this.yield() : undefined;
  }

  /** Yields in any case. @throws the signal's reason when aborted. */
  async yield(): Promise<void> {
    await yieldToMain();
    this.signal?.throwIfAborted();
    this.#since = performance.now();
  }
}
