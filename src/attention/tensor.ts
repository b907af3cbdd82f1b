import { type CountedBuffer, destroyOnError } from '../webgpu/buffers';
import type { Gpu } from '../webgpu/device';
import { download, upload } from '../webgpu/transfer';
import {
  type ElementType,
  bytesPerElement,
  decodeElements,
  encodeElements,
} from '../numeric/float16';
import { InputError } from './input-error';

/** Values on the GPU, row-major. Free them with `destroy`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly buffer: CountedBuffer;
  /** Copies the values to host memory. */
  read(): Promise<Float32Array>;
  destroy(): void;
}

export interface TensorOptions {
  /** Shown in error messages and GPU tools. */
  readonly label?: string;
  /** f16 rounds the values to float16 once and needs `shader-f16`. f32 by default. */
  readonly type?: ElementType;
}

const USAGE = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/**
 * Creates a tensor on the GPU from `data`, or filled with zeros.
 * @throws InputError if shape and data disagree; OutOfMemoryError; DeviceLostError.
 */
export async function createTensor(
  gpu: Gpu,
  shape: readonly number[],
  data?: Float32Array,
  { label = 'tensor', type = 'f32' }: TensorOptions = {},
): Promise<Tensor> {
  gpu.assertAlive();
  assertType(type, gpu.device);
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (!shape.every((extent) => Number.isInteger(extent) && extent >= 0)) {
    throw new InputError('shape', shape, 'whole numbers from 0 on');
  }
  if (data && data.length !== count) {
    throw new InputError('data', `${data.length} values`, `${count} values for shape [${shape}]`);
  }
  // Copies work on whole 4-byte words, and a buffer cannot be empty although a cache may be.
  const bytes = Math.max(1, Math.ceil((count * bytesPerElement[type]) / 4)) * 4;
  const buffer = await destroyOnError(async (owned) => {
    const created = owned.add(await gpu.buffers.create(label, bytes, USAGE()));
    if (data) await upload(gpu, created, encodeElements(data, type));
    return created;
  });
  return {
    shape,
    type,
    buffer,
    read: async () => decodeElements(await download(gpu, buffer), type, count),
    destroy: () => buffer.destroy(),
  };
}

/** @throws InputError for a missing or destroyed tensor. */
export function assertUsable(name: string, tensor: Tensor | undefined): void {
  if (!tensor) throw new InputError(name, tensor, 'a tensor');
  if (tensor.buffer.destroyed) throw new InputError(name, 'destroyed', 'a tensor that is not');
}

/** @throws InputError if the device does not support the type. */
export function assertType(type: ElementType, device: Pick<GPUDevice, 'features'>): void {
  if (type === 'f16' && !device.features.has('shader-f16')) {
    throw new InputError('type', type, "'f32', as this device has no shader-f16");
  }
}
