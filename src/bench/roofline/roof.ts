import { type ComputeUnit, findImplementation } from '../implementations';
import type { CaseReport, CeilingName, CeilingReport, Roof } from '../report';

/** The ceilings that bound a contestant. GPU kernels compute in float32 whatever is stored. */
const CEILINGS_OF = {
  gpu: { arithmetic: 'fma-f32', memory: 'memory' },
  matrix: { arithmetic: 'fma-matrix', memory: 'memory' },
  cpu: { arithmetic: 'cpu-fma', memory: 'cpu-memory' },
} as const satisfies Record<ComputeUnit, Record<Roof['boundBy'], CeilingName>>;

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

/** The two ceilings of what computes; undefined where one of them is not known. */
export function peaksOf(unit: ComputeUnit, ceilings: readonly CeilingReport[]): Peaks | undefined {
  const names = CEILINGS_OF[unit];
  const rate = (wanted: CeilingName) => ceilings.find(({ name }) => name === wanted)?.perSecond;
  const [arithmetic, memory] = [rate(names.arithmetic), rate(names.memory)];
  return arithmetic && memory ? { arithmetic, memory } : undefined;
}

/** The same case with each time beside the most that was possible, where that is known. */
export function withRoofs(reported: CaseReport, ceilings: readonly CeilingReport[]): CaseReport {
  if (ceilings.length === 0) return reported;
  const entries = reported.entries.map((entry) => {
    const { contestant, timing } = entry;
    const unit = findImplementation(contestant)?.unit;
    const peaks = unit && peaksOf(unit, ceilings);
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
