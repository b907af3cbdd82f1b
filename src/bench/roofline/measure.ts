import { sum } from 'd3-array';
import { destroyAfter } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { DeviceLostError } from '../../webgpu/errors';
import { PassTimer } from '../../webgpu/timing';
import { WorkerCrashError } from '../../async/rpc';
import type { CaseContext } from '../case-run';
import type { CpuWorkers } from '../cpu/workers';
import { timerOf } from '../device-report';
import { findImplementation } from '../implementations';
import type { CeilingName, CeilingReport } from '../report';
import { fmaProbes, hasMatrices, matrixProbe } from './compute-probes';
import type { CpuProbe, CpuSamples } from './cpu-probe';
import { memoryProbes, workgroupProbe } from './memory-probes';
import { type Probe, type ProbeClock, runProbe } from './probe';

interface GpuCeiling {
  readonly name: CeilingName;
  readonly unit: CeilingReport['unit'];
  readonly probes: readonly Probe[];
}

function gpuCeilingsToMeasure(gpu: Gpu): readonly GpuCeiling[] {
  const hasFloat16 = gpu.device.features.has('shader-f16');
  const ceilings: readonly GpuCeiling[] = [
    { name: 'fma-f32', unit: 'FLOP/s', probes: fmaProbes('f32') },
    { name: 'fma-f16', unit: 'FLOP/s', probes: hasFloat16 ? fmaProbes('f16') : [] },
    { name: 'fma-matrix', unit: 'FLOP/s', probes: hasMatrices(gpu) ? [matrixProbe] : [] },
    { name: 'memory', unit: 'B/s', probes: memoryProbes },
    { name: 'workgroup-memory', unit: 'B/s', probes: [workgroupProbe] },
  ];
  return ceilings.filter(({ probes }) => probes.length > 0);
}

/**
 * Measures the peak rates of the device. A probe that fails is reported with its error.
 * @throws DeviceLostError; the signal's reason.
 */
export async function measureGpuCeilings(
  gpu: Gpu,
  signal?: AbortSignal,
  onProgress: (fraction: number) => void = () => {},
): Promise<CeilingReport[]> {
  const timer = await PassTimer.create(gpu);
  try {
    const clock = { timer, resolution: await timerOf(gpu) };
    const reports: CeilingReport[] = [];
    const ceilings = gpuCeilingsToMeasure(gpu);
    for (const ceiling of ceilings) {
      reports.push(await measureCeiling(gpu, ceiling, clock, signal));
      onProgress(reports.length / ceilings.length);
    }
    return reports;
  } finally {
    timer?.destroy();
  }
}

/** The fastest of a ceiling's probes, by their shortest samples: interference can only slow them down. */
async function measureCeiling(
  gpu: Gpu,
  { name, unit, probes }: GpuCeiling,
  clock: ProbeClock,
  signal?: AbortSignal,
): Promise<CeilingReport> {
  const timer = clock.timer ? 'timestamps' : 'wall';
  let best: CeilingReport | undefined;
  for (const probe of probes) {
    try {
      const measured = await measureProbe(gpu, probe, clock, signal);
      const { work, milliseconds: samples, compileMs } = measured;
      const perSecond = work / (Math.min(...samples) * 1e-3);
      if (best?.perSecond !== undefined && best.perSecond >= perSecond) continue;
      best = { name, unit, perSecond, variant: probe.variant, timer, work, samples, compileMs };
    } catch (error) {
      if (signal?.aborted || error instanceof DeviceLostError) throw error;
      // A wrong result is reported even if another variant is correct.
      return { name, unit, message: (error as Error).message };
    }
  }
  return best!;
}

/** @throws ProbeError; DeviceLostError; the signal's reason. */
export const measureProbe = (gpu: Gpu, probe: Probe, clock: ProbeClock, signal?: AbortSignal) =>
  destroyAfter(async (owned) => {
    const prepared = await probe.prepare(gpu, owned);
    const samples = await runProbe(gpu, prepared, clock, signal);
    return { ...samples, compileMs: prepared.compileMs };
  });

const CPU_CEILINGS = [
  { name: 'cpu-fma', unit: 'FLOP/s', probe: 'fma' },
  { name: 'cpu-memory', unit: 'B/s', probe: 'memory' },
] as const satisfies readonly (Pick<CeilingReport, 'name' | 'unit'> & { probe: CpuProbe })[];

/**
 * Measures the peak rates of all processors together, in WebAssembly SIMD.
 * @throws WorkerCrashError; the signal's reason.
 */
async function measureCpuCeilings(
  workers: CpuWorkers,
  signal: AbortSignal,
): Promise<CeilingReport[]> {
  const reports: CeilingReport[] = [];
  for (const { name, unit, probe } of CPU_CEILINGS) {
    try {
      reports.push({ name, unit, ...combineThreads(await workers.measurePeak(probe, signal)) });
    } catch (error) {
      if (signal?.aborted || error instanceof WorkerCrashError) throw error;
      reports.push({ name, unit, message: (error as Error).message });
    }
  }
  return reports;
}

/** The combined rate of all threads: their sum in each window. */
export function combineThreads(threads: readonly CpuSamples[]) {
  const work = sum(threads, (thread) => thread.work);
  const samples = threads[0].milliseconds.map(
    (_, window) => work / sum(threads, (thread) => thread.work / thread.milliseconds[window]),
  );
  const perSecond = work / (Math.min(...samples) * 1e-3);
  const variant = 'WebAssembly SIMD';
  return { perSecond, variant, timer: 'wall' as const, work, samples, threads: threads.length };
}

/** Runs in close succession reuse the measurements of the same device. */
const FRESH_MS = 60_000;
const ceilingCache = new WeakMap<
  Gpu,
  { readonly at: number; readonly ceilings: CeilingReport[] }
>();

async function gpuCeilings(...[gpu, ...rest]: Parameters<typeof measureGpuCeilings>) {
  const known = ceilingCache.get(gpu);
  if (known && performance.now() - known.at < FRESH_MS) return known.ceilings;
  const ceilings = await measureGpuCeilings(gpu, ...rest);
  ceilingCache.set(gpu, { at: performance.now(), ceilings });
  return ceilings;
}

/** The ceilings of the run's implementations. @throws DeviceLostError; WorkerCrashError; the signal's reason. */
export async function measureCeilings(
  { gpu, cpu, settings, signal }: CaseContext,
  onProgress: (fraction: number) => void,
): Promise<CeilingReport[]> {
  signal.throwIfAborted();
  const runsOn = (where: 'gpu' | 'cpu') =>
    settings.contestants.some((name) => findImplementation(name)?.where === where);
  const onCpu = runsOn('cpu');
  const share = onCpu ? 0.7 : 1;
  const ofGpu =
    gpu && runsOn('gpu')
      ? await gpuCeilings(gpu, signal, (fraction) => onProgress(fraction * share))
      : [];
  return [...ofGpu, ...(onCpu ? await measureCpuCeilings(cpu, signal) : [])];
}
