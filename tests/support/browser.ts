import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { build, createServer, preview } from 'vite';
import { launchChrome } from '../../cli/browser';
import { root } from '../../cli/bootstrap.mjs';

/**
 * Starts what all browser tests share: the development server, for tests that reach into the sources; the site as
 * it is built, which loads in a fraction of the time; and one Chrome with WebGPU.
 */
export default async function setup(project: TestProject) {
  const server = await createServer({
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'error',
  });
  await server.listen();
  const site = await serveSite();
  const browser = await launchChrome({ headless: true, adapter: 'auto' });
  project.provide('baseUrl', server.resolvedUrls!.local[0]);
  project.provide('siteUrl', site.url);
  project.provide('chrome', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await server.close();
    await site.close();
  };
}

async function serveSite() {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const outDir = mkdtempSync(join(root, '.cache', 'site-'));
  // Vitest says "test" here, where Vite would say "production": then the page is built as one.
  const options = { root, mode: 'production', logLevel: 'error', build: { outDir } } as const;
  await build(options);
  const server = await preview({ ...options, preview: { port: 0 } });
  return {
    url: server.resolvedUrls!.local[0],
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string;
    siteUrl: string;
    chrome: string;
  }
}
