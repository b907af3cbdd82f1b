/** Work of a frame that leaves the page its own share of it. */
const SLICE_MS = 8;

/** Goes through a generator a little each frame, so that the page stays at hand; a new one ends the old. */
export class Slices<Step> {
  private frame = 0;

  /** Calls `show` once a frame with the latest step, and whether it was the last. */
  start(steps: Iterator<Step>, show: (latest: Step, isDone: boolean) => void): void {
    this.stop();
    // Of a frame before, where the end comes after the last step.
    let latest: Step | undefined;
    const go = () => {
      const until = performance.now() + SLICE_MS;
      let isDone = false;
      do {
        const next = steps.next();
        isDone = next.done === true;
        if (!isDone) latest = next.value;
      } while (!isDone && performance.now() < until);
      if (!isDone) this.frame = requestAnimationFrame(go);
      if (latest !== undefined) show(latest, isDone);
    };
    this.frame = requestAnimationFrame(go);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
  }
}
