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
  for (const [operand, count] of Object.entries(elementCounts(problem.shape))) {
    const bytes = count * BYTES_PER_ELEMENT;
    if (bytes <= available) continue;
    const extent = GROWS_WITH[operand as keyof typeof GROWS_WITH];
    const largest = Math.floor((problem.shape[extent] * available) / bytes);
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
