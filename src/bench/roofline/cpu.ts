import type { CpuHost } from '../cpu/host';
import { WorkerCrashError } from '../cpu/worker-thread';
import type { CeilingReport } from '../report';
import type { CpuProbe, CpuSamples } from './cpu-probe';

const CEILINGS = [
  { name: 'cpu-fma', unit: 'FLOP/s', probe: 'fma' },
  { name: 'cpu-memory', unit: 'B/s', probe: 'memory' },
] as const satisfies readonly (Pick<CeilingReport, 'name' | 'unit'> & { probe: CpuProbe })[];

/**
 * Measures what the processors can do at most, all at once, in WebAssembly SIMD.
 * @throws WorkerCrashError; the signal's reason.
 */
export async function measureCpuCeilings(
  host: CpuHost,
  signal?: AbortSignal,
): Promise<CeilingReport[]> {
  const reports: CeilingReport[] = [];
  for (const { name, unit, probe } of CEILINGS) {
    try {
      reports.push({ name, unit, ...together(await host.loadToLimit(probe, signal)) });
    } catch (error) {
      if (signal?.aborted || error instanceof WorkerCrashError) throw error;
      reports.push({ name, unit, message: (error as Error).message });
    }
  }
  return reports;
}

/** All threads' work as one: in each window their rates add up. */
export function together(threads: readonly CpuSamples[]) {
  const work = threads.reduce((total, thread) => total + thread.work, 0);
  const samples = threads[0].milliseconds.map((_, window) => {
    const rate = threads.reduce(
      (total, thread) => total + thread.work / thread.milliseconds[window],
      0,
    );
    return work / rate;
  });
  const perSecond = work / (Math.min(...samples) * 1e-3);
  const variant = 'WebAssembly SIMD';
  return { perSecond, variant, timer: 'wall' as const, work, samples, threads: threads.length };
}
