import type { EntryReport, Report } from './report';
import type { Settings } from './settings-types';

/** A report before anything is known. */
export function beginReport(settings: Settings): Report {
  return {
    schema: 'attention-playground/benchmark',
    version: 3,
    createdAt: new Date().toISOString(),
    settings,
    device: null,
    ceilings: [],
    status: 'running',
    cases: [],
    durationSeconds: 0,
  };
}

/** The report when nothing more will come: what was not reached is cancelled. */
export function endReport(
  report: Report,
  status: 'complete' | 'cancelled' | 'failed',
  message?: string,
): Report {
  const close = (entry: EntryReport): EntryReport =>
    entry.status === 'pending' || entry.status === 'running'
      ? { ...entry, status: 'cancelled' }
      : entry;
  const cases = report.cases.map((one) => ({ ...one, entries: one.entries.map(close) }));
  return { ...report, status, cases, ...(message !== undefined && { message }) };
}
