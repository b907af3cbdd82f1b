import { LimitError, formatBytes } from '../webgpu/errors';
import type { Problem } from './problem';
import { type Shape, elementCounts } from './shape';

const BYTES_PER_ELEMENT = 4;

/** Extent that a buffer grows with, for each operand: what to shorten when it does not fit. */
const GROWS_WITH = {
  query: 'queryLength',
  key: 'keyLength',
  value: 'keyLength',
  output: 'queryLength',
  logSumExp: 'queryLength',
} as const satisfies Record<keyof ReturnType<typeof elementCounts>, keyof Shape>;

/** Bytes of operands and results. */
export function operandBytes(shape: Shape): number {
  const counts = Object.values(elementCounts(shape));
  return BYTES_PER_ELEMENT * counts.reduce((total, count) => total + count, 0);
}

/**
 * Checks a problem against a device's limits before anything is allocated.
 * @throws LimitError naming the limit, and the largest length that would fit.
 */
export function assertFits(
  problem: Problem,
  limits: Pick<GPUSupportedLimits, 'maxStorageBufferBindingSize' | 'maxBufferSize'>,
): void {
  const limit =
    limits.maxBufferSize < limits.maxStorageBufferBindingSize
      ? 'maxBufferSize'
      : 'maxStorageBufferBindingSize';
  const available = limits[limit];
  for (const { operand, extent, bytes } of operandSizes(problem.shape)) {
    if (bytes <= available) continue;
    const largest = largestThatFits(problem.shape, extent, available);
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

function operandSizes(shape: Shape) {
  const counts = Object.entries(elementCounts(shape)) as [keyof typeof GROWS_WITH, number][];
  return counts.map(([operand, count]) => ({
    operand,
    extent: GROWS_WITH[operand],
    bytes: count * BYTES_PER_ELEMENT,
  }));
}

/** The largest length at which all operands that grow with it fit: rows of values may be the longer ones. */
function largestThatFits(shape: Shape, extent: keyof Shape, available: number): number {
  const growing = operandSizes(shape).filter((operand) => operand.extent === extent);
  const bytesPerRow = Math.max(...growing.map(({ bytes }) => bytes)) / shape[extent];
  return Math.floor(available / bytesPerRow);
}
