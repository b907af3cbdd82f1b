import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../cli/paths.mjs';
import { expectVerified, Playground } from '../support/playground';
import { serveFolder } from '../support/static-server';

let folder: string;
let host: Awaited<ReturnType<typeof serveFolder>>;
let playground: Playground;

beforeAll(async () => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'plain-host-'));
  const configFile = join(root, 'vite.config.ts');
  // Vitest says "test" here, where Vite would say "production": then the page is built as one.
  await build({
    root,
    configFile,
    mode: 'production',
    logLevel: 'error',
    build: { outDir: folder },
  });
  host = await serveFolder(folder, '/some/deep/path/');
});

afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

afterEach(() => playground.close());

describe('the built site on a plain host, under a path, without isolation headers', () => {
  it('runs, says that it is not isolated, and asks no other host for anything', async () => {
    const hash = '#queries=96&heads=2&head-dim=32&budget=2';
    playground = await Playground.open(
      hash,
      () => {
        const violations: string[] = [];
        Object.assign(window, { violations });
        document.addEventListener('securitypolicyviolation', (event) => {
          violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
        });
      },
      host.address,
    );
    const requests: string[] = [];
    playground.page.on('request', (request) => requests.push(request.url()));
    playground.page.on('workercreated', ({ client }) => {
      client.on('Network.requestWillBeSent', ({ request }) => requests.push(request.url));
      void client.send('Network.enable');
    });
    await playground.page.reload();
    await playground.appears('device-card >>> dl');
    expect(await playground.page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(await playground.text('device-card')).toContain('no: the host sends no isolation');

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
});

const isHere = (url: string) => url.startsWith(host.address);
