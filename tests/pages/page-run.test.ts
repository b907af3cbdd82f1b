import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenedPage, openPage } from '../support/page';

let opened: OpenedPage;

/** Shadow roots change unseen by `waitForSelector`, so this asks again and again. */
const appears = (selector: string) =>
  expect.poll(() => opened.page.$(`>>> ${selector}`), { timeout: 20_000 }).not.toBeNull();

beforeEach(async () => {
  opened = await openPage('');
  await appears('button.primary');
  await opened.page.evaluate(() => {
    const events: string[] = [];
    window.addEventListener('benchmark-event', ({ detail }) => events.push(detail.type));
    Object.assign(window, { events, starts: 0 });
  });
});

afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** Puts another benchmark in the page's place: an expression that may use the gallery's `fixtures`. */
async function replace(benchmark: string) {
  await opened.page.evaluate(`(async () => {
    const fixtures = await import('/src/app/gallery/sample-report.ts');
    const benchmark = ${benchmark};
    const shell = document.querySelector('attention-app');
    shell.shadowRoot.querySelector('benchmark-page').runBenchmark = (...given) => {
      window.starts++;
      return benchmark(...given);
    };
  })()`);
}

const press = () => opened.page.click('>>> button.primary');
const text = (selector: string) =>
  opened.page.$eval(`>>> ${selector}`, (element) => element.textContent!.trim());
const ended = () => opened.page.waitForFunction('window.events.includes("done")');
const words = () => opened.page.$$eval('>>> status-mark', (marks) => marks.map((m) => m.status));

describe('a run on the page', () => {
  it('shows what is verified, wrong, failed and refused', async () => {
    await replace('fixtures.fakeBenchmark(1)');
    await press();
    await ended();
    expect(await text('.outcome h2')).toMatch(/^flash is fastest in all 5 cases/);
    expect(new Set(await words())).toEqual(new Set(['verified', 'wrong', 'failed', 'refused']));
    await appears('sample-chart >>> svg.plot');
    await appears('length-chart >>> svg.plot');
  });

  it('starts once however often it is asked, and is cancelled with its results kept', async () => {
    await replace('fixtures.fakeBenchmark(30)');
    const controls = (await opened.page.$('>>> benchmark-controls'))!;
    await controls.evaluate((element) => {
      for (let i = 0; i < 3; i++) element.dispatchEvent(new CustomEvent('run-request'));
    });
    await appears('status-mark[status=verified]');
    expect(await text('button.primary')).toBe('Cancel');
    await press();
    await ended();
    expect(await opened.page.evaluate('window.starts')).toBe(1);
    expect(await words()).toContain('verified');
    expect(await words()).toContain('cancelled');
    expect(await text('button.primary')).toBe('Run');
  });

  it('keeps what was measured when it breaks off, says why, and can be followed by another', async () => {
    await replace(`async (settings, { onEvent }) => {
      onEvent({ type: 'report', report: fixtures.sampleReport(settings) });
      throw new Error('the device went away');
    }`);
    await press();
    await ended();
    expect(await text('notice-banner[kind=error]')).toBe('the device went away');
    expect(await words()).toContain('verified');

    await replace('fixtures.fakeBenchmark(1)');
    await press();
    await opened.page.waitForFunction('window.starts === 2 && window.events.at(-1) === "done"');
    expect(await opened.page.$('>>> notice-banner[kind=error]')).toBeNull();
  });
});
