import { type Shape, elementCounts } from '../../attention/shape';
import { formatBytes } from '../../webgpu/errors';
import type { HostOperands } from './protocol';

/** The host has no memory for a case's operands. */
export class HostMemoryError extends Error {
  override name = 'HostMemoryError';
}

/** Zeros for a case's operands, in memory that threads share or not. @throws HostMemoryError. */
export function allocateOperands(shape: Shape, shared: boolean): HostOperands {
  const { query, key, value } = elementCounts(shape);
  return {
    query: allocateFloats(query, shared),
    key: allocateFloats(key, shared),
    value: allocateFloats(value, shared),
  };
}

function allocateFloats(count: number, shared: boolean): Float32Array {
  const bytes = 4 * count;
  try {
    return new Float32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  } catch (cause) {
    throw new HostMemoryError(`The page got no memory for ${formatBytes(bytes)} of inputs.`, {
      cause,
    });
  }
}
