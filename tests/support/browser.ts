import type { TestProject } from 'vitest/node';
import { createServer } from 'vite';
import { launchChrome } from '../../cli/browser';
import { ensureBuilt, serveSite } from '../../cli/site';

const SITE_PORT = 4500;

/**
 * Starts what tests of whole pages share: the built site, the development server for tests that import sources in
 * the page, and a Chrome with WebGPU for each worker.
 */
export default async function setup(project: TestProject) {
  const server = await createServer({
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'error',
  });
  await server.listen();
  await ensureBuilt();
  const site = await serveSite({ port: SITE_PORT });
  const browsers = await Promise.all(
    Array.from({ length: Number(project.config.maxWorkers) }, () =>
      launchChrome({ headless: true, adapter: 'auto' }),
    ),
  );
  project.provide('sourcesUrl', server.resolvedUrls!.local[0]);
  project.provide('siteUrl', site.address);
  project.provide(
    'browsers',
    browsers.map((browser) => browser.wsEndpoint()),
  );
  return async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await server.close();
    await site.close();
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the development server serves the sources. */
    sourcesUrl: string;
    siteUrl: string;
    /** WebSocket endpoints of a Chrome for each worker. */
    browsers: string[];
  }
}
