import { formatBytes } from '../../webgpu/errors';

/** The host has no memory for a case's operands. */
export class HostMemoryError extends Error {
  override name = 'HostMemoryError';
}

/** `count` zeros, in memory that threads share or not. @throws HostMemoryError. */
export function allocateFloats(count: number, shared: boolean): Float32Array {
  const bytes = 4 * count;
  try {
    return new Float32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  } catch (cause) {
    throw new HostMemoryError(`The page got no memory for ${formatBytes(bytes)} of inputs.`, {
      cause,
    });
  }
}
