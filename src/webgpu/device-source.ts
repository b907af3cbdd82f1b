import { type Gpu, type OpenOptions, openDevice } from './device';

/**
 * Hands out one device and opens a new one when it was lost. A loss is answered by one new device on the
 * next request, not by a loop of attempts.
 */
export class DeviceSource {
  #opening: Promise<Gpu> | null = null;

  constructor(
    private readonly options: OpenOptions = {},
    private readonly open: (options: OpenOptions) => Promise<Gpu> = openDevice,
  ) {}

  /** The device, opened at the first call. Requests in flight share it; a failure is not remembered. */
  async acquire(): Promise<Gpu> {
    const current = this.#opening;
    if (current) {
      const gpu = await current;
      if (!gpu.isLost) return gpu;
      // Several callers may see the same loss: the first of them replaces it for all.
      if (this.#opening === current) this.#opening = null;
    }
    if (!this.#opening) {
      const opening = this.open(this.options);
      this.#opening = opening;
      opening.catch(() => {
        if (this.#opening === opening) this.#opening = null;
      });
    }
    return this.#opening;
  }
}
