import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../cli/bootstrap.mjs';
import { expectVerified, BenchmarkDriver } from '../support/benchmark-driver';
import { HeadsDriver } from '../support/heads-driver';
import { LessonDriver } from '../support/lesson-driver';
import { serveFolder } from '../support/serve';

let host: Awaited<ReturnType<typeof serveFolder>>;
let opened: { close(): Promise<void> };

beforeAll(async () => {
  host = await serveFolder(join(root, 'dist'), '/some/deep/path/');
});

afterAll(() => host.close());

afterEach(() => opened.close());

describe('the built site on a plain host, under a path, without isolation headers', () => {
  it('runs, says that it is not isolated, and asks no other host for anything', async () => {
    const hash = '#queries=96&heads=2&head-dim=32&budget=2';
    const playground = await BenchmarkDriver.open(hash, keepViolations, host.address);
    opened = playground;
    const requests: string[] = [];
    playground.page.on('request', (request) => requests.push(request.url()));
    playground.page.on('workercreated', ({ client }) => {
      client.on('Network.requestWillBeSent', ({ request }) => requests.push(request.url));
      void client.send('Network.enable');
    });
    await playground.page.reload();
    await playground.appears('device-card >>> dl');
    expect(await playground.page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(await playground.text('device-card')).toContain(
      'not cross-origin isolated: the host does not send',
    );

    const report = await playground.run();
    expectVerified(report);
    expect(report.device).toMatchObject({ isolated: false });
    await playground.appears('sample-chart >>> svg.plot');

    expect(requests.length).toBeGreaterThan(5);
    const elsewhere = requests.filter((url) => !/^(data|blob):/.test(url) && !isHere(url));
    expect(elsewhere).toEqual([]);
    expect(host.missing).toEqual([]);
    expect(await playground.page.evaluate('window.violations')).toEqual([]);
    expect(playground.errors).toEqual([]);
  });

  it('shows heads in every way, within its security policy', async () => {
    const heads = await HeadsDriver.open(
      'length=64&heads=4&sort=likeness',
      keepViolations,
      host.address,
    );
    opened = heads;
    const requests: string[] = [];
    heads.page.on('request', (request) => requests.push(request.url()));
    await heads.drawn();
    for (const [panel, content] of [
      ['lines', 'token-lines'],
      ['outputs', 'point-scatter'],
      ['compare', '#largest'],
    ]) {
      await heads.click(`#tab-${panel}`);
      await heads.appears(content);
    }
    // The workers are files of the site as well: the CPU's, and the one that plants long sequences.
    await heads.choose('#compare', 'cpu');
    await heads.map(1);
    await heads.choose('source-picker >>> #length', '4096');
    await heads.drawn('of 4,096 × 4,096');
    expect(requests.filter((url) => !/^(data|blob):/.test(url) && !isHere(url))).toEqual([]);
    expect(host.missing).toEqual([]);
    expect(await heads.page.evaluate('window.violations')).toEqual([]);
    expect(heads.errors).toEqual([]);
  });

  it('shows the lesson to its end, within its security policy', async () => {
    const lesson = await LessonDriver.open('', { prepare: keepViolations, base: host.address });
    opened = lesson;
    const { page } = lesson;
    const ids = await page.$$eval('>>> lesson-page >>> section', (all) => all.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(15);
    for (const id of ids) {
      await lesson.section(id);
      await lesson.appears(`lesson-${id} >>> figcaption`);
    }
    await page.$$eval('>>> details', (all) => all.forEach((one) => (one.open = true)));
    await lesson.appears('lesson-cipher >>> number-table');
    await expect.poll(() => page.evaluate(() => document.fonts.status)).toBe('loaded');
    expect(host.missing).toEqual([]);
    expect(await page.evaluate('window.violations')).toEqual([]);
    expect(lesson.errors).toEqual([]);
  });
});

/** Runs in the page before its own scripts: it can refer to nothing outside itself. */
function keepViolations() {
  const violations: string[] = [];
  Object.assign(window, { violations });
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
  });
}

const isHere = (url: string) => url.startsWith(host.address);
