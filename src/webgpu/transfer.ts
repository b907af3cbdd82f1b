import type { ElementType } from '../numeric/float16';
import type { Gpu } from './device';
import type { CountedBuffer } from './buffers';

/** Size of one copy: small enough not to delay a frame. */
const PIECE_BYTES = 4 * 2 ** 20;

/** Copies host data to a buffer in pieces. Its byte length must be a multiple of four. */
export function upload(
  gpu: Gpu,
  buffer: CountedBuffer,
  data: Float32Array | Uint16Array | Uint32Array,
): Promise<void> {
  const { byteLength } = data;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, byteLength);
  // Some engines reject shared memory in writeBuffer, so each piece is copied first.
  const isShared = !(data.buffer instanceof ArrayBuffer);
  const copy = new Uint8Array(isShared ? Math.min(PIECE_BYTES, byteLength) : 0);
  return writeInPieces(gpu, buffer, byteLength, (offset, size) => {
    const piece = bytes.subarray(offset, offset + size);
    if (!isShared) return piece;
    copy.set(piece);
    return copy.subarray(0, size);
  });
}

/** A float32 word with NaN in every element: for float16, in both halves. */
const NAN_WORD: Readonly<Record<ElementType, number>> = { f32: 0x7fc00000, f16: 0x7e007e00 };

/** Fills a buffer with NaN, to reveal elements that a kernel does not write. */
export function fillWithNaN(gpu: Gpu, buffer: CountedBuffer, type: ElementType): Promise<void> {
  const piece = new Uint32Array(Math.min(PIECE_BYTES, buffer.size) / 4).fill(NAN_WORD[type]);
  const bytes = new Uint8Array(piece.buffer);
  return writeInPieces(gpu, buffer, buffer.size, (_offset, size) => bytes.subarray(0, size));
}

async function writeInPieces(
  gpu: Gpu,
  buffer: CountedBuffer,
  bytes: number,
  pieceAt: (offset: number, size: number) => Uint8Array,
): Promise<void> {
  for (let offset = 0; offset < bytes; offset += PIECE_BYTES) {
    const size = Math.min(PIECE_BYTES, bytes - offset);
    const piece = pieceAt(offset, size) as Uint8Array<ArrayBuffer>;
    gpu.device.queue.writeBuffer(buffer.raw, offset, piece);
    // Wait for the GPU before queuing the next piece, so the page stays responsive and memory stays bounded.
    const last = offset + size === bytes;
    if (!last) await gpu.raceLoss(gpu.device.queue.onSubmittedWorkDone());
  }
}

/** Copies a buffer's first `size` bytes to host memory, through pooled staging buffers. */
export async function download(
  gpu: Gpu,
  buffer: CountedBuffer,
  size = buffer.size,
): Promise<ArrayBuffer> {
  const result = new Uint8Array(size);
  for (let offset = 0; offset < size; offset += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, size - offset);
    const staging = await gpu.staging.acquire(length);
    try {
      const encoder = gpu.device.createCommandEncoder({ label: `read ${buffer.label}` });
      encoder.copyBufferToBuffer(buffer.raw, offset, staging.raw, 0, length);
      gpu.device.queue.submit([encoder.finish()]);
      await gpu.raceLoss(staging.raw.mapAsync(GPUMapMode.READ, 0, length));
      result.set(new Uint8Array(staging.raw.getMappedRange(0, length)), offset);
      staging.raw.unmap();
    } finally {
      gpu.staging.release(staging);
    }
  }
  return result.buffer;
}
