import { DeviceSource } from '../webgpu/device';
import { DeviceLostError, GpuUnavailableError } from '../webgpu/errors';
import { CpuWorkers } from './cpu/workers';
import { readDeviceReport } from './device-report';
import type { DeviceReport } from './report';

/** The devices and memory of a benchmark. Tests use their own; the page's is `browserEnvironment`. */
export interface Environment {
  readonly devices: DeviceSource;
  createCpuWorkers(): CpuWorkers;
  /** Bytes that one case may take in all; larger ones are refused before anything is allocated. */
  readonly memoryBytes: number;
}

const MAX_THREADS = 8;
/** Browsers report memory in rough steps up to 8 GiB, or not at all. */
const ASSUMED_MEMORY_GIB = 4;

const browser = globalThis.navigator as Navigator & { readonly deviceMemory?: number };

/** The page's device and workers. All runs share the device, which is replaced when it was lost. */
export const browserEnvironment: Environment = {
  // Uncaught GPU errors are shown like any other uncaught error.
  devices: new DeviceSource({ onUncapturedError: (error) => globalThis.reportError(error) }),
  createCpuWorkers() {
    const threads = Math.max(1, Math.min(MAX_THREADS, browser?.hardwareConcurrency ?? 1));
    return new CpuWorkers(
      threads,
      () =>
        new Worker(new URL('./cpu/worker.ts', import.meta.url), {
          type: 'module',
          name: 'attention-cpu',
        }),
    );
  },
  memoryBytes: (browser?.deviceMemory ?? ASSUMED_MEMORY_GIB) * 2 ** 29,
};

/** The page's device; null where there is none. */
export async function describeCurrentDevice(): Promise<DeviceReport | null> {
  try {
    return await readDeviceReport(await browserEnvironment.devices.acquire());
  } catch (error) {
    if (error instanceof GpuUnavailableError || error instanceof DeviceLostError) return null;
    throw error;
  }
}
