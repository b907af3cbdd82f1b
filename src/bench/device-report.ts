import type { Gpu } from '../webgpu/device';
import { type TimerResolution, measureTimerResolution } from '../webgpu/timing';
import type { DeviceReport } from './report';

/** Limits that decide what fits and how kernels are shaped. */
const REPORTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBuffersPerShaderStage',
] as const;

const measured = new WeakMap<Gpu, Promise<TimerResolution>>();

export function timerOf(gpu: Gpu): Promise<TimerResolution> {
  let timer = measured.get(gpu);
  if (!timer) {
    timer = measureTimerResolution(gpu);
    measured.set(gpu, timer);
    timer.catch(() => measured.delete(gpu));
  }
  return timer;
}

export async function readDeviceReport(gpu: Gpu): Promise<DeviceReport> {
  const { info } = gpu;
  const { vendor, architecture, device, description } = info;
  const subgroups = info as GPUAdapterInfo & { subgroupMinSize?: number; subgroupMaxSize?: number };
  return {
    vendor,
    architecture,
    device,
    description,
    software: isSoftwareAdapter(info),
    subgroupSizes: subgroups.subgroupMinSize
      ? [subgroups.subgroupMinSize, subgroups.subgroupMaxSize ?? subgroups.subgroupMinSize]
      : null,
    features: [...gpu.adapterFeatures].sort(),
    limits: Object.fromEntries(REPORTED_LIMITS.map((name) => [name, gpu.device.limits[name]])),
    timer: await timerOf(gpu),
    isolated: globalThis.crossOriginIsolated === true,
    userAgent: navigator.userAgent,
    logicalProcessors: navigator.hardwareConcurrency ?? 1,
  };
}

/** Whether an adapter runs on the CPU: some report it, others are known by name. */
export function isSoftwareAdapter(info: GPUAdapterInfo): boolean {
  const names = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`;
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(names);
}
