import { unlessAborted } from '../../webgpu/abort';
import type { Gpu } from '../../webgpu/device';

/**
 * Takes turns at a device: pieces of several maps that are read at once follow one another, so that each
 * measures its own pace, and a small window does not wait for a whole overview.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when it is its turn. @throws the signal's reason when aborted first; what `work` throws. */
  async take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const mine = this.#last.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    this.#last = mine.catch(() => {});
    return unlessAborted(mine, signal);
  }
}

const turns = new WeakMap<Gpu, Turns>();

/** One line for each device. */
export function turnsOf(gpu: Gpu): Turns {
  let found = turns.get(gpu);
  if (!found) turns.set(gpu, (found = new Turns()));
  return found;
}
