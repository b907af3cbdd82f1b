import type { TestProject } from 'vitest/node';
import { createServer } from 'vite';
import { launchChrome } from '../../cli/browser';

/** Starts what all browser tests share: the development server and one Chrome with WebGPU. */
export default async function setup(project: TestProject) {
  const server = await createServer({
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'error',
  });
  await server.listen();
  const browser = await launchChrome({ headless: true, adapter: 'auto' });
  project.provide('baseUrl', server.resolvedUrls!.local[0]);
  project.provide('chrome', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await server.close();
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string;
    chrome: string;
  }
}
