import type { BenchmarkEvent } from './events';
import type { Report } from './report';
import type { Settings } from './settings';

export interface BenchmarkOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: BenchmarkEvent) => void;
}

/**
 * Runs one benchmark to its end and resolves with the report. It rejects only on a programming error:
 * cancellation, a lost device, a crashed worker or a shape that does not fit are states of the report.
 */
export async function runBenchmark(_settings: Settings, _options: BenchmarkOptions = {}): Promise<Report> {
  throw new Error('written next');
}
