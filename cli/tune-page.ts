import type { Browser } from 'puppeteer';
import type { TuningEvent, TuningRequest } from '../src/bench/tuning-events';
import { Failure } from './failure.mjs';

export interface PageTuning {
  readonly browser: Browser;
  readonly address: string;
  readonly request: TuningRequest;
  readonly onEvent: (event: TuningEvent) => void;
  readonly signal: AbortSignal;
}

type Done = Extract<TuningEvent, { type: 'done' }>;

const START_MS = 60_000;
const BINDING = 'reportTuningEvent';

/** Has the page tune, and resolves with its last word; null where it was interrupted. */
export async function tuneInPage(tuning: PageTuning): Promise<Done | null> {
  const { browser, address, request, onEvent, signal } = tuning;
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    return await new Promise<Done | null>((resolve, reject) => {
      const late = () =>
        reject(new Failure(`The page did not begin to tune. ${errors.join('; ')}`));
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
        await page.exposeFunction(BINDING, listen);
        await page.evaluateOnNewDocument(askOnceReady, BINDING, request);
        await page.goto(address);
      }
    });
  } finally {
    for (const error of errors) console.error(`The page reported: ${error}`);
    await page.close().catch(() => {});
  }
}

/** Runs in the page, before its own scripts: it can refer to nothing outside itself. */
function askOnceReady(name: string, detail: TuningRequest) {
  window.addEventListener('tuning-event', (event) => {
    (window as unknown as Record<string, (detail: unknown) => void>)[name](event.detail);
  });
  const ask = () => window.dispatchEvent(new CustomEvent('tuning-request', { detail }));
  window.addEventListener('tuning-ready', ask, { once: true });
}
