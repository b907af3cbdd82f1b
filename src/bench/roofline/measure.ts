import type { Gpu } from '../../webgpu/device';
import { findContestant } from '../contestants';
import type { CpuHost } from '../cpu/host';
import type { CeilingReport } from '../report';
import { measureCpuCeilings } from './cpu';
import { measureGpuCeilings } from './gpu';

/** What the ceilings are measured of. */
export interface Machine {
  readonly gpu: Gpu | null;
  readonly host: CpuHost;
}

/** Runs that follow each other closely need not all be held up: the same device can do the same. */
const FRESH_MS = 60_000;
const remembered = new WeakMap<Gpu, { readonly at: number; readonly ceilings: CeilingReport[] }>();

async function ofDevice(...[gpu, ...rest]: Parameters<typeof measureGpuCeilings>) {
  const known = remembered.get(gpu);
  if (known && performance.now() - known.at < FRESH_MS) return known.ceilings;
  const ceilings = await measureGpuCeilings(gpu, ...rest);
  remembered.set(gpu, { at: performance.now(), ceilings });
  return ceilings;
}

/**
 * The ceilings that bound any of these contestants.
 * @throws DeviceLostError; WorkerCrashError; the signal's reason.
 */
export async function measureCeilings(
  { gpu, host }: Machine,
  contestants: readonly string[],
  signal?: AbortSignal,
  onProgress: (fraction: number) => void = () => {},
): Promise<CeilingReport[]> {
  signal?.throwIfAborted();
  const compete = (where: 'gpu' | 'cpu') =>
    contestants.some((name) => findContestant(name)?.where === where);
  const onCpu = compete('cpu');
  const share = onCpu ? 0.7 : 1;
  const ofGpu =
    gpu && compete('gpu')
      ? await ofDevice(gpu, signal, (fraction) => onProgress(fraction * share))
      : [];
  return [...ofGpu, ...(onCpu ? await measureCpuCeilings(host, signal) : [])];
}
