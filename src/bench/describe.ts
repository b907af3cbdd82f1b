import { formatMs, formatSeconds } from './format';
import type { DeviceReport, Report } from './report';

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
