import puppeteer, { type Browser, type Page } from 'puppeteer';
import { findChrome } from './chrome.mjs';
import { Failure } from './bootstrap.mjs';

export const adapters = ['auto', 'swiftshader'] as const;
export type AdapterName = (typeof adapters)[number];

export interface ChromeOptions {
  readonly headless: boolean;
  /** `auto`: a GPU where Chrome finds one, else SwiftShader, Chrome's own Vulkan on the CPU. */
  readonly adapter: AdapterName;
}

/** Starts Chrome with WebGPU. The full browser, as its headless shell has no WebGPU. */
export async function launchChrome({ headless, adapter }: ChromeOptions): Promise<Browser> {
  const browser = await launch(headless, adapter);
  if (adapter === 'swiftshader' || (await hasAdapter(browser))) return browser;
  await browser.close();
  console.error('Chrome gives WebGPU no GPU here: using SwiftShader, on the CPU.');
  return launch(headless, 'swiftshader');
}

/** Chrome's flags; on Linux, Vulkan has to be enabled. */
export function chromeFlags(
  adapter: AdapterName,
  platform: NodeJS.Platform = process.platform,
  isRoot = process.getuid?.() === 0,
): string[] {
  return [
    '--enable-unsafe-webgpu',
    // Timestamps as the device measures them, and the adapter's full name.
    '--enable-webgpu-developer-features',
    ...(adapter === 'swiftshader' ? ['--use-webgpu-adapter=swiftshader'] : []),
    ...(adapter === 'auto' && platform === 'linux' ? ['--enable-features=Vulkan'] : []),
    // Chrome refuses to sandbox for root.
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}

/** A display that is named but not there leaves Chrome without WebGPU, even when it needs none. */
const withoutDisplay = { env: { ...process.env, DISPLAY: undefined } };

/** People get a window that sizes freely, without the banner on automation. */
const asWindow = { defaultViewport: null, ignoreDefaultArgs: ['--enable-automation'] };

async function launch(headless: boolean, adapter: AdapterName): Promise<Browser> {
  const executablePath = await findChrome();
  if (!executablePath) throw new Failure('No Chrome was found.');
  return puppeteer.launch({
    executablePath,
    headless,
    args: chromeFlags(adapter),
    ...(headless ? withoutDisplay : asWindow),
    // The caller ends Chrome, after it has printed what there is.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Asks for an adapter on an empty page; localhost, as WebGPU needs a secure context. */
async function hasAdapter(browser: Browser): Promise<boolean> {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', (request) => request.respond({ contentType: 'text/html', body: '' }));
  await page.goto('http://localhost/');
  const found = await requestsAdapter(page);
  await page.close();
  return found;
}

function requestsAdapter(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    return Boolean(adapter);
  });
}
