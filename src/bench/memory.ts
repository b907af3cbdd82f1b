import { operandBytes } from '../attention/fit';
import { kernels } from '../attention/kernels/index';
import type { Gpu } from '../webgpu/device';
import { LimitError, formatBytes } from '../webgpu/errors';
import { type BenchmarkCase, problemOfCase } from './case';

/** Copies of the operands while a case runs: the host's and the device's. */
const COPIES = 2;

/**
 * Refuses a case that would not fit into the memory a page may count on, before anything is allocated.
 * @throws LimitError with the largest length that fits.
 */
export function assertMemory(
  benchmarkCase: BenchmarkCase,
  memoryBytes: number,
  gpu: Gpu | null,
): void {
  const { shape } = benchmarkCase;
  const operands = COPIES * operandBytes(shape);
  const needed = operands + (gpu ? scratchBytes(benchmarkCase, gpu) : 0);
  if (needed <= memoryBytes) return;
  const extent = shape.keyLength >= shape.queryLength ? 'keyLength' : 'queryLength';
  const largest = Math.floor((shape[extent] * memoryBytes) / needed);
  throw new LimitError(
    'memory',
    needed,
    memoryBytes,
    `This takes ${formatBytes(needed)} of memory, and the page counts on ${formatBytes(memoryBytes)} ` +
      `(half of what the browser reports); ` +
      (largest > 0
        ? `the largest ${extent} that fits is about ${largest}.`
        : 'use fewer heads or a smaller batch.'),
  );
}

function scratchBytes(benchmarkCase: BenchmarkCase, gpu: Gpu): number {
  const problem = problemOfCase(benchmarkCase);
  return Math.max(0, ...kernels.map((kernel) => kernel.scratchBytes(problem, gpu.device.limits)));
}
