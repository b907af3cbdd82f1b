import { Buffers, Staging } from './buffers';
import { DeviceLostError, GpuUnavailableError } from './errors';
import { Pipelines } from './pipelines';

/** A kind of subgroup matrices that a device has: (M × K) · (K × N), added to M × N. */
export interface SubgroupMatrixConfig {
  readonly M: number;
  readonly N: number;
  readonly K: number;
  readonly componentType: string;
  readonly resultComponentType: string;
}

/** What `@webgpu/types` does not know yet: an extension of Chrome and Dawn, behind a flag there. */
declare global {
  interface GPUAdapterInfo {
    readonly subgroupMatrixConfigs?: Iterable<SubgroupMatrixConfig>;
  }
}

export interface OpenOptions {
  /** Where adapters come from; `navigator.gpu` unless told. Dawn's in Node. */
  readonly gpu?: GPU;
  readonly powerPreference?: GPUPowerPreference;
  /** Called for errors that no scope caught. They are bugs: the page shows them, tests fail on them. */
  readonly onUncapturedError?: (error: Error) => void;
}

/** Limits asked for as high as the adapter goes. All others stay at WebGPU's defaults. */
const RAISED_LIMITS = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupStorageSize',
] as const;

/** Features asked for where the adapter has them. */
const WANTED_FEATURES = [
  'timestamp-query',
  'shader-f16',
  'subgroups',
  // An extension: Chrome has it where unsafe APIs are enabled.
  'chromium-experimental-subgroup-matrix' as GPUFeatureName,
] as const;

/** Where Chrome keeps the texts that help when there is no adapter. */
const NO_WEBGPU =
  'This browser has no WebGPU. Chrome and Edge have it from version 113 on, Safari from 26, Firefox from 141 ' +
  '(on Windows); the page must be served over https or from localhost.';
const NO_ADAPTER =
  'WebGPU found no graphics adapter. The driver may be blocked or missing (see chrome://gpu), or hardware ' +
  'acceleration is off in the browser settings.';

/**
 * Opens a device on a fresh adapter.
 * @throws GpuUnavailableError saying what is missing.
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

/** Dawn in Node answers no promise any more once its entry point is collected: it lives as long as the device. */
const entryPoints = new WeakMap<Gpu, GPU>();

/** An open device with everything that belongs to it. All of it goes when the device is lost. */
export class Gpu {
  readonly buffers: Buffers;
  readonly staging: Staging;
  readonly pipelines: Pipelines;
  readonly info: GPUAdapterInfo;
  readonly adapterFeatures: ReadonlySet<string>;
  /** Settles once, when the device is lost, for whatever reason. */
  readonly lost: Promise<DeviceLostError>;
  #lostError: DeviceLostError | null = null;
  readonly #waiters = new Set<(error: Error) => void>();

  constructor(
    readonly device: GPUDevice,
    adapter: GPUAdapter,
    onUncapturedError: (error: Error) => void = (error) => console.error(error),
  ) {
    this.buffers = new Buffers(device);
    this.staging = new Staging(this.buffers);
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

  /** Throws if the device is gone: the first line of anything that starts new work. */
  assertAlive(): void {
    if (this.#lostError) throw this.#lostError;
  }

  /** Waits for `promise`, or rejects with DeviceLostError when the device goes first. */
  async raceLoss<T>(promise: Promise<T>): Promise<T> {
    let giveUp!: (error: Error) => void;
    const lost = new Promise<never>((_, reject) => (giveUp = reject));
    // Waiters are listed, not chained to `lost`: that promise lives as long as the device, and would keep
    // each of them.
    this.#waiters.add(giveUp);
    try {
      const result = await Promise.race([promise, lost]);
      this.assertAlive();
      return result;
    } catch (error) {
      // A map rejects a moment before the loss is announced: wait for the better explanation.
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
