/**
 * Waits for `promise`, or rejects with the signal's reason when that is first. What comes too late is
 * handed to `discard`, and what fails too late is nobody's any more.
 */
export function raceAbort<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  discard: (late: T) => void = () => {},
): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason);
      promise.then(discard, () => {});
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    // Before anyone learns of the result: what was handed over is not to be discarded.
    const settle = () => signal.removeEventListener('abort', abort);
    promise.finally(settle).then(resolve, reject);
  });
}

/** Options of work that can be aborted and reports how far it is. */
export interface WorkOptions {
  readonly signal?: AbortSignal;
  /** Share done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}
