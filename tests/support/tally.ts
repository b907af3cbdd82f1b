type Outcome = 'passed' | 'failed' | 'skipped';

/** Counts what became of each suite's cases, for the log: a reporter names files, not suites. */
export class Tally {
  readonly #counts = new Map<string, Record<Outcome, number>>();

  /** Runs a case of a suite. It gives the reason where it skips itself. */
  async run(suite: string, work: () => Promise<string | null>): Promise<string | null> {
    const counts = this.#counts.get(suite) ?? { passed: 0, failed: 0, skipped: 0 };
    this.#counts.set(suite, counts);
    try {
      const reason = await work();
      counts[reason ? 'skipped' : 'passed']++;
      return reason;
    } catch (error) {
      counts.failed++;
      throw error;
    }
  }

  /** A line for each suite: "conformance: 340 passed, 3 skipped". */
  toString(): string {
    const lines = [...this.#counts].map(([suite, counts]) => {
      const some = Object.entries(counts).filter(([, count]) => count > 0);
      return `${suite}: ${some.map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`;
    });
    return lines.join('\n');
  }
}
