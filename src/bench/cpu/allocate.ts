import { type Shape, elementCounts } from '../../attention/shape';
import { formatBytes } from '../../webgpu/errors';
import type { TypeName } from '../settings-types';
import { type HostOperands, type OperandName, type StoredOperands, operandNames } from './protocol';

/** The host has no memory for a case's operands. */
export class HostMemoryError extends Error {
  override name = 'HostMemoryError';
}

/** Zeros for a case's operands, in memory that threads share or not. @throws HostMemoryError. */
export function allocateOperands(shape: Shape, shared: boolean): HostOperands {
  const counts = elementCounts(shape);
  return forEachOperand((name) => new Float32Array(allocate(4 * counts[name], shared)));
}

/**
 * Where to put a case's operands as the GPU stores them: the same place for float32, bits beside it for
 * float16, with one more where their number is odd: GPU copies go by whole words. @throws HostMemoryError.
 */
export function allocateStored(
  operands: HostOperands,
  dtype: TypeName,
  shared: boolean,
): StoredOperands {
  if (dtype === 'f32') return operands;
  return forEachOperand(
    (name) => new Uint16Array(allocate(4 * Math.ceil(operands[name].length / 2), shared)),
  );
}

function forEachOperand<T>(make: (name: OperandName) => T): Record<OperandName, T> {
  return Object.fromEntries(operandNames.map((name) => [name, make(name)])) as never;
}

function allocate(bytes: number, shared: boolean): ArrayBufferLike {
  try {
    return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  } catch (cause) {
    throw new HostMemoryError(`The page got no memory for ${formatBytes(bytes)} of inputs.`, {
      cause,
    });
  }
}
