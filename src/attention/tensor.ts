import type { CountedBuffer } from '../webgpu/buffers';
import type { Gpu } from '../webgpu/device';
import { download, upload } from '../webgpu/transfer';
import { InputError } from './input-error';

/** Float32 values on the GPU, row-major. Free it with `destroy`, or with `using`-like scopes of your own. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly buffer: CountedBuffer;
  /** Copies the values to the host. */
  read(): Promise<Float32Array>;
  destroy(): void;
}

const USAGE = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/**
 * Makes a tensor on the GPU, filled with `data` or with zeros.
 * @throws InputError when shape and data disagree; OutOfMemoryError; DeviceLostError.
 */
export async function createTensor(
  gpu: Gpu,
  shape: readonly number[],
  data?: Float32Array,
  label = 'tensor',
): Promise<Tensor> {
  gpu.assertAlive();
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (!shape.every((extent) => Number.isInteger(extent) && extent > 0)) {
    throw new InputError('shape', shape, 'whole numbers above 0');
  }
  if (data && data.length !== count) {
    throw new InputError('data', `${data.length} values`, `${count} values for shape [${shape}]`);
  }
  const buffer = await gpu.buffers.create(label, count * 4, USAGE());
  try {
    if (data) await upload(gpu, buffer, data);
  } catch (error) {
    buffer.destroy();
    throw error;
  }
  return {
    shape,
    buffer,
    read: async () => new Float32Array(await download(gpu, buffer)),
    destroy: () => buffer.destroy(),
  };
}
