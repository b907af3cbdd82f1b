import { vi } from 'vitest';
import { Gpu } from '../../src/webgpu/device';

/**
 * A GPU of plain memory: queues copy bytes, passes record what was encoded, and readbacks map. It stands
 * in where a test is about the code around the GPU.
 */
export class FakeDevice extends EventTarget {
  readonly limits = {} as GPUSupportedLimits;
  readonly features = new Set<string>();
  /** Errors that the next `createBuffer` raises in its scope. */
  failures: Partial<Record<GPUErrorFilter, string>> = {};
  /** What queries resolve to, in order: [begin, end] in nanoseconds. */
  timestamps: [bigint, bigint][] = [];
  /** Largest single `writeBuffer`, and submissions so far. */
  largestWrite = 0;
  submissions = 0;
  readonly alive = new Set<GPUBuffer>();
  readonly lost: Promise<GPUDeviceLostInfo>;
  lose!: (info: { reason: string; message: string }) => void;
  readonly #scopes: { filter: GPUErrorFilter; error: GPUError | null }[] = [];

  constructor() {
    super();
    this.lost = new Promise((resolve) => (this.lose = resolve as FakeDevice['lose']));
  }

  pushErrorScope(filter: GPUErrorFilter) {
    this.#scopes.push({ filter, error: null });
  }

  popErrorScope(): Promise<GPUError | null> {
    const scope = this.#scopes.pop();
    return scope ? Promise.resolve(scope.error) : Promise.reject(new Error('no scope to pop'));
  }

  get openScopes() {
    return this.#scopes.length;
  }

  #raise() {
    for (const [filter, message] of Object.entries(this.failures)) {
      const scope = this.#scopes.findLast((candidate) => candidate.filter === filter);
      if (scope) scope.error ??= { message } as GPUError;
    }
    this.failures = {};
  }

  createBuffer({ label = '', size }: GPUBufferDescriptor): GPUBuffer {
    this.#raise();
    const bytes = new Uint8Array(size);
    const buffer = {
      label,
      size,
      bytes,
      mapState: 'unmapped',
      mapAsync: async () => void (buffer.mapState = 'mapped'),
      getMappedRange: (offset: number, length: number) =>
        bytes.slice(offset, offset + length).buffer,
      unmap: () => (buffer.mapState = 'unmapped'),
      destroy: () => this.alive.delete(buffer as unknown as GPUBuffer),
    };
    this.alive.add(buffer as unknown as GPUBuffer);
    return buffer as unknown as GPUBuffer;
  }

  createQuerySet = () => ({ destroy: () => {} });

  createCommandEncoder() {
    const commands: (() => void)[] = [];
    return {
      beginComputePass: () => ({ end: () => {} }),
      resolveQuerySet: (_set: unknown, _first: number, _count: number, into: GPUBuffer) =>
        commands.push(() => {
          const pair = this.timestamps.shift() ?? [0n, 0n];
          bytesOf(into).set(new Uint8Array(new BigUint64Array(pair).buffer));
        }),
      copyBufferToBuffer: (
        from: GPUBuffer,
        fromOffset: number,
        to: GPUBuffer,
        toOffset: number,
        size: number,
      ) =>
        commands.push(() =>
          bytesOf(to).set(bytesOf(from).subarray(fromOffset, fromOffset + size), toOffset),
        ),
      finish: () => commands,
    };
  }

  readonly queue = {
    submit: (lists: (() => void)[][]) => {
      this.submissions++;
      for (const command of lists.flat()) command();
    },
    writeBuffer: (buffer: GPUBuffer, offset: number, data: Uint8Array) => {
      this.largestWrite = Math.max(this.largestWrite, data.byteLength);
      bytesOf(buffer).set(data, offset);
    },
    onSubmittedWorkDone: () => Promise.resolve(),
  };

  destroy() {
    this.lose({ reason: 'destroyed', message: '' });
  }
}

export const bytesOf = (buffer: GPUBuffer) => (buffer as unknown as { bytes: Uint8Array }).bytes;

/** WebGPU's constants, which Node lacks. */
export function stubConstants() {
  const flags = { MAP_READ: 1, COPY_SRC: 4, COPY_DST: 8, STORAGE: 128, QUERY_RESOLVE: 512 };
  vi.stubGlobal('GPUBufferUsage', flags);
  vi.stubGlobal('GPUMapMode', { READ: 1 });
}

/** An open `Gpu` on a device of plain memory. */
export function openFakeGpu() {
  stubConstants();
  const device = new FakeDevice();
  const uncaptured: Error[] = [];
  const adapter = { info: {}, features: new Set() } as unknown as GPUAdapter;
  const gpu = new Gpu(device as unknown as GPUDevice, adapter, (error) => uncaptured.push(error));
  return { gpu, device, uncaptured };
}
