import { assertFits, operandBytes } from '../attention/fit';
import type { Kernel } from '../attention/kernels/kernel';
import type { Shape } from '../attention/layout';
import { LimitError, formatBytes } from '../webgpu/errors';
import { type BenchmarkCase, problemOfCase } from './case';
import type { ElementType } from '../numeric/float16';

/**
 * Bytes of operands and results while a case runs: on the device, and on the host encoded for upload and download. The
 * host computes in float32, so it also holds float16 operands decoded.
 */
export function residentBytes(shape: Shape, dtype: ElementType): number {
  const decoded = dtype === 'f32' ? 0 : operandBytes(shape, 'f32');
  return 2 * operandBytes(shape, dtype) + decoded;
}

export interface MemoryLimits {
  /** Bytes that the page may use. */
  readonly memoryBytes: number;
  /** The kernel with its device's limits; null for a CPU implementation. */
  readonly gpu: { readonly kernel: Kernel; readonly limits: GPUSupportedLimits } | null;
}

/**
 * Refuses a case that exceeds the device's limits or the page's memory, before anything is allocated.
 * @throws LimitError naming the limit, and the length that would fit.
 */
export function assertEnoughMemory(benchmarkCase: BenchmarkCase, room: MemoryLimits): void {
  const error = shortage(benchmarkCase, room);
  if (!error) return;
  const length = longestThatFits(benchmarkCase, room);
  const remedy =
    length > 0
      ? `It would fit with at most ${length} queries and keys.`
      : 'Not even a single query and key fit: use fewer heads or a smaller batch.';
  const { limit, needed, available, message } = error;
  throw new LimitError(limit, needed, available, `${message} ${remedy}`);
}

function shortage(
  benchmarkCase: BenchmarkCase,
  { gpu, memoryBytes }: MemoryLimits,
): LimitError | null {
  const problem = problemOfCase(benchmarkCase);
  try {
    if (gpu) assertFits(problem, gpu.limits);
  } catch (error) {
    if (error instanceof LimitError) return error;
    throw error;
  }
  const scratch = gpu?.kernel.scratchBytes(problem, gpu.limits) ?? 0;
  const needed = residentBytes(benchmarkCase.shape, benchmarkCase.dtype) + scratch;
  if (needed <= memoryBytes) return null;
  const message =
    `This needs ${formatBytes(needed)} of memory, but the page may use only ${formatBytes(memoryBytes)} ` +
    '(half of what the browser reports).';
  return new LimitError('memory', needed, memoryBytes, message);
}

/** The largest cap on both lengths with which the case fits, by bisection. */
function longestThatFits(benchmarkCase: BenchmarkCase, room: MemoryLimits): number {
  const { shape } = benchmarkCase;
  const { queryLength, keyLength } = shape;
  let fits = 0;
  let tooLong = Math.max(queryLength, keyLength);
  while (tooLong - fits > 1) {
    const length = Math.floor((fits + tooLong) / 2);
    const shorter = {
      ...shape,
      queryLength: Math.min(queryLength, length),
      keyLength: Math.min(keyLength, length),
    };
    if (shortage({ ...benchmarkCase, shape: shorter }, room)) tooLong = length;
    else fits = length;
  }
  return fits;
}
