import { OutOfMemoryError } from './errors';
import { underErrorScopes } from './scope';

/** A GPU buffer that is counted while it lives. */
export interface CountedBuffer {
  readonly raw: GPUBuffer;
  readonly label: string;
  readonly size: number;
  readonly destroyed: boolean;
  /** Frees it; a second call does nothing. */
  destroy(): void;
}

/** Creates a device's buffers and counts them, so that a leak shows as a number that grows. */
export class Buffers {
  #count = 0;
  #bytes = 0;

  constructor(private readonly device: GPUDevice) {}

  /** Buffers alive now. */
  get count(): number {
    return this.#count;
  }

  /** Bytes alive now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @throws OutOfMemoryError with label and size; GpuValidationError. */
  async create(label: string, size: number, usage: GPUBufferUsageFlags): Promise<CountedBuffer> {
    const raw = await underErrorScopes(
      this.device,
      () => this.device.createBuffer({ label, size, usage }),
      (cause) => new OutOfMemoryError(label, size, { cause }),
    );
    this.#count++;
    this.#bytes += size;
    let alive = true;
    const destroy = () => {
      if (!alive) return;
      alive = false;
      this.#count--;
      this.#bytes -= size;
      raw.destroy();
    };
    return {
      raw,
      label,
      size,
      destroy,
      get destroyed() {
        return !alive;
      },
    };
  }
}

/** Destroys whatever it was given, in reverse order: for the `finally` of a piece of work. */
export class Cleanup {
  readonly #owned: { destroy(): void }[] = [];

  add<T extends { destroy(): void }>(owned: T): T {
    this.#owned.push(owned);
    return owned;
  }

  destroy(): void {
    while (this.#owned.length > 0) this.#owned.pop()!.destroy();
  }
}
