import { OutOfMemoryError, withErrorScopes } from './errors';

/** A GPU buffer that is counted until it is destroyed. */
export interface CountedBuffer {
  readonly raw: GPUBuffer;
  readonly label: string;
  readonly size: number;
  readonly destroyed: boolean;
  /** Frees it; a second call does nothing. */
  destroy(): void;
}

/** Creates a device's buffers and counts them, so that leaks are visible. */
export class Buffers {
  /** Number of live buffers, and their bytes. */
  count = 0;
  bytes = 0;

  constructor(private readonly device: GPUDevice) {}

  /** @throws OutOfMemoryError with label and size; GpuValidationError. */
  async create(label: string, size: number, usage: GPUBufferUsageFlags): Promise<CountedBuffer> {
    const raw = await withErrorScopes(
      this.device,
      () => this.device.createBuffer({ label, size, usage }),
      (cause) => new OutOfMemoryError(label, size, { cause }),
    );
    this.count++;
    this.bytes += size;
    let alive = true;
    const destroy = () => {
      if (!alive) return;
      alive = false;
      this.count--;
      this.bytes -= size;
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

/** Destroys everything added to it, in reverse order. */
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

/** Returns what `work` makes; destroys what it added to the cleanup if it fails. */
export async function destroyOnError<T>(work: (owned: Cleanup) => Promise<T>): Promise<T> {
  const owned = new Cleanup();
  try {
    return await work(owned);
  } catch (error) {
    owned.destroy();
    throw error;
  }
}

/** Destroys what `work` added to the cleanup once it has ended, however it ended. */
export async function destroyAfter<T>(work: (owned: Cleanup) => Promise<T>): Promise<T> {
  const owned = new Cleanup();
  try {
    return await work(owned);
  } finally {
    owned.destroy();
  }
}

/** Idle buffers that a pool keeps for reuse. */
const MAX_IDLE = 4;
const MIN_BYTES = 256;

/** Buffers of one usage, reused so that frequent short work allocates nothing. */
export class BufferPool {
  readonly #idle: CountedBuffer[] = [];

  constructor(
    private readonly buffers: Buffers,
    private readonly label: string,
    private readonly usage: GPUBufferUsageFlags,
    /** Buffers more than this many times larger than needed are left to larger work. */
    private readonly maxExcess = Infinity,
  ) {}

  /** An unmapped buffer of at least `size` bytes. Return it with `release`. */
  async acquire(size: number): Promise<CountedBuffer> {
    const rounded = Math.max(MIN_BYTES, 2 ** Math.ceil(Math.log2(size)));
    const fits = (idle: CountedBuffer) =>
      idle.size >= size && idle.size <= this.maxExcess * rounded;
    const fitting = this.#idle.findIndex(fits);
    if (fitting >= 0) return this.#idle.splice(fitting, 1)[0];
    return this.buffers.create(this.label, rounded, this.usage);
  }

  release(buffer: CountedBuffer): void {
    // A failed or interrupted read may leave the buffer mapped or pending, so it cannot be reused.
    if (buffer.raw.mapState !== 'unmapped') return buffer.destroy();
    this.#idle.push(buffer);
    this.#idle.sort((a, b) => a.size - b.size);
    while (this.#idle.length > MAX_IDLE) this.#idle.shift()!.destroy();
  }

  destroy(): void {
    for (const buffer of this.#idle.splice(0)) buffer.destroy();
  }
}
