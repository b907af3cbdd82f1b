import { formatMs, formatNumber, formatSeconds } from './format';
import type { CeilingName, CeilingReport, DeviceReport, Report } from './report';

/** "google swiftshader, in software · subgroups of 4 · timestamps in steps of 0.1 ms" */
export function describeDevice(device: DeviceReport | null): string {
  if (!device) return 'no WebGPU, CPU only';
  const { subgroupSizes: sizes, timer, isolated } = device;
  const clock = timer.kind === 'timestamps' ? 'GPU timestamps' : 'wall clock';
  return [
    deviceName(device) + (device.software ? ', in software' : ''),
    ...(sizes ? [`subgroups of ${sizes[0]}${sizes[1] === sizes[0] ? '' : `–${sizes[1]}`}`] : []),
    `${clock} in steps of ${formatMs(timer.resolutionMs)}`,
    ...(isolated ? [] : ['not isolated: coarser clocks']),
  ].join(' · ');
}

/** What the adapter says of itself, without repeating itself; browsers often hide most of it. */
export function deviceName({ vendor, architecture, device, description }: DeviceReport): string {
  const words = [vendor, architecture, description || device].filter(Boolean);
  return [...new Set(words)].join(' ') || 'unnamed GPU';
}

const ceilingWords: Readonly<Record<CeilingName, string>> = {
  'fma-f32': 'float32 multiply-adds',
  'fma-f16': 'float16 multiply-adds',
  'fma-matrix': 'multiply-adds of subgroup matrices',
  memory: 'memory',
  'workgroup-memory': 'workgroup memory',
  'cpu-fma': 'multiply-adds of the CPU',
  'cpu-memory': 'memory of the CPU',
};

/** What a ceiling is of: "float32 multiply-adds". */
export const ceilingName = ({ name }: CeilingReport): string => ceilingWords[name];

/** "29.4 GFLOP/s"; "not known" where its probe failed. */
export function ceilingRate({ perSecond, unit }: CeilingReport): string {
  if (perSecond === undefined) return 'not known';
  const scale = RATES.find(({ size }) => perSecond >= size) ?? RATES[RATES.length - 1];
  return `${formatNumber(perSecond / scale.size)} ${scale.name}${unit}`;
}

const RATES = [
  { name: 'T', size: 1e12 },
  { name: 'G', size: 1e9 },
  { name: 'M', size: 1e6 },
];

/** "float32 multiply-adds 29.4 GFLOP/s (vec4) · memory 3.61 GB/s (side by side) · …" */
export function describeCeilings(ceilings: readonly CeilingReport[]): string {
  return ceilings
    .map((one) => {
      const aside = one.variant ?? one.message;
      return `${ceilingName(one)} ${ceilingRate(one)}${aside ? ` (${aside})` : ''}`;
    })
    .join(' · ');
}

/** One sentence on the whole run. */
export function describeStatus(report: Report): string {
  const entries = report.cases.flatMap((reported) => reported.entries);
  const verified = entries.filter(({ status }) => status === 'verified').length;
  const state = {
    running: 'Running',
    complete: 'Complete',
    cancelled: 'Cancelled',
    failed: 'Failed',
  }[report.status];
  const tally = `${verified} of ${entries.length} verified`;
  const took = `after ${formatSeconds(report.durationSeconds)}`;
  return `${state} ${took}: ${tally}.${report.message ? ` ${report.message}` : ''}`;
}
