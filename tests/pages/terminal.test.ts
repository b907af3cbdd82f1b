import type { Browser } from 'puppeteer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { launchChrome } from '../../cli/browser';
import { runInPage, type PageRun } from '../../cli/page-run';
import type { BenchmarkEvent } from '../../src/bench/report';
import { defaultSettings } from '../../src/bench/settings';
import { sampleReport } from '../support/reports';
import { servePage } from '../support/serve';

const running = sampleReport({ status: 'running' });
const begun: BenchmarkEvent = { type: 'report', report: running };
const done: BenchmarkEvent = { type: 'done', report: sampleReport() };

let browser: Browser;
let close: (() => Promise<unknown>) | undefined;

beforeEach(async () => {
  browser = await launchChrome({ headless: true, adapter: 'auto' });
});

afterEach(async () => {
  await browser.close();
  await close?.();
});

async function run(events: BenchmarkEvent[], options: Partial<PageRun> = {}, script = '') {
  const page = await servePage(events, script);
  close = page.close;
  return runInPage({ browser, address: page.address, settings: defaultSettings, ...options });
}

describe("the terminal's run of the page", () => {
  it('hears every event, numbers that are not finite included', async () => {
    const heard: BenchmarkEvent[] = [];
    const report = await run([begun, done], { onEvent: (event) => heard.push(event) });
    expect(report).toEqual(sampleReport());
    expect(heard).toEqual([begun, done]);
  });

  it('keeps what there is when interrupted', async () => {
    const abort = new AbortController();
    const report = await run([begun], { signal: abort.signal, onEvent: () => abort.abort() });
    expect(report).toMatchObject({ status: 'cancelled', cases: { length: 3 } });
  });

  it('has nothing when interrupted before the first report', async () => {
    expect(await run([], { signal: AbortSignal.abort() })).toBeNull();
  });

  it('keeps what there is when the browser stops', async () => {
    const report = await run([begun], { onEvent: () => browser.process()?.kill('SIGKILL') });
    expect(report).toMatchObject({ status: 'failed', message: 'The browser stopped.' });
  });

  it('says why a page did not start', async () => {
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {});
    const broken = run([], { startMs: 500 }, 'throw new Error("broken page")');
    await expect(broken).rejects.toThrow(/did not start.*broken page/);
    shown.mockRestore();
  });

  it('finds an adapter without being told which', async () => {
    const page = await servePage([]);
    close = page.close;
    const tab = await browser.newPage();
    await tab.goto(page.address);
    expect(await tab.evaluate(async () => Boolean(await navigator.gpu.requestAdapter()))).toBe(
      true,
    );
  });
});
