import {
  type BenchmarkEvent,
  type CeilingReport,
  type EntryReport,
  type Report,
  createReport,
  finishReport,
} from './report';
import { withRoof, withRoofs } from './roofline/roof';
import type { Settings } from './settings';
import { compareEntries } from './timing';

/** Builds the report during a run and passes each new version to the listener. */
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

  /** Changes some fields of the report. */
  update(change: Partial<Report>): void {
    const durationSeconds = (performance.now() - this.#start) / 1000;
    this.#report = { ...this.#report, ...change, durationSeconds };
    this.onEvent({ type: 'report', report: this.#report });
  }

  /** Sets the peak rates of this machine, and the bound on each time measured so far. */
  setCeilings(ceilings: readonly CeilingReport[]): void {
    const cases = this.#report.cases.map((one) => withRoofs(one, ceilings));
    this.update({ ceilings, cases });
  }

  /** Changes some fields of an entry, and what depends on them. */
  updateEntry(caseIndex: number, contestant: string, change: Partial<EntryReport>): void {
    const { cases, ceilings } = this.#report;
    const reported = cases[caseIndex];
    const changed = reported.entries.map((entry) => {
      if (entry.contestant !== contestant) return entry;
      const next = { ...entry, ...change };
      return change.timing ? withRoof(next, reported, ceilings) : next;
    });
    const isTimed = changed.some(({ timing }) => timing);
    const entries = isTimed ? compareEntries(changed) : changed;
    this.update({ cases: cases.with(caseIndex, { ...reported, entries }) });
  }

  /** Ends the report; what was not reached is cancelled. */
  finish(status: 'complete' | 'cancelled' | 'failed', message?: string): Report {
    this.update(finishReport(this.#report, status, message));
    this.onEvent({ type: 'done', report: this.#report });
    return this.#report;
  }
}
