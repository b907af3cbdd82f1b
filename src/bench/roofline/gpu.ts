import type { Gpu } from '../../webgpu/device';
import { DeviceLostError } from '../../webgpu/errors';
import { PassTimer } from '../../webgpu/timing';
import { timerOf } from '../device-report';
import type { CeilingName, CeilingReport } from '../report';
import { fmaProbes } from './fma';
import { hasMatrices, matrixProbe } from './matrix';
import { memoryProbes } from './memory';
import type { Probe } from './probe';
import { type ProbeClock, type ProbeSamples, runProbe } from './run-probe';
import { workgroupProbe } from './workgroup';

interface Ceiling {
  readonly name: CeilingName;
  readonly unit: CeilingReport['unit'];
  readonly probes: readonly Probe[];
}

/** What is measured on this device. */
function ceilingsOf(gpu: Gpu): readonly Ceiling[] {
  const { device } = gpu;
  return [
    { name: 'fma-f32', unit: 'FLOP/s', probes: fmaProbes('f32') },
    ...(device.features.has('shader-f16')
      ? [{ name: 'fma-f16', unit: 'FLOP/s', probes: fmaProbes('f16') } as const]
      : []),
    ...(hasMatrices(gpu)
      ? [{ name: 'fma-matrix', unit: 'FLOP/s', probes: [matrixProbe] } as const]
      : []),
    { name: 'memory', unit: 'B/s', probes: memoryProbes },
    { name: 'workgroup-memory', unit: 'B/s', probes: [workgroupProbe] },
  ];
}

/**
 * Measures what the device can do at most. A probe that fails says so in its place.
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
    const ceilings = ceilingsOf(gpu);
    for (const ceiling of ceilings) {
      reports.push(await measureCeiling(gpu, ceiling, clock, signal));
      onProgress(reports.length / ceilings.length);
    }
    return reports;
  } finally {
    timer?.destroy();
  }
}

/** The best of a ceiling's probes, by their shortest samples: what disturbs can only slow them down. */
async function measureCeiling(
  gpu: Gpu,
  { name, unit, probes }: Ceiling,
  clock: ProbeClock,
  signal?: AbortSignal,
): Promise<CeilingReport> {
  const timer = clock.timer ? 'timestamps' : 'wall';
  let best: CeilingReport | undefined;
  for (const probe of probes) {
    try {
      const { compileMs, samples } = await measureProbe(gpu, probe, clock, signal);
      const perSecond = samples.work / (Math.min(...samples.milliseconds) * 1e-3);
      if (best?.perSecond !== undefined && best.perSecond >= perSecond) continue;
      const { variant } = probe;
      const { work, milliseconds } = samples;
      best = { name, unit, perSecond, variant, timer, work, samples: milliseconds, compileMs };
    } catch (error) {
      if (signal?.aborted || error instanceof DeviceLostError) throw error;
      // One that is wrong must not pass unseen because another is right.
      return { name, unit, message: (error as Error).message };
    }
  }
  return best!;
}

async function measureProbe(
  gpu: Gpu,
  probe: Probe,
  clock: ProbeClock,
  signal?: AbortSignal,
): Promise<{ compileMs: number; samples: ProbeSamples }> {
  const prepared = await probe.prepare(gpu);
  try {
    const { compileMs } = prepared;
    return { compileMs, samples: await runProbe(gpu, prepared, clock, signal) };
  } finally {
    prepared.destroy();
  }
}
