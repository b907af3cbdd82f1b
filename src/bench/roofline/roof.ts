import { findContestant } from '../contestants';
import type { CaseReport, CeilingName, CeilingReport, Roof } from '../report';

/**
 * The ceilings that bound a contestant. GPU kernels compute in float32 whatever is stored, so float32's
 * peak is theirs; one on subgroup matrices would name another.
 */
const CEILINGS_OF = {
  gpu: { arithmetic: 'fma-f32', memory: 'memory' },
  cpu: { arithmetic: 'cpu-fma', memory: 'cpu-memory' },
} as const satisfies Record<'gpu' | 'cpu', Record<Roof['boundBy'], CeilingName>>;

/** Operations for each byte that must be moved. */
export const intensityOf = ({ flops, bytes }: Pick<CaseReport, 'flops' | 'bytes'>): number =>
  flops / bytes;

/** What bounds work of this intensity, in operations a second. */
export function boundAt(
  intensity: number,
  peaks: Peaks,
): Pick<Roof, 'boundBy'> & { bound: number } {
  const byMemory = intensity * peaks.memory;
  return byMemory < peaks.arithmetic
    ? { bound: byMemory, boundBy: 'memory' }
    : { bound: peaks.arithmetic, boundBy: 'arithmetic' };
}

/** Operations and bytes a second. */
export interface Peaks {
  readonly arithmetic: number;
  readonly memory: number;
}

/** The two ceilings of a GPU or a CPU; undefined where one of them is not known. */
export function peaksOf(
  where: 'gpu' | 'cpu',
  ceilings: readonly CeilingReport[],
): Peaks | undefined {
  const names = CEILINGS_OF[where];
  const rate = (wanted: CeilingName) => ceilings.find(({ name }) => name === wanted)?.perSecond;
  const [arithmetic, memory] = [rate(names.arithmetic), rate(names.memory)];
  return arithmetic && memory ? { arithmetic, memory } : undefined;
}

/** The same case with each time beside the most that was possible, where that is known. */
export function withRoofs(reported: CaseReport, ceilings: readonly CeilingReport[]): CaseReport {
  if (ceilings.length === 0) return reported;
  const entries = reported.entries.map((entry) => {
    const { contestant, timing } = entry;
    const where = findContestant(contestant)?.where;
    const peaks = where && peaksOf(where, ceilings);
    if (!timing || !peaks) return entry;
    const { bound, boundBy } = boundAt(intensityOf(reported), peaks);
    const gflops = bound / 1e9;
    return {
      ...entry,
      timing: { ...timing, roof: { gflops, boundBy, share: timing.gflops / gflops } },
    };
  });
  return { ...reported, entries };
}
