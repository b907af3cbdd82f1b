import type { Buffers, CountedBuffer } from './buffers';

/** Idle staging buffers kept for reuse. */
const KEPT = 4;
const SMALLEST = 256;

/** Mappable buffers for reading results back. They are reused, so reading often costs no allocation. */
export class Staging {
  readonly #idle: CountedBuffer[] = [];

  constructor(private readonly buffers: Buffers) {}

  /** A buffer of at least `size` bytes, unmapped. Give it back with `release`. */
  async acquire(size: number): Promise<CountedBuffer> {
    const fitting = this.#idle.findIndex((buffer) => buffer.size >= size);
    if (fitting >= 0) return this.#idle.splice(fitting, 1)[0];
    const rounded = Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(size)));
    return this.buffers.create(
      `staging ${rounded}`,
      rounded,
      GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    );
  }

  release(buffer: CountedBuffer): void {
    // A failed or interrupted read may leave it mapped or pending: such a buffer is not reused.
    if (buffer.raw.mapState !== 'unmapped') {
      buffer.destroy();
      return;
    }
    this.#idle.push(buffer);
    this.#idle.sort((a, b) => a.size - b.size);
    while (this.#idle.length > KEPT) this.#idle.shift()!.destroy();
  }

  destroy(): void {
    for (const buffer of this.#idle.splice(0)) buffer.destroy();
  }
}
