import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'puppeteer';
import { preview } from 'vite';
import { Failure, root } from './bootstrap.mjs';
import { type AdapterName, launchChrome } from './browser';

export const DEFAULT_PORT = 4173;

const MAX_PORT = 65535;

/** The first port from here on that nothing on this machine listens to. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port <= MAX_PORT; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Failure(`No port from ${first} to ${MAX_PORT} is free.`);
}

/** Both of localhost's addresses count: a browser may try either. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has nothing listening there either.
    const absent = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(absent.includes(code ?? '')));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** What the built site is made from. */
const sources = [
  'index.html',
  'package-lock.json',
  'public',
  'shaders',
  'src',
  'tsconfig.json',
  'vite-assembly.ts',
  'vite.config.ts',
];

export interface Site {
  /** Ends with a slash. */
  readonly address: string;
  close(): Promise<void>;
}

interface SiteOptions {
  readonly port: number;
  readonly folder?: string;
}

/** Builds the site unless the one there is made from these very sources. */
export async function ensureBuilt(folder = root): Promise<void> {
  const stamp = join(folder, '.cache', 'site-stamp');
  const target = hashFiles(folder, sources);
  const built = existsSync(join(folder, 'dist', 'index.html'));
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === target) return;
  console.error('Building the site…');
  // In a process of its own: with the NODE_ENV of a test runner, Vite would not build for production.
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [vite, 'build', folder, '--logLevel', 'error'], {
    env,
  });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, target);
}

/** Serves the built site to this machine only, at the given port or the next free one. */
export async function serveSite({ port, folder = root }: SiteOptions): Promise<Site> {
  const free = await freePort(port);
  const before = process.listeners('SIGTERM');
  const server = await preview({
    root: folder,
    logLevel: 'error',
    preview: { port: free, strictPort: true, open: false },
  });
  // Vite would end the process on SIGTERM; when and how is for the command to say.
  for (const listener of process.listeners('SIGTERM')) {
    if (!before.includes(listener)) process.off('SIGTERM', listener);
  }
  return { address: `http://localhost:${free}/`, close: () => server.close() };
}

/** Runs something on the built site in headless Chrome, and closes both. */
export async function withSiteInChrome<Result>(
  adapter: AdapterName,
  run: (browser: Browser, address: string) => Promise<Result>,
): Promise<Result> {
  await ensureBuilt();
  const site = await serveSite({ port: DEFAULT_PORT });
  try {
    const browser = await launchChrome({ headless: true, adapter });
    try {
      return await run(browser, site.address);
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

/** One hash of the names and contents of these files and folders, as far as they are there. */
export function hashFiles(folder: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((name) => filesUnder(folder, name))) {
    const content = readFileSync(join(folder, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesUnder(folder: string, path: string): string[] {
  const full = join(folder, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  const names = readdirSync(full).sort();
  return names.flatMap((name) => filesUnder(folder, `${path}/${name}`));
}
