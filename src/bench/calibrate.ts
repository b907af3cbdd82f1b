import type { Gpu } from '../webgpu/device';
import { type BenchmarkCase, ableContestants, operationsOf } from './case';
import type { CpuHost } from './cpu/host';
import { GpuCase } from './gpu/case';
import type { GpuEntrant } from './gpu/entrant';
import type { TypeName } from './settings-types';
import { median } from './statistics';

/** A first run that takes this long tells enough: somebody is waiting for the first result. */
const LONG_MS = 50;
/** A device that needs less than this for the probe was hardly busy: probe with a longer one. */
const TELLING_MS = 2;
const LENGTHS = [256, 1024, 4096];

/** Measured floating-point operations a second of each kernel, on a problem large enough to tell. */
export async function calibrate(
  gpu: Gpu,
  host: CpuHost,
  kernelNames: readonly string[],
  dtype: TypeName,
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  const rates = new Map<string, number>();
  for (const length of LENGTHS) {
    const probe = probeCase(length, dtype);
    const operations = operationsOf(probe);
    const operands = await host.load(probe, 0, 'uniform', signal);
    const gpuCase = await GpuCase.create(gpu, probe, operands);
    try {
      const names = ableContestants(probe, kernelNames, gpu);
      const times = await timeKernels(gpuCase, names, signal);
      for (const [i, ms] of times.entries()) rates.set(names[i], operations / (ms * 1e-3));
      if (Math.max(...times) > TELLING_MS) break;
    } finally {
      gpuCase.destroy();
    }
  }
  return rates;
}

/** Compiles all kernels at once, and then times one after another. */
async function timeKernels(
  gpuCase: GpuCase,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<readonly number[]> {
  const entering = names.map((name) => gpuCase.enter(name, signal));
  // From the start: no failure may go unheard while another kernel has its turn.
  const entered = Promise.allSettled(entering);
  try {
    const times: number[] = [];
    for (const entrant of entering) times.push(await timeEntrant(await entrant, signal));
    return times;
  } finally {
    for (const result of await entered) {
      if (result.status === 'fulfilled') result.value.destroy();
    }
  }
}

async function timeEntrant(entrant: GpuEntrant, signal?: AbortSignal): Promise<number> {
  const start = performance.now();
  await entrant.compute(new Int32Array(1), { signal });
  const first = performance.now() - start;
  if (first > LONG_MS) return first;
  await entrant.warmUp(0, { signal });
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const sample = await entrant.sample({ signal });
    if (sample) times.push(sample.milliseconds);
  }
  return times.length > 0 ? Math.max(median(times), 1e-3) : 1;
}

function probeCase(length: number, dtype: TypeName): BenchmarkCase {
  const shape = {
    batch: 1,
    heads: 8,
    kvHeads: 8,
    queryLength: length,
    keyLength: length,
    headSize: 64,
    valueSize: 64,
  };
  return { shape, mask: 'none', dtype };
}
