import { BufferPool, Buffers } from './buffers';
import { DeviceLostError, GpuUnavailableError } from './errors';
import { Pipelines } from './pipelines';

/** A subgroup matrix configuration: (M × K) · (K × N), added to M × N. */
export interface SubgroupMatrixConfig {
  readonly M: number;
  readonly N: number;
  readonly K: number;
  readonly componentType: string;
  readonly resultComponentType: string;
}

/** Missing from `@webgpu/types`: an extension of Chrome and Dawn, behind a flag. */
declare global {
  interface GPUAdapterInfo {
    readonly subgroupMatrixConfigs?: Iterable<SubgroupMatrixConfig>;
  }
}

export interface OpenOptions {
  /** Where to request adapters; `navigator.gpu` by default. In Node, pass Dawn's. */
  readonly gpu?: GPU;
  readonly powerPreference?: GPUPowerPreference;
  /** Called for errors that no scope caught. They are bugs: pages show them and tests fail on them. */
  readonly onUncapturedError?: (error: Error) => void;
}

/** Limits requested at the adapter's maximum. All others keep WebGPU's defaults. */
const RAISED_LIMITS = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupStorageSize',
] as const;

/** Features requested if the adapter has them. */
const WANTED_FEATURES = [
  'timestamp-query',
  'shader-f16',
  'subgroups',
  // An extension, available in Chrome where unsafe APIs are enabled.
  'chromium-experimental-subgroup-matrix' as GPUFeatureName,
] as const;

/** What users can do in Chrome if there is no adapter. */
const NO_WEBGPU =
  'This browser has no WebGPU. Chrome and Edge have it from version 113 on, Safari from 26, Firefox from 141 ' +
  '(on Windows); the page must be served over https or from localhost.';
const NO_ADAPTER =
  'WebGPU found no graphics adapter. The driver may be blocked or missing (see chrome://gpu), or hardware ' +
  'acceleration is off in the browser settings.';

/**
 * Opens a device on a new adapter.
 * @throws GpuUnavailableError with the reason.
 */
export async function openDevice(options: OpenOptions = {}): Promise<Gpu> {
  const gpu = options.gpu ?? globalThis.navigator?.gpu;
  if (!gpu) throw new GpuUnavailableError(NO_WEBGPU);
  const { powerPreference = 'high-performance' } = options;
  const adapter = await gpu.requestAdapter({ powerPreference });
  if (!adapter) throw new GpuUnavailableError(NO_ADAPTER);
  const requiredLimits = Object.fromEntries(
    RAISED_LIMITS.map((name) => [name, adapter.limits[name]]),
  );
  const requiredFeatures = WANTED_FEATURES.filter((name) => adapter.features.has(name));
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({ label: 'attention', requiredFeatures, requiredLimits });
  } catch (cause) {
    throw new GpuUnavailableError(`The adapter gave no device: ${(cause as Error).message}`, {
      cause,
    });
  }
  const opened = new Gpu(device, adapter, options.onUncapturedError);
  entryPoints.set(opened, gpu);
  return opened;
}

/**
 * Dawn in Node stops settling promises once its entry point is collected, so it must live as long as the
 * device.
 */
const entryPoints = new WeakMap<Gpu, GPU>();

/** An open device with its buffers and pipelines, which are lost with it. */
export class Gpu {
  readonly buffers: Buffers;
  /** Mappable buffers for reading results back. */
  readonly staging: BufferPool;
  readonly pipelines: Pipelines;
  readonly info: GPUAdapterInfo;
  readonly adapterFeatures: ReadonlySet<string>;
  /** Resolves when the device is lost, for whatever reason. */
  readonly lost: Promise<DeviceLostError>;
  #lostError: DeviceLostError | null = null;
  readonly #waiters = new Set<(error: Error) => void>();

  constructor(
    readonly device: GPUDevice,
    adapter: GPUAdapter,
    onUncapturedError: (error: Error) => void = (error) => console.error(error),
  ) {
    this.buffers = new Buffers(device);
    this.staging = new BufferPool(
      this.buffers,
      'staging',
      GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    );
    this.pipelines = new Pipelines(device);
    this.info = adapter.info;
    this.adapterFeatures = new Set(adapter.features);
    this.lost = device.lost.then((info) => {
      this.#lostError = new DeviceLostError({
        reason: info.reason || 'unknown',
        message: info.message,
      });
      for (const giveUp of this.#waiters) giveUp(this.#lostError);
      return this.#lostError;
    });
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault();
      onUncapturedError(new Error(`Uncaptured GPU error: ${event.error.message}`));
    });
  }

  get isLost(): boolean {
    return this.#lostError !== null;
  }

  /** Call before starting new work. @throws DeviceLostError */
  assertAlive(): void {
    if (this.#lostError) throw this.#lostError;
  }

  /** Waits for `promise`, but rejects with DeviceLostError if the device is lost first. */
  async raceLoss<T>(promise: Promise<T>): Promise<T> {
    let giveUp!: (error: Error) => void;
    const lost = new Promise<never>((_, reject) => (giveUp = reject));
    // A list rather than a chain on `lost`: that promise lives as long as the device and would retain every
    // waiter.
    this.#waiters.add(giveUp);
    try {
      const result = await Promise.race([promise, lost]);
      this.assertAlive();
      return result;
    } catch (error) {
      // Mapping a buffer rejects just before the loss is announced; wait for the better error.
      await new Promise((resolve) => setTimeout(resolve, 0));
      throw this.#lostError ?? error;
    } finally {
      this.#waiters.delete(giveUp);
    }
  }

  destroy(): void {
    this.staging.destroy();
    this.device.destroy();
  }
}

/** Provides one device and opens a new one after a loss, on the next request and only once. */
export class DeviceSource {
  #opening: Promise<Gpu> | null = null;

  constructor(
    private readonly options: OpenOptions = {},
    private readonly open: (options: OpenOptions) => Promise<Gpu> = openDevice,
  ) {}

  /** The device, opened by the first call and shared by concurrent calls. A failure is not cached. */
  async acquire(): Promise<Gpu> {
    const current = this.#opening;
    if (current) {
      const gpu = await current;
      if (!gpu.isLost) return gpu;
      // Several callers may see the same loss; the first replaces the device for all.
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
