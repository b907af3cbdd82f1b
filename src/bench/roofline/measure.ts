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
  const compete = (where: 'gpu' | 'cpu') =>
    contestants.some((name) => findContestant(name)?.where === where);
  const onCpu = compete('cpu');
  const share = onCpu ? 0.7 : 1;
  const ofGpu =
    gpu && compete('gpu')
      ? await measureGpuCeilings(gpu, signal, (fraction) => onProgress(fraction * share))
      : [];
  return [...ofGpu, ...(onCpu ? await measureCpuCeilings(host, signal) : [])];
}
