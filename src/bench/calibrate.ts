import type { Gpu } from '../webgpu/device';
import { operationsOf, supportedImplementations } from './case';
import type { CpuWorkers } from './cpu/workers';
import { GpuCase } from './gpu-case';
import type { ElementType } from '../numeric/float16';
import { attentionCase } from './presets';
import { median } from './timing';

/** A first run this long is accurate enough: the user waits for the first result. */
const SLOW_FIRST_RUN_MS = 50;
/** Shorter timings say little about throughput: measure again with longer sequences. */
const MIN_PROBE_MS = 2;
const LENGTHS = [256, 1024, 4096];
/** The baseline takes too long to measure: its speed is assumed relative to flash, as on the slowest adapter known. */
const BASELINE = 'three-pass';
const BASELINE_PROXY = 'flash';
const BASELINE_SPEED_RATIO = 0.4;

/** Measured floating-point operations per second of each kernel, on a sufficiently large problem. */
export async function calibrate(
  gpu: Gpu,
  cpu: CpuWorkers,
  kernelNames: readonly string[],
  dtype: ElementType,
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  const rates = new Map<string, number>();
  for (const length of LENGTHS) {
    const probe = { ...attentionCase({ heads: 8, queryLength: length, headSize: 64 }), dtype };
    const operations = operationsOf(probe);
    const operands = await cpu.load(probe, 0, 'uniform', signal);
    const gpuCase = await GpuCase.create(gpu, probe, operands);
    try {
      let longest = 0;
      for (const name of kernelsToProbe(supportedImplementations(probe, kernelNames, gpu))) {
        const milliseconds = await timeKernel(gpuCase, name, signal);
        rates.set(name, operations / (milliseconds * 1e-3));
        longest = Math.max(longest, milliseconds);
      }
      if (longest > MIN_PROBE_MS) break;
    } finally {
      gpuCase.destroy();
    }
  }
  if (kernelNames.includes(BASELINE) && rates.has(BASELINE_PROXY)) {
    rates.set(BASELINE, rates.get(BASELINE_PROXY)! * BASELINE_SPEED_RATIO);
  }
  return rates;
}

/** Without the baseline, which takes longest to compile and run, where its proxy is measured. */
const kernelsToProbe = (names: readonly string[]): readonly string[] =>
  names.includes(BASELINE_PROXY) ? names.filter((name) => name !== BASELINE) : names;

async function timeKernel(gpuCase: GpuCase, name: string, signal?: AbortSignal): Promise<number> {
  const runner = await gpuCase.createRunner(name, signal);
  try {
    const start = performance.now();
    await runner.compute(new Int32Array(1), { signal });
    const first = performance.now() - start;
    if (first > SLOW_FIRST_RUN_MS) return first;
    await runner.warmUp(0, { signal });
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const sample = await runner.sample({ signal });
      if (sample) times.push(sample.milliseconds);
    }
    return times.length > 0 ? Math.max(median(times), 1e-3) : 1;
  } finally {
    runner.destroy();
  }
}
