import type { Browser, Page } from 'puppeteer';
import { parseNumbers } from '../src/bench/export';
import { type BenchmarkEvent, type Report, finishReport } from '../src/bench/report';
import { runKey, type Settings, settingsCodec } from '../src/bench/settings';
import type { TuningEvent, TuningRequest } from '../src/bench/tuning';
import { Failure } from './bootstrap.mjs';

export interface PageRun {
  readonly browser: Browser;
  readonly address: string;
  readonly settings: Settings;
  readonly onEvent?: (event: BenchmarkEvent) => void;
  readonly signal?: AbortSignal;
  /** How long the page may take until its first event. */
  readonly startMs?: number;
}

/** The page's address with these settings, and the benchmark running at once. */
export function runAddress(address: string, settings: Settings): string {
  return `${address}#${new URLSearchParams([...settingsCodec.format(settings), [runKey, '1']])}`;
}

/**
 * Runs the page's own benchmark and resolves with its report; null where it was interrupted before
 * there was one. Interruption and a crash of the browser end the report that there is.
 */
export async function runInPage(run: PageRun): Promise<Report | null> {
  const page = await run.browser.newPage();
  let latest: Report | null = null;
  const { promise, resolve, reject } = withResolvers<Report | null>();
  const errors: string[] = [];
  const end = (status: 'cancelled' | 'failed', message: string) =>
    resolve(latest && finishReport(latest, status, message));
  const startMs = run.startMs ?? 60_000;
  const overdue = setTimeout(() => reject(notStarted(startMs, errors)), startMs);
  const listen = (text: string) => {
    clearTimeout(overdue);
    const event = parseNumbers(text) as BenchmarkEvent;
    if (event.type !== 'progress') latest = event.report;
    run.onEvent?.(event);
    if (event.type === 'done') resolve(event.report);
  };
  const crash = () => (latest ? end('failed', 'The browser stopped.') : reject(browserStopped()));
  const interrupt = () => end('cancelled', 'Interrupted.');
  run.signal?.addEventListener('abort', interrupt, { once: true });
  if (run.signal?.aborted) interrupt();
  // Opening the page may fail first, and then nothing awaits this.
  promise.catch(() => {});
  run.browser.once('disconnected', crash);
  page.once('error', crash);
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    await page.exposeFunction(BENCHMARK_BINDING, listen);
    await page.evaluateOnNewDocument(forwardEvents, BENCHMARK_BINDING);
    const opened = page.goto(runAddress(run.address, run.settings));
    opened.catch((error) => (latest ? crash() : reject(error)));
    return await promise;
  } finally {
    clearTimeout(overdue);
    run.browser.off('disconnected', crash);
    for (const error of errors) console.error(`The page reported: ${error}`);
    await closeQuietly(page);
  }
}

const BENCHMARK_BINDING = 'reportBenchmarkEvent';

/** Runs in the page, before the page's own scripts; it can refer to nothing outside itself. */
function forwardEvents(name: string) {
  window.addEventListener('benchmark-event', (event) => {
    const text = JSON.stringify((event as CustomEvent).detail, (_key, part) =>
      typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
    );
    (window as unknown as Record<string, (text: string) => void>)[name](text);
  });
}

function notStarted(startMs: number, errors: readonly string[]): Failure {
  const why = errors.length ? ` It reported: ${errors.join('; ')}` : '';
  return new Failure(`The page did not start its benchmark within ${startMs / 1000} s.${why}`);
}

function browserStopped(): Failure {
  return new Failure('The browser stopped before the benchmark began.');
}

async function closeQuietly(page: Page): Promise<void> {
  await page.close().catch(() => {});
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

interface PageTuning {
  readonly browser: Browser;
  readonly address: string;
  readonly request: TuningRequest;
  readonly onEvent: (event: TuningEvent) => void;
  readonly signal: AbortSignal;
}

type Done = Extract<TuningEvent, { type: 'done' }>;

const START_MS = 60_000;
const TUNING_BINDING = 'reportTuningEvent';

/** Lets the page tune, and resolves with its last event; null when interrupted. */
export async function tuneInPage(tuning: PageTuning): Promise<Done | null> {
  const { browser, address, request, onEvent, signal } = tuning;
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    return await new Promise<Done | null>((resolve, reject) => {
      const late = () => reject(new Failure(`The page did not start tuning. ${errors.join('; ')}`));
      const overdue = setTimeout(late, START_MS);
      const listen = (event: TuningEvent) => {
        clearTimeout(overdue);
        onEvent(event);
        if (event.type === 'done') resolve(event);
      };
      const interrupt = () => resolve(null);
      signal.addEventListener('abort', interrupt, { once: true });
      if (signal.aborted) interrupt();
      browser.once('disconnected', () => reject(new Failure('The browser stopped.')));
      open().catch(reject);

      async function open() {
        await page.exposeFunction(TUNING_BINDING, listen);
        await page.evaluateOnNewDocument(requestOnceReady, TUNING_BINDING, request);
        await page.goto(address);
      }
    });
  } finally {
    for (const error of errors) console.error(`The page reported: ${error}`);
    await page.close().catch(() => {});
  }
}

/** Runs in the page, before the page's own scripts; it can refer to nothing outside itself. */
function requestOnceReady(name: string, detail: TuningRequest) {
  window.addEventListener('tuning-event', (event) => {
    (window as unknown as Record<string, (detail: unknown) => void>)[name](event.detail);
  });
  const request = () => window.dispatchEvent(new CustomEvent('tuning-request', { detail }));
  window.addEventListener('tuning-ready', request, { once: true });
}
