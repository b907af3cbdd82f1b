import { reportToText } from '../src/bench/export';
import { defaultSettings } from '../src/bench/settings';
import type { LinkIssue } from '../src/numeric/url-state';
import { parseInteger } from '../src/numeric/parse';
import { explain } from './bootstrap.mjs';
import { launchChrome } from './browser';
import {
  type Flag,
  describeFlags,
  describeIssues,
  helpFlag,
  parseFlags,
  untilInterrupted,
} from './flags';
import { runAddress, runInPage } from './page-run';
import { progressPrinter } from './progress';
import { DEFAULT_PORT, type Site, ensureBuilt, serveSite } from './site';

const portFlag: Flag<number> = {
  help: `Port to serve on. Default: ${DEFAULT_PORT}, or the next free one.`,
  placeholder: 'N',
  initial: DEFAULT_PORT,
  read: (text) => parseInteger(text, 1024, 65535),
  allowed: 'a whole number from 1024 to 65535',
};
const flags = { port: portFlag, help: helpFlag };

const help = `Serves the playground on this machine and opens it in Chrome, where a benchmark starts at once.
Without a display, the same page runs in headless Chrome and the results are printed here.

  npm start -- [--port N]

${describeFlags(flags)}`;

/** `npm start`. Resolves with the exit status, once it is interrupted. */
export async function main(args: readonly string[]): Promise<number> {
  const options = parseStartArgs(args);
  if (options.help) {
    console.log(help);
    return 0;
  }
  if (options.issues.length) {
    console.error(describeIssues(options.issues, 'npm start --'));
    return 2;
  }
  return untilInterrupted(async (signal) => {
    await ensureBuilt();
    const site = await serveSite({ port: options.port });
    if (!site.address.includes(`:${options.port}/`)) console.log(`Port ${options.port} is in use.`);
    console.log(`The playground is at ${site.address} (press Ctrl-C to stop).`);
    const close = await show(site, signal);
    await untilAborted(signal);
    await close();
    await site.close();
    return 0;
  });
}

export function parseStartArgs(args: readonly string[]): {
  help: boolean;
  port: number;
  issues: readonly LinkIssue[];
} {
  const { values, issues } = parseFlags(args, flags);
  return { ...values, issues };
}

/** Whether a window could be seen. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Opens a window, or else prints the results. A failure is printed, and serving goes on. */
async function show(site: Site, signal: AbortSignal): Promise<() => Promise<void>> {
  if (hasDisplay()) {
    try {
      return await openWindow(site);
    } catch (error) {
      const [why] = (error as Error).message.split('\n');
      console.error(`No window could be opened: ${why}`);
    }
  }
  try {
    await printResults(site, signal);
  } catch (error) {
    console.error(explain(error));
  }
  return async () => {};
}

async function openWindow(site: Site): Promise<() => Promise<void>> {
  const browser = await launchChrome({ headless: false, adapter: 'auto' });
  const [page = await browser.newPage()] = await browser.pages();
  await page.goto(runAddress(site.address, defaultSettings));
  return () => browser.close().catch(() => {});
}

async function printResults(site: Site, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const progress = progressPrinter(process.stderr);
  const browser = await launchChrome({ headless: true, adapter: 'auto' });
  try {
    const { address } = site;
    const settings = defaultSettings;
    const onEvent = progress.show;
    const report = await runInPage({ browser, address, settings, signal, onEvent });
    progress.clear();
    if (report) process.stdout.write(`\n${reportToText(report)}\n`);
  } finally {
    await browser.close();
  }
  if (!signal.aborted) console.log(`Still serving ${site.address} (press Ctrl-C to stop).`);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}
