/** A page that was scrolled has told of it by then. */
const SCROLL_MS = 300;

/**
 * Whether what an observer tells of scrolling counts: not while a page goes to a place, nor just after, for what
 * crossed the line on the way is told late.
 */
export class ScrollSpyGuard {
  #until = 0;

  get isIdle(): boolean {
    return performance.now() > this.#until;
  }

  /** A place is to be gone to, once it can be. */
  hold(): void {
    this.#until = Infinity;
  }

  /** It will not be, after all. */
  cancel(): void {
    if (this.#until === Infinity) this.#until = 0;
  }

  /** It is being gone to now. */
  start(): void {
    this.#until = performance.now() + SCROLL_MS;
  }
}
