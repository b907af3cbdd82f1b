import { type ElementType, bytesPerElement } from '../numeric/element-type';
import { LimitError, formatBytes } from '../webgpu/errors';
import type { Problem } from './problem';
import { type Shape, elementCounts } from './shape';

/** Extent that a buffer grows with, for each operand: what to shorten when it does not fit. */
const GROWS_WITH = {
  query: 'queryLength',
  key: 'keyLength',
  value: 'keyLength',
  output: 'queryLength',
  logSumExp: 'queryLength',
} as const satisfies Record<keyof ReturnType<typeof elementCounts>, keyof Shape>;

/** Bytes of operands and results. */
export function operandBytes(shape: Shape, type: ElementType): number {
  return operandSizes(shape, type).reduce((total, { bytes }) => total + bytes, 0);
}

type StorageLimits = Pick<GPUSupportedLimits, 'maxStorageBufferBindingSize' | 'maxBufferSize'>;

/** The limit that one storage buffer meets first, by name, and its bytes. */
export function storageLimit(limits: StorageLimits) {
  const limit =
    limits.maxBufferSize < limits.maxStorageBufferBindingSize
      ? 'maxBufferSize'
      : 'maxStorageBufferBindingSize';
  return { limit, available: limits[limit] } as const;
}

/**
 * Checks a problem against a device's limits before anything is allocated.
 * @throws LimitError naming the limit, and the largest length that would fit.
 */
export function assertFits(problem: Problem, limits: StorageLimits): void {
  const { limit, available } = storageLimit(limits);
  for (const { operand, extent, bytes } of operandSizes(problem.shape, problem.type)) {
    if (bytes <= available) continue;
    const largest = largestThatFits(problem, extent, available);
    const remedy =
      largest > 0
        ? `the largest ${extent} that fits is ${largest}`
        : `not even ${extent} 1 fits; use fewer heads or a smaller batch`;
    throw new LimitError(
      limit,
      bytes,
      available,
      `${operand} needs ${formatBytes(bytes)}, but this device's ${limit} is ${formatBytes(available)}; ${remedy}.`,
    );
  }
}

function operandSizes(shape: Shape, type: ElementType) {
  const counts = Object.entries(elementCounts(shape)) as [keyof typeof GROWS_WITH, number][];
  return counts.map(([operand, count]) => ({
    operand,
    extent: GROWS_WITH[operand],
    // The log-sum-exp is float32 whatever the operands are.
    bytes: count * bytesPerElement[operand === 'logSumExp' ? 'f32' : type],
  }));
}

/** The largest length at which all operands that grow with it fit: rows of values may be the longer ones. */
function largestThatFits({ shape, type }: Problem, extent: keyof Shape, available: number): number {
  const growing = operandSizes(shape, type).filter((operand) => operand.extent === extent);
  const bytesPerRow = Math.max(...growing.map(({ bytes }) => bytes)) / shape[extent];
  return Math.floor(available / bytesPerRow);
}
