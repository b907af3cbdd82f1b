import type { Kernel } from '../../attention/kernels/kernel';
import type { Gpu } from '../../webgpu/device';
import type { TypeName } from '../settings-types';

/** What kernels would need and this machine does not have, as a sentence; null where nothing is missing. */
export function missingForKernels(gpu: Gpu | null, dtype: TypeName): string | null {
  if (!gpu) return 'WebGPU is not available here.';
  if (dtype === 'f32' || gpu.device.features.has('shader-f16')) return null;
  return 'This device has no shader-f16, which float16 needs; float32 runs here.';
}

/** What this kernel alone would need and the device does not have, as a sentence; null where nothing is missing. */
export function missingForKernel(gpu: Gpu, { name, lacks }: Kernel): string | null {
  const lack = lacks?.(gpu);
  return lack ? `This device has no ${lack}, which ${name} needs.` : null;
}
