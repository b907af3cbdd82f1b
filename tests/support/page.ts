import puppeteer, { type Browser, type Page } from 'puppeteer';
import { inject } from 'vitest';

let connected: Promise<Browser> | null = null;

/** The Chrome that all browser tests share. */
export function chrome(): Promise<Browser> {
  connected ??= puppeteer.connect({
    browserWSEndpoint: inject('chrome'),
    protocolTimeout: 600_000,
  });
  return connected;
}

export interface OpenedPage {
  readonly page: Page;
  /** Everything that went wrong in the page: uncaught errors and errors on its console. */
  readonly errors: string[];
  close(): Promise<void>;
}

/**
 * Opens a path of the development server in a browser context of its own: no storage is shared.
 * `prepare` may change what the page will find, before any of its scripts runs.
 */
export async function openPage(
  path: string,
  base = inject('baseUrl'),
  prepare?: (page: Page) => Promise<unknown>,
): Promise<OpenedPage> {
  const context = await (await chrome()).createBrowserContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await prepare?.(page);
  await page.goto(new URL(path, base).href);
  return { page, errors, close: () => context.close() };
}
