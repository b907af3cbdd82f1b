import { errorMessage } from '../../../async/error-message';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { BenchmarkOptions } from '../../../bench/benchmark';
import {
  type BenchmarkEvent,
  type BenchmarkProgress,
  type Report,
  createReport,
  finishReport,
} from '../../../bench/report';
import type { Settings } from '../../../bench/settings';

export type RunBenchmark = (settings: Settings, options?: BenchmarkOptions) => Promise<Report>;

/** The real benchmark, loaded when it is first needed. */
export const runRealBenchmark: RunBenchmark = async (settings, options) => {
  const { runBenchmark } = await import('../../../bench/benchmark');
  return runBenchmark(settings, options);
};

/**
 * Runs one benchmark at a time, for an element that shows it. Each event is also dispatched on the window as a
 * `benchmark-event`, for programs that drive the page.
 */
export class BenchmarkRun implements ReactiveController {
  /** The latest report: of the current run, or of the previous one. */
  report: Report | null = null;
  progress: BenchmarkProgress | null = null;
  private abort: AbortController | null = null;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  get running() {
    return this.abort !== null;
  }

  /** Starts a run, unless one is under way. */
  async start(settings: Settings, runBenchmark: RunBenchmark) {
    if (this.abort) return;
    const abort = new AbortController();
    this.abort = abort;
    this.progress = {
      stage: 'device',
      caseIndex: -1,
      contestant: null,
      fraction: 0,
      secondsLeft: null,
    };
    this.host.requestUpdate();
    let latest: Report | null = null;
    const onEvent = (event: BenchmarkEvent) => {
      if (event.type !== 'progress') latest = event.report;
      this.take(event);
    };
    try {
      this.report = await runBenchmark(settings, { signal: abort.signal, onEvent });
    } catch (error) {
      const message = errorMessage(error);
      const report = finishReport(latest ?? createReport(settings), 'failed', message);
      this.take({ type: 'done', report });
    }
    this.abort = null;
    this.progress = null;
    this.host.requestUpdate();
  }

  cancel() {
    this.abort?.abort();
  }

  hostDisconnected() {
    this.cancel();
  }

  private take(event: BenchmarkEvent) {
    if (event.type === 'progress') this.progress = event.progress;
    else this.report = event.report;
    this.host.requestUpdate();
    window.dispatchEvent(new CustomEvent('benchmark-event', { detail: event }));
  }
}

declare global {
  interface WindowEventMap {
    'benchmark-event': CustomEvent<BenchmarkEvent>;
  }
}
