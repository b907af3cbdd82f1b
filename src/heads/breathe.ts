/** Longest stretch of work between turns of the event loop, in milliseconds: within a frame's. */
const STRETCH = 12;

/**
 * For long work on a thread that must answer: call what this returns between short pieces. It lets others
 * have their turn when it is time, and rejects with the signal's reason.
 */
export function breather(signal?: AbortSignal): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    signal?.throwIfAborted();
    if (performance.now() - since < STRETCH) return undefined;
    return new Promise<void>((resolve) => setTimeout(resolve)).then(() => {
      since = performance.now();
      signal?.throwIfAborted();
    });
  };
}
