import type { BenchmarkEvent } from './report';
import type { CaseReport, CeilingReport, DeviceReport, EntryReport, Report } from './report';
import { withRoofs } from './roofline/roof';
import type { Settings } from './settings';
import { createReport, finishReport } from './report';
import { compareEntries } from './timing';

/** Builds the report as the benchmark goes, and tells the listener of each change. */
export class Recorder {
  #report: Report;
  readonly #start = performance.now();

  constructor(
    settings: Settings,
    private readonly onEvent: (event: BenchmarkEvent) => void,
  ) {
    this.#report = createReport(settings);
  }

  get report(): Report {
    return this.#report;
  }

  setDevice(device: DeviceReport): void {
    this.#change({ device });
  }

  /** What this machine can do at most; every time gets its share of it. */
  setCeilings(ceilings: readonly CeilingReport[]): void {
    this.#change({
      ceilings,
      cases: this.#report.cases.map((one) => withRoofs(one, ceilings)),
    });
  }

  setMessage(message: string): void {
    this.#change({ message });
  }

  cases(cases: readonly CaseReport[]): void {
    this.#change({ cases });
  }

  /** Changes some of an entry's fields. */
  updateEntry(caseIndex: number, contestant: string, change: Partial<EntryReport>): void {
    const { entries } = this.#report.cases[caseIndex];
    this.#entries(
      caseIndex,
      entries.map((entry) => (entry.contestant === contestant ? { ...entry, ...change } : entry)),
    );
  }

  /** Ends the report: what has not been reached is marked so. */
  finish(status: 'complete' | 'cancelled' | 'failed', message?: string): Report {
    this.#change(finishReport(this.#report, status, message));
    this.onEvent({ type: 'done', report: this.#report });
    return this.#report;
  }

  #entries(caseIndex: number, entries: readonly EntryReport[]): void {
    const { ceilings } = this.#report;
    const cases = this.#report.cases.map((old, i) =>
      i === caseIndex ? withRoofs({ ...old, entries: compareEntries(entries) }, ceilings) : old,
    );
    this.#change({ cases });
  }

  #change(change: Partial<Report>): void {
    const durationSeconds = (performance.now() - this.#start) / 1000;
    this.#report = { ...this.#report, ...change, durationSeconds };
    this.onEvent({ type: 'report', report: this.#report });
  }
}
