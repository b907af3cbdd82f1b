import { reportToText } from '../src/bench/export';
import { defaultSettings, type SettingIssue } from '../src/bench/settings';
import { describeFlags, describeIssues, helpFlag, parseFlags, type Flag } from './flags';
import { launchChrome } from './browser';
import { explain } from './bootstrap.mjs';
import { runAddress, runInPage } from './page-run';
import { progressPrinter } from './progress';
import { ensureBuilt, serveSite, type Site } from './site';

const DEFAULT_PORT = 4173;
const flags: readonly Flag[] = [
  { name: 'port', value: 'N', help: `Where to serve; ${DEFAULT_PORT}, or the next free one.` },
  helpFlag,
];

const help = `Serves the playground to this machine and opens it in Chrome, where a benchmark runs at once.
With no display, the same page runs in headless Chrome and the results are printed here.

  npm start -- [--port N]

${describeFlags(flags)}`;

/** `npm start`. Resolves with the exit status, once it is told to stop. */
export async function main(args: readonly string[]): Promise<number> {
  const options = parseStartArgs(args);
  if (options.help) {
    console.log(help);
    return 0;
  }
  if (options.problems.length) {
    console.error(describeIssues(options.problems, 'npm start --'));
    return 2;
  }
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  await ensureBuilt();
  const site = await serveSite({ port: options.port });
  if (!site.address.includes(`:${options.port}/`)) console.log(`Port ${options.port} is in use.`);
  console.log(`The playground is at ${site.address} (Ctrl-C stops it).`);
  const close = await show(site, abort.signal);
  await untilAborted(abort.signal);
  await close();
  await site.close();
  return 0;
}

export function parseStartArgs(args: readonly string[]): {
  help: boolean;
  port: number;
  problems: SettingIssue[];
} {
  const { given, problems } = parseFlags(args, flags);
  const texts = given.filter(([name]) => name === 'port').map(([, text]) => text);
  const value = texts.at(-1) ?? String(DEFAULT_PORT);
  const port = /^[1-9]\d{0,4}$/.test(value) ? Number(value) : 0;
  if (port < 1024 || port > 65535 || texts.length > 1) {
    const allowed = 'a whole number from 1024 to 65535, given once';
    problems.push({ field: 'port', value: texts.join('" and "'), allowed });
  }
  return { help: given.some(([name]) => name === 'help'), port, problems };
}

/** Whether a window could be seen. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Opens a window, or else prints the results; what goes wrong is said, and serving goes on. */
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
  if (!signal.aborted) console.log(`Still serving ${site.address} (Ctrl-C stops it).`);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}
