import type { CountedBuffer } from './buffers';
import type { Gpu } from './device';

/** Two 64-bit timestamps: start and end of a compute pass, in nanoseconds. */
const BYTES = 16;

/** Times compute passes with timestamps at their edges. */
export class PassTimer {
  private constructor(
    private readonly gpu: Gpu,
    private readonly set: GPUQuerySet,
    private readonly resolved: CountedBuffer,
  ) {}

  /** Null if the device has no timestamps; use the wall clock then. */
  static async create(gpu: Gpu): Promise<PassTimer | null> {
    if (!gpu.device.features.has('timestamp-query')) return null;
    const set = gpu.device.createQuerySet({ label: 'pass timer', type: 'timestamp', count: 2 });
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    return new PassTimer(gpu, set, await gpu.buffers.create('pass timer', BYTES, usage));
  }

  get timestampWrites(): GPUComputePassTimestampWrites {
    return { querySet: this.set, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
  }

  /** Copies the pass's timestamps to `into`. Call it on the same encoder, after the pass has ended. */
  resolve(encoder: GPUCommandEncoder, into: CountedBuffer): void {
    encoder.resolveQuerySet(this.set, 0, 2, this.resolved.raw, 0);
    encoder.copyBufferToBuffer(this.resolved.raw, 0, into.raw, 0, BYTES);
  }

  /** Reads the copied timestamps, [start, end] in nanoseconds, once the submission has finished. */
  async read(from: CountedBuffer): Promise<[bigint, bigint]> {
    await this.gpu.raceLoss(from.raw.mapAsync(GPUMapMode.READ, 0, BYTES));
    const [begin, end] = new BigUint64Array(from.raw.getMappedRange(0, BYTES));
    from.raw.unmap();
    return [begin, end];
  }

  acquireStaging(): Promise<CountedBuffer> {
    return this.gpu.staging.acquire(BYTES);
  }

  destroy(): void {
    this.set.destroy();
    this.resolved.destroy();
  }
}

/** Submits one compute pass; `timing` copies its timestamps to a staging buffer. */
export function submitPass(
  { device }: Gpu,
  label: string,
  timing: { readonly timer: PassTimer; readonly staging: CountedBuffer } | null,
  encode: (pass: GPUComputePassEncoder) => void,
): void {
  const encoder = device.createCommandEncoder({ label });
  const timestampWrites = timing?.timer.timestampWrites;
  const pass = encoder.beginComputePass({ label, timestampWrites });
  encode(pass);
  pass.end();
  timing?.timer.resolve(encoder, timing.staging);
  device.queue.submit([encoder.finish()]);
}

export interface TimerResolution {
  readonly kind: 'timestamps' | 'wall';
  readonly resolutionMs: number;
}

/** The smallest step between two readings of the device's clock, which browsers coarsen. */
export async function measureTimerResolution(gpu: Gpu | null): Promise<TimerResolution> {
  const timer = gpu && (await PassTimer.create(gpu));
  if (!timer) return { kind: 'wall', resolutionMs: wallResolution() };
  try {
    return { kind: 'timestamps', resolutionMs: Number(await smallestStep(gpu, timer)) / 1e6 };
  } finally {
    timer.destroy();
  }
}

async function smallestStep(gpu: Gpu, timer: PassTimer): Promise<bigint> {
  const readings: bigint[] = [];
  const staging = await timer.acquireStaging();
  try {
    // Empty passes take microseconds; 48 of them span several steps of the coarsest clock.
    for (let i = 0; i < 48; i++) {
      submitPass(gpu, 'timer resolution', { timer, staging }, () => {});
      readings.push(...(await timer.read(staging)));
    }
  } finally {
    gpu.staging.release(staging);
  }
  const sorted = BigUint64Array.from(readings).sort();
  const steps = sorted.map((reading, i) => (i > 0 ? reading - sorted[i - 1] : 0n));
  // If the clock never moved, assume the coarsest that browsers use.
  return steps.filter((step) => step > 0n).sort()[0] ?? 100_000n;
}

function wallResolution(): number {
  let smallest = Infinity;
  for (let i = 0; i < 20; i++) {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    smallest = Math.min(smallest, now - start);
  }
  return smallest;
}
