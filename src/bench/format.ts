import { capitalised, formatNonFinite } from '../numeric/format';
import type { Shape } from '../attention/layout';
import type {
  BenchmarkStage,
  EntryReport,
  Timing,
  Verification,
  CeilingName,
  CeilingReport,
  DeviceReport,
  Report,
} from './report';

const timeUnits = [
  { name: 's', ms: 1000 },
  { name: 'ms', ms: 1 },
  { name: 'µs', ms: 0.001 },
] as const;

/** "1.23 ms": three significant digits, in s, ms or µs. */
export function formatMs(ms: number): string {
  const unit = unitFor(ms);
  return `${formatNumber(ms / unit.ms)} ${unit.name}`;
}

/** "1.23 ± 0.04 ms", with the larger half of the interval; without one, the median alone. */
export function formatTiming({ median, low, high }: Timing): string {
  if (low === null || high === null) return formatMs(median);
  const unit = unitFor(median);
  const half = Math.max(high - median, median - low) / unit.ms;
  const digits = decimals(median / unit.ms);
  const min = 10 ** -digits;
  const halfText = half > 0 && half < min ? `<${min}` : half.toFixed(digits);
  return `${(median / unit.ms).toFixed(digits)} ± ${halfText} ${unit.name}`;
}

/** "1.23", "45.6", "789", "12345": three significant digits, but never a rounded whole part. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  return value.toFixed(decimals(value));
}

/** "12.3×" */
export function formatSpeedup(speedup: number): string {
  return `${formatNumber(speedup)}×`;
}

/** "0.52", "0.065", "12": two significant digits, for a ratio of times. */
export function formatRatio(ratio: number): string {
  if (!Number.isFinite(ratio)) return formatNonFinite(ratio);
  return ratio < 0.00095
    ? ratio.toExponential(0)
    : ratio < 9.95
      ? ratio.toPrecision(2)
      : ratio.toFixed(0);
}

/** "3.1e-7" */
export function formatError(error: number): string {
  if (!Number.isFinite(error)) return formatNonFinite(error);
  return error === 0 ? '0' : error.toExponential(1);
}

/** "3.1e-7 (12% of bound)" */
export function formatVerification({ maxError, errorOverBound }: Verification): string {
  return `${formatError(maxError)} (${formatShare(errorOverBound)} of bound)`;
}

/** "12%"; from ten on as a factor: "12.0×", "4.1e+6×". */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return formatNonFinite(share);
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 10) return `${formatNumber(share * 100)}%`;
  return `${share < 1000 ? formatNumber(share) : share.toExponential(1)}×`;
}

/** "1·8·1024·64": B·H·S·D, with "8/2" for grouped heads, "128×1024" where there are not as many keys as queries, and
 *  "64/32" where the value dim differs from the head dim. */
export function formatShape(shape: Shape): string {
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  const pair = (a: number, b: number, sign: string) => (a === b ? `${a}` : `${a}${sign}${b}`);
  const parts = [
    batch,
    pair(heads, kvHeads, '/'),
    pair(queryLength, keyLength, '×'),
    pair(headSize, valueSize, '/'),
  ];
  return parts.join('·');
}

/** "40 s", "3 min 20 s", "1 h 5 min" */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 ? `${minutes} min ${whole % 60} s` : `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const stageLabels: Readonly<Record<BenchmarkStage, string>> = {
  device: 'opening the device',
  sizing: 'scaling cases to the time budget',
  inputs: 'generating random inputs',
  reference: 'computing the float64 reference',
  compiling: 'compiling',
  verifying: 'verifying',
  warming: 'warming up',
  timing: 'timing',
  ceilings: 'measuring peak rates',
};

export const statusLabels: Readonly<Record<EntryReport['status'], string>> = {
  pending: 'waiting',
  running: 'running',
  verified: 'verified',
  wrong: 'WRONG',
  refused: 'not run',
  failed: 'FAILED',
  cancelled: 'cancelled',
};

/** From 0.9995 up, the next unit: no "1000 µs". */
function unitFor(ms: number) {
  return timeUnits.find((unit) => Math.abs(ms) / unit.ms >= 0.9995) ?? timeUnits[2];
}

function decimals(value: number): number {
  const magnitude = Math.abs(value);
  return magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2;
}

/** "google swiftshader (software) · subgroup size 4 · GPU timestamps, resolution 100 µs" */
export function describeDevice(device: DeviceReport | null): string {
  if (!device) return 'no WebGPU, CPU only';
  const { subgroupSizes: sizes, timer, isolated } = device;
  const clock = timer.kind === 'timestamps' ? 'GPU timestamps' : 'wall clock';
  return [
    deviceName(device) + (device.software ? ' (software)' : ''),
    ...(sizes ? [`subgroup size ${sizes[0]}${sizes[1] === sizes[0] ? '' : `–${sizes[1]}`}`] : []),
    `${clock}, resolution ${formatMs(timer.resolutionMs)}`,
    ...(isolated ? [] : ['not cross-origin isolated (coarser clocks)']),
  ].join(' · ');
}

/** The adapter's own names, without duplicates; browsers often hide most of them. */
export function deviceName({ vendor, architecture, device, description }: DeviceReport): string {
  const words = [vendor, architecture, description || device].filter(Boolean);
  return [...new Set(words)].join(' ') || 'unnamed GPU';
}

const ceilingLabels: Readonly<Record<CeilingName, string>> = {
  'fma-f32': 'float32 FMA',
  'fma-f16': 'float16 FMA',
  'fma-matrix': 'subgroup-matrix FMA',
  memory: 'memory bandwidth',
  'workgroup-memory': 'workgroup memory bandwidth',
  'cpu-fma': 'CPU FMA',
  'cpu-memory': 'CPU memory bandwidth',
};

/** "float32 FMA" */
export const ceilingLabel = ({ name }: CeilingReport): string => ceilingLabels[name];

/** "29.4 GFLOP/s"; "unknown" where its probe failed. */
export const formatCeiling = ({ perSecond, unit }: CeilingReport): string =>
  perSecond === undefined ? 'unknown' : formatScaled(perSecond, unit);

/** "4.29 GFLOP", "12 FLOP" */
export function formatScaled(value: number, unit: string): string {
  const scale = SCALES.find(({ size }) => value >= size);
  return scale ? `${formatNumber(value / scale.size)} ${scale.name}${unit}` : `${value} ${unit}`;
}

const SCALES = [
  { name: 'T', size: 1e12 },
  { name: 'G', size: 1e9 },
  { name: 'M', size: 1e6 },
  { name: 'k', size: 1e3 },
];

/** "float32 FMA 29.4 GFLOP/s (vec4) · memory bandwidth 3.61 GB/s (interleaved) · …" */
export function describeCeilings(ceilings: readonly CeilingReport[]): string {
  return ceilings
    .map((one) => {
      const aside = one.variant ?? one.message;
      return `${ceilingLabel(one)} ${formatCeiling(one)}${aside ? ` (${aside})` : ''}`;
    })
    .join(' · ');
}

/** One sentence on the whole run. */
export function describeStatus(report: Report): string {
  const entries = report.cases.flatMap((reported) => reported.entries);
  const verified = entries.filter(({ status }) => status === 'verified').length;
  const state = capitalised(report.status);
  const count = `${verified} of ${entries.length} verified`;
  const took = `after ${formatSeconds(report.durationSeconds)}`;
  return `${state} ${took}: ${count}.${report.message ? ` ${report.message}` : ''}`;
}
