import { type ComputeUnit, findImplementation } from '../implementations';
import type { CaseReport, CeilingName, CeilingReport, EntryReport, Roof } from '../report';

/** The ceilings that bound an implementation. GPU kernels compute in float32, whatever the dtype. */
const CEILINGS_OF = {
  gpu: { arithmetic: 'fma-f32', memory: 'memory' },
  matrix: { arithmetic: 'fma-matrix', memory: 'memory' },
  cpu: { arithmetic: 'cpu-fma', memory: 'cpu-memory' },
} as const satisfies Record<ComputeUnit, Record<Roof['boundBy'], CeilingName>>;

/** Operations per byte of compulsory traffic. */
export const intensityOf = ({ flops, bytes }: Pick<CaseReport, 'flops' | 'bytes'>): number =>
  flops / bytes;

/** The bound on work of this intensity, in operations per second. */
export function boundAt(
  intensity: number,
  peaks: Peaks,
): Pick<Roof, 'boundBy'> & { bound: number } {
  const byMemory = intensity * peaks.memory;
  return byMemory < peaks.arithmetic
    ? { bound: byMemory, boundBy: 'memory' }
    : { bound: peaks.arithmetic, boundBy: 'arithmetic' };
}

export interface Peaks {
  readonly arithmetic: number;
  readonly memory: number;
}

/** The two ceilings of a compute unit; undefined where one of them is unknown. */
export function peaksOf(unit: ComputeUnit, ceilings: readonly CeilingReport[]): Peaks | undefined {
  const names = CEILINGS_OF[unit];
  const rate = (ceiling: CeilingName) => ceilings.find(({ name }) => name === ceiling)?.perSecond;
  const [arithmetic, memory] = [rate(names.arithmetic), rate(names.memory)];
  return arithmetic && memory ? { arithmetic, memory } : undefined;
}

/** The entry with the bound on its time, where the ceilings are known. */
export function withRoof(
  entry: EntryReport,
  reported: CaseReport,
  ceilings: readonly CeilingReport[],
): EntryReport {
  const { contestant, timing } = entry;
  const unit = findImplementation(contestant)?.unit;
  const peaks = unit && peaksOf(unit, ceilings);
  if (!timing || !peaks) return entry;
  const { bound, boundBy } = boundAt(intensityOf(reported), peaks);
  const gflops = bound / 1e9;
  const roof = { gflops, boundBy, share: timing.gflops / gflops };
  return { ...entry, timing: { ...timing, roof } };
}

/** The case with the bound on each of its times; the same case where no ceilings are known. */
export function withRoofs(reported: CaseReport, ceilings: readonly CeilingReport[]): CaseReport {
  if (ceilings.length === 0) return reported;
  const entries = reported.entries.map((entry) => withRoof(entry, reported, ceilings));
  return { ...reported, entries };
}
