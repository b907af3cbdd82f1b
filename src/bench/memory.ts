import { assertFits, operandBytes } from '../attention/fit';
import type { Kernel } from '../attention/kernels/kernel';
import type { Shape } from '../attention/layout';
import { LimitError, formatBytes } from '../webgpu/errors';
import { type BenchmarkCase, problemOfCase } from './case';
import type { ElementType } from '../numeric/float16';

/**
 * Bytes of operands and results while a case runs: the device's, and the host's as they are stored, to
 * upload and to read back. The host computes in float32, so it holds float16 decoded as well.
 */
export function residentBytes(shape: Shape, dtype: ElementType): number {
  const decoded = dtype === 'f32' ? 0 : operandBytes(shape, 'f32');
  return 2 * operandBytes(shape, dtype) + decoded;
}

/** What a case has to fit into. */
export interface MemoryLimits {
  /** Bytes that the page may count on. */
  readonly memoryBytes: number;
  /** The kernel with its device's limits; null for a contestant that does without a GPU. */
  readonly gpu: { readonly kernel: Kernel; readonly limits: GPUSupportedLimits } | null;
}

/**
 * Refuses a case that a device cannot hold, or that would not fit into the memory a page may count on,
 * before anything is allocated.
 * @throws LimitError naming the limit, and the lengths that do fit.
 */
export function assertEnoughMemory(benchmarkCase: BenchmarkCase, room: MemoryLimits): void {
  const error = shortage(benchmarkCase, room);
  if (!error) return;
  const length = longestThatFits(benchmarkCase, room);
  const remedy =
    length > 0
      ? `With no more than ${length} queries and keys it fits.`
      : 'Not even one query and one key fit: use fewer heads or a smaller batch.';
  const { limit, needed, available, message } = error;
  throw new LimitError(limit, needed, available, `${message} ${remedy}`);
}

function shortage(benchmarkCase: BenchmarkCase, room: MemoryLimits): LimitError | null {
  try {
    if (room.gpu) assertFits(problemOfCase(benchmarkCase), room.gpu.limits);
    assertMemory(benchmarkCase, room);
    return null;
  } catch (error) {
    if (error instanceof LimitError) return error;
    throw error;
  }
}

function assertMemory(benchmarkCase: BenchmarkCase, { memoryBytes, gpu }: MemoryLimits): void {
  const { shape, dtype } = benchmarkCase;
  const scratch = gpu?.kernel.scratchBytes(problemOfCase(benchmarkCase), gpu.limits) ?? 0;
  const needed = residentBytes(shape, dtype) + scratch;
  if (needed <= memoryBytes) return;
  throw new LimitError(
    'memory',
    needed,
    memoryBytes,
    `This takes ${formatBytes(needed)} of memory, and the page counts on ${formatBytes(memoryBytes)} ` +
      '(half of what the browser reports).',
  );
}

/** The largest length that queries and keys may have at most: halving, as it only gets tighter. */
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
