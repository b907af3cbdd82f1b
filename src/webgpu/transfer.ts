import type { Gpu } from './device';
import type { CountedBuffer } from './buffers';

/** One piece of a transfer: small enough that copying it does not hold up a frame. */
const PIECE_BYTES = 8 * 2 ** 20;
/** Uploads wait for the queue this often, so that pieces in flight do not pile up in memory. */
const FLUSH_BYTES = 64 * 2 ** 20;

/** Copies host data into a buffer, in pieces. Its byte length must be a multiple of four. */
export async function upload(
  gpu: Gpu,
  buffer: CountedBuffer,
  data: Float32Array | Uint16Array | Uint32Array,
): Promise<void> {
  let sinceFlush = 0;
  for (let offset = 0; offset < data.byteLength; offset += PIECE_BYTES) {
    const size = Math.min(PIECE_BYTES, data.byteLength - offset);
    const bytes = new Uint8Array(data.buffer, data.byteOffset + offset, size);
    // writeBuffer refuses shared memory in some engines: copy that one piece out first.
    const piece = data.buffer instanceof ArrayBuffer ? bytes : bytes.slice();
    gpu.device.queue.writeBuffer(buffer.raw, offset, piece as Uint8Array<ArrayBuffer>);
    sinceFlush += size;
    if (sinceFlush >= FLUSH_BYTES) {
      await gpu.unlessLost(gpu.device.queue.onSubmittedWorkDone());
      sinceFlush = 0;
    }
  }
}

/** Copies a buffer's first `size` bytes to the host, through the device's pooled staging buffers. */
export async function download(gpu: Gpu, buffer: CountedBuffer, size = buffer.size): Promise<ArrayBuffer> {
  const result = new Uint8Array(size);
  for (let offset = 0; offset < size; offset += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, size - offset);
    const staging = await gpu.staging.acquire(length);
    try {
      const encoder = gpu.device.createCommandEncoder({ label: `read ${buffer.label}` });
      encoder.copyBufferToBuffer(buffer.raw, offset, staging.raw, 0, length);
      gpu.device.queue.submit([encoder.finish()]);
      await gpu.unlessLost(staging.raw.mapAsync(GPUMapMode.READ, 0, length));
      result.set(new Uint8Array(staging.raw.getMappedRange(0, length)), offset);
      staging.raw.unmap();
    } finally {
      gpu.staging.release(staging);
    }
  }
  return result.buffer;
}
